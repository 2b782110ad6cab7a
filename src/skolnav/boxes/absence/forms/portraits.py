"""A pupil's picture as it is uploaded: looked at first, then kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.access.viewer import Viewer
from skolnav.core.files.actions import store_upload
from skolnav.core.files.models import StoredFile
from skolnav.core.files.refusals import RefusedFile


class PortraitForm(forms.Form):
    """Cleaned to `file`: a picture that was uploaded now, or with the form before (`shown`, its public id)."""

    picture = forms.FileField(
        label=gettext_lazy("Bild"),
        required=False,
        help_text=gettext_lazy("Ett ansikte rakt framifrån. Plats och tid i bilden tas bort."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, viewer: Viewer) -> None:
        super().__init__(data, files)
        self._viewer = viewer
        self.file: StoredFile | None = None

    def clean_picture(self) -> None:
        upload = self.cleaned_data["picture"]
        self.file = self._taken_in(upload) if upload else self._shown_before()
        if self.file is None:
            raise ValidationError(_("Välj en bild."))
        if not self.file.is_picture:
            raise ValidationError(_("Filen är ingen bild. Välj en JPEG, PNG eller HEIC."))

    def _taken_in(self, upload: Any) -> StoredFile:
        try:
            return store_upload(actor=self._viewer, upload=upload)
        except RefusedFile as refused:
            raise ValidationError(refused.message) from None

    def _shown_before(self) -> StoredFile | None:
        public_id = str(self.data.get("shown", ""))
        if not public_id.isalnum():
            return None
        return StoredFile.objects.editable_by(self._viewer).filter(public_id=public_id).first()
