"""Files of one row, taken along to a copy of it."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import models

from skolnav.core.audit.log import record
from skolnav.core.tenancy.viewer import Viewer

from .models import StoredFile
from .queries import files_of
from .writing import copy_bytes

_SAME = ("organiser_id", "name", "content_type", "size", "sha256", "width", "height", "alt_text")


def copy_files(*, actor: Viewer, source: models.Model) -> list[StoredFile]:
    """Uploads of the actor's own with the bytes of a row's files, in order, to hang on its copy (`set_files_of`).

    The caller has checked that the actor may read the row. Bytes that have gone missing are passed over.
    """
    return [_copy(actor, file) for file in files_of(source) if default_storage.exists(file.path)]


def _copy(actor: Viewer, file: StoredFile) -> StoredFile:
    columns: dict[str, Any] = {name: getattr(file, name) for name in _SAME}
    folder = str(actor.organiser_id)
    made = StoredFile.everything.create(
        **columns,
        uploaded_by_id=actor.person_id,
        path=copy_bytes(file.path, folder=folder),
        derivatives={
            width: {**smaller, "path": copy_bytes(smaller["path"], folder=folder)}
            for width, smaller in file.derivatives.items()
        },
    )
    record(actor, "copy_file", made, of=file.pk)
    return made
