"""Whose rows files hang on. A box says once who may read its rows; its files follow them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from skolnav.core.tenancy.viewer import Viewer

ReadableRows = Callable[[Viewer], QuerySet[Any]]
_readable_rows: dict[str, ReadableRows] = {}


def register_file_owner(label: str, readable_rows: ReadableRows) -> None:
    """Let the files of a model be read by those who may read its rows. Call it from the box's `box.py`.

        register_file_owner("information.newsitem", lambda viewer: NewsItem.objects.visible_to(viewer))

    `label` is the model's `_meta.label_lower`; `readable_rows` gives the rows whose files the viewer may
    read: unite `visible_to` and `editable_by` where writers see drafts. It becomes part of one statement, so a
    file that does not exist and a file that is not yours cannot be told apart.
    """
    _readable_rows[label] = readable_rows


def readable_q(viewer: Viewer) -> Q:
    """The attached files that the viewer may read, whichever box they belong to."""
    readable = Q(pk__in=[])
    for label, rows in _readable_rows.items():
        # EXISTS and not IN: the one row is looked up, instead of all that the viewer may read.
        readable |= Q(Exists(rows(viewer).filter(pk=OuterRef("owner_id"))), owner_type=label)
    return readable
