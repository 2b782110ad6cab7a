"""What a writer fills in for files and links."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from skolnav.boxes.information.models import Document, Link
from skolnav.boxes.information.queries.staff import folder_names
from skolnav.core.access.viewer import Viewer
from skolnav.core.files.forms import AttachmentsField
from skolnav.core.publishing.forms import AudienceForm


class WebAddressField(forms.URLField):
    """An address that a browser opens as a page: http or https, nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": _("Skriv en webbadress, till exempel https://www.skolverket.se.")}


class ShelfForm(AudienceForm):
    """What files and links have in common: a folder, with those that are there already to choose from."""

    folder = forms.CharField(
        label=_("Mapp"),
        max_length=60,
        required=False,
        help_text=_("Välj en som finns eller skriv ett nytt namn."),
        widget=forms.TextInput(attrs={"list": "folders"}),
    )

    def __init__(self, *args: Any, viewer: Viewer, row: Document | Link | None = None, **kwargs: Any) -> None:
        already = row.targets if row else ()
        super().__init__(*args, viewer=viewer, already=already, initial=self._initial(row), **kwargs)
        self.folders = folder_names(viewer)

    def clean_folder(self) -> str:
        """One name for one folder, however many spaces were typed."""
        return " ".join(self.cleaned_data["folder"].split())

    def _initial(self, row: Document | Link | None) -> dict[str, Any]:
        own = set(self.base_fields) - {"to", "sides"}
        return {name: getattr(row, name) for name in own if hasattr(row, name)} if row else {}


class DocumentsForm(ShelfForm):
    """New files: each becomes a document."""

    attachments = AttachmentsField(label=_("Filer"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self._field("attachments").open_for(viewer)


class DocumentForm(ShelfForm):
    """A document that lies on the shelf."""

    title = forms.CharField(label=_("Namn"), max_length=200)


class LinkForm(ShelfForm):
    """A link, new or on the shelf."""

    address = WebAddressField(label=_("Webbadress"), max_length=500, assume_scheme="https")
    title = forms.CharField(label=_("Namn"), max_length=200)
    description = forms.CharField(label=_("Vad man hittar där"), max_length=300, required=False)
