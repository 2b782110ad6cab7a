"""Attachments in a form. A file that has been taken in is not lost when another field has a fault.

    class NewsForm(forms.Form):
        attachments = AttachmentsField(label=_("Bilder och filer"), required=False)

        def __init__(self, *args, viewer, news_item=None, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["attachments"].open_for(viewer, owner=news_item)

    {{ ui.field(form.attachments) }}             in the page, within ui.form(csrf_input, files=true)

    set_files_of(actor=…, owner=news_item, files=form.cleaned_data["attachments"])   # in the box's action

The form is posted as multipart. Each upload is stored when the form is cleaned and comes back as a hidden id
whether or not the form is valid; what is never attached is deleted after a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skolnav.core.tenancy.viewer import Viewer

from .actions import store_upload
from .kinds import ACCEPTED_EXTENSIONS
from .models import StoredFile
from .queries import files_of
from .refusals import RefusedFile
from .upload_limit import Upload

MOST_FILES = 20


@dataclass(frozen=True)
class Submitted:
    """What one post says of the attachments."""

    kept_ids: list[str]
    removed_ids: frozenset[str]
    alt_texts: dict[str, str]
    uploads: list[Upload]


class AttachmentsInput(forms.FileInput):
    """Draws the files that are there with a place for more, and reads the post."""

    allow_multiple_selected = True
    present: Sequence[StoredFile] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = {
            "name": name,
            "files": self.present,
            "attrs": self.build_attrs(self.attrs, attrs),
            "accept": ",".join(ACCEPTED_EXTENSIONS),
            # Bytes; a script may say "too large" before anything is sent.
            "largest": settings.UPLOAD_LIMIT,
        }
        return SafeString(render_to_string("files/attachments_input.html", context))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        kept_ids = [pid for pid in _list(data, name) if pid.isalnum()]
        return Submitted(
            kept_ids=kept_ids,
            removed_ids=frozenset(_list(data, f"{name}-remove")),
            alt_texts={
                pid: data.get(f"{name}-alt-{pid}", "") for pid in kept_ids if f"{name}-alt-{pid}" in data
            },
            uploads=_list(files, f"{name}-new"),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-new" not in files


class AttachmentsField(forms.Field):
    """Several files. Its clean value is a list of StoredFile, in order, for `set_files_of`.

    `present` is what the form shows: the owner's files at first, after a post what was kept and taken in.
    """

    widget = AttachmentsInput
    viewer: Viewer | None = None
    owner: models.Model | None = None

    @property
    def present(self) -> list[StoredFile]:
        return self._present

    @present.setter
    def present(self, files: list[StoredFile]) -> None:
        # The same list: the widget draws what the field holds by then.
        self._present = self.widget.present = files

    def __init__(self, *, most_files: int = MOST_FILES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_files = most_files
        self.present = []

    def open_for(self, viewer: Viewer, *, owner: models.Model | None = None) -> None:
        """Say who fills in the form, and on whose row it works; call it in the form's `__init__`."""
        self.viewer, self.owner = viewer, owner
        self.present = list(files_of(owner)) if owner and owner.pk else []

    def clean(self, value: Submitted) -> list[StoredFile]:
        self.present, faults = self._kept(value), []
        for upload in value.uploads:
            if len(self.present) >= self.most_files:
                faults.append(self._too_many())
                break
            try:
                self.present.append(store_upload(actor=self._viewer(), upload=upload))
            except RefusedFile as refused:
                faults.append(f"{upload.name}: {refused.message}")
        if self.required and not self.present and not faults:
            faults.append(_("Välj minst en fil."))
        if faults:
            raise ValidationError(faults)
        return self.present

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data.uploads or data.removed_ids)

    def _kept(self, value: Submitted) -> list[StoredFile]:
        """The files behind the hidden ids, in the form's order: the owner's, and one's own uploads."""
        mine = StoredFile.objects.editable_by(self._viewer()).filter(public_id__in=value.kept_ids)
        known = {file.public_id: file for file in [*mine, *self.present]}
        wanted = dict.fromkeys(pid for pid in value.kept_ids if pid not in value.removed_ids)
        kept = [known[pid] for pid in wanted if pid in known]
        for file in kept:
            file.alt_text = value.alt_texts.get(file.public_id, file.alt_text)[:250].strip()
        return kept

    def _viewer(self) -> Viewer:
        if self.viewer is None:
            raise TypeError("Call open_for(viewer) on the field in the form's __init__.")
        return self.viewer

    def _too_many(self) -> str:
        return ngettext(
            "Högst %(most)d fil får läggas upp här. Resten har inte sparats.",
            "Högst %(most)d filer får läggas upp här. Resten har inte sparats.",
            self.most_files,
        ) % {"most": self.most_files}


def _list(data: Any, key: str) -> list[Any]:
    """All values of a key; a plain dict in a test holds one."""
    if hasattr(data, "getlist"):
        return list(data.getlist(key))
    value = data.get(key, [])
    return value if isinstance(value, list) else [value]
