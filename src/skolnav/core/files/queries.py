"""The files of rows that the caller has already got through their own door."""

from collections.abc import Iterable

from django.db import models

from .models import StoredFile


def files_of(owner: models.Model) -> models.QuerySet[StoredFile]:
    """The files of one row, in order."""
    return StoredFile.everything.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk)


def files_by_owner(label: str, owner_ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """The files of many rows of one model (its `label_lower`) in one statement, for a list page."""
    by_owner: dict[int, list[StoredFile]] = {owner_id: [] for owner_id in owner_ids}
    for file in StoredFile.everything.filter(owner_type=label, owner_id__in=by_owner):
        by_owner[file.owner_id or 0].append(file)
    return by_owner
