"""What a writer of news fills in. Clean data is what the actions take."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from skolnav.boxes.information.actions.news import Content, is_told, still_for
from skolnav.boxes.information.models import NewsItem
from skolnav.core.access.viewer import Viewer
from skolnav.core.files.forms import AttachmentsField
from skolnav.core.publishing.forms import AudienceForm
from skolnav.core.publishing.moments import MomentField
from skolnav.core.publishing.text import LONGEST
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField

NOW, LATER = "nu", "sedan"
_TOO_LONG = ngettext_lazy(
    "Texten är för lång: den får ha %(limit_value)d tecken, och har %(show_value)d.",
    "Texten är för lång: den får ha %(limit_value)d tecken, och har %(show_value)d.",
    "limit_value",
)


class NewsForm(AudienceForm):
    """An item of news. The button that was pressed (`do`) decides how finished it must be: draft, publish, save."""

    title = forms.CharField(
        label=_("Rubrik"), max_length=200, error_messages={"required": _("Skriv en rubrik.")}
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"max_length": _TOO_LONG},
    )
    attachments = AttachmentsField(label=_("Bilder och filer"), required=False)
    is_important = forms.BooleanField(
        label=_("Viktigt: be om ”Jag har läst”"),
        required=False,
        help_text=_("Nyheten står först, och du ser vilka som har bekräftat."),
    )
    due = DayField(label=_("Bekräfta senast"), required=False)
    visible_until = DayField(
        label=_("Visas till och med"), required=False, help_text=_("Tomt: tills du återkallar den.")
    )
    when = forms.ChoiceField(
        label=_("När"),
        choices=((NOW, _("Direkt")), (LATER, _("Vid en tid"))),
        initial=NOW,
        required=False,
        widget=forms.RadioSelect,
    )
    publish_at = MomentField(label=_("Dag och klockslag"), required=False)
    is_marked = forms.BooleanField(
        label=_("Märk som ändrad"),
        required=False,
        help_text=_("Nyheten blir ny igen och alla får en notis. Behövs inte för stavfel."),
    )

    def __init__(self, *args: Any, viewer: Viewer, item: NewsItem | None = None, **kwargs: Any) -> None:
        already = still_for(viewer, item) if item else ()
        super().__init__(*args, viewer=viewer, already=already, initial=_initial(item), **kwargs)
        self._field("attachments").open_for(viewer, owner=item)
        self._is_told = item is not None and is_told(item)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        do = self.data.get("do")
        if do not in ("publish", "save") and not self._is_told:
            for name in ("to", "sides"):
                self.errors.pop(name, None)
        if do == "publish":
            self._check_moment(cleaned)
            self._check_days(cleaned)
        return cleaned

    @property
    def content(self) -> Content:
        """What the actions take, of a form that is valid."""
        names = ("title", "body", "audience", "is_important", "due", "visible_until")
        return Content(
            **{name: self.cleaned_data[name] for name in names}, files=self.cleaned_data["attachments"]
        )

    def _check_moment(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("when") != LATER:
            cleaned["publish_at"] = None
            self.errors.pop("publish_at", None)
        elif "publish_at" in self.errors:
            return
        elif not cleaned.get("publish_at"):
            self.add_error("publish_at", _("Välj dag och klockslag, eller publicera direkt."))
        elif cleaned["publish_at"] <= clock.now():
            self.add_error(
                "publish_at", _("Den tiden har redan varit. Välj en senare, eller publicera direkt.")
            )

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        first: date = (cleaned.get("publish_at") or clock.now()).astimezone(clock.STOCKHOLM).date()
        for name in ("due", "visible_until") if cleaned.get("is_important") else ("visible_until",):
            if cleaned.get(name) and cleaned[name] < first:
                self.add_error(name, _("Dagen ligger före publiceringen."))


def _initial(item: NewsItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    names = ("title", "body", "is_important", "due", "visible_until")
    found = {name: getattr(item, name) for name in names}
    publication = getattr(item, "publication", None)
    if publication and publication.published_at > clock.now():
        found |= {"when": LATER, "publish_at": publication.published_at}
    return found
