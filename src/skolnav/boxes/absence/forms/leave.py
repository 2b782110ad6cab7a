"""Applying for leave, and deciding about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.models import LeaveApplication
from skolnav.boxes.absence.queries.leave_plans import period_fault
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.web.fields import DayField

LONGEST = 600
GRANT, REFUSE = "grant", "refuse"

# What is said most often; the decider adds their own words.
REASONS = (
    ("short", gettext_lazy("Kort ledighet för en enskild angelägenhet.")),
    ("family", gettext_lazy("En viktig händelse i familjen.")),
    ("religion", gettext_lazy("En religiös högtid.")),
    ("exceptional", gettext_lazy("Det finns synnerliga skäl.")),
    ("not_exceptional", gettext_lazy("Det finns inga synnerliga skäl för en längre ledighet.")),
    ("absence", gettext_lazy("Eleven har redan hög frånvaro.")),
    ("tests", gettext_lazy("Nationella prov eller andra viktiga moment ligger i perioden.")),
    ("goals", gettext_lazy("Ledigheten gör det svårare för eleven att klara skolarbetet.")),
)


class LeaveForm(forms.Form):
    """For one or several of a guardian's children."""

    pupils = forms.MultipleChoiceField(
        label=gettext_lazy("Vem gäller det?"),
        error_messages={"required": gettext_lazy("Välj minst ett barn.")},
    )
    first_day = DayField(label=gettext_lazy("Första dagen"))
    last_day = DayField(
        label=gettext_lazy("Sista dagen"), required=False, help_text=gettext_lazy("Tomt: samma dag.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Varför söker ni ledigt?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Skriv kort och inget känsligt. Ansökan kan bli en allmän handling som andra läser."
        ),
    )

    def __init__(self, *args: Any, children: Sequence[PupilInCare], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children, self.today = children, today
        field: Any = self.fields["pupils"]
        field.choices = [(child.public_id, child.short_name) for child in children]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data.get("first_day")
        if first and not self.errors.get("last_day"):
            data["last_day"] = data.get("last_day") or first
            if fault := period_fault(first, data["last_day"], self.today):
                self.add_error("last_day" if data["last_day"] < first else "first_day", fault)
        return data

    @property
    def chosen(self) -> list[PupilInCare]:
        """The children that are ticked, in the viewer's order; for a form that is valid so far."""
        ticked = self.cleaned_data.get("pupils", ())
        return [child for child in self.children if child.public_id in ticked]

    @property
    def ticked(self) -> list[str]:
        """The ids that the page shows as ticked."""
        return [str(one) for one in self["pupils"].value() or ()]

    def as_preview(self) -> None:
        """Nothing is sent yet: the reason may be missing."""
        self.errors.pop("reason", None)

    @property
    def has_period(self) -> bool:
        """Whether children and days make sense, whatever is said of the reason."""
        return self.is_bound and not {"pupils", "first_day", "last_day"} & set(self.errors)


class DecisionForm(forms.Form):
    """Granted or refused, with reasons: chosen, written, or both."""

    verdict = forms.ChoiceField(
        choices=[(GRANT, gettext_lazy("Bevilja")), (REFUSE, gettext_lazy("Avslå"))],
        error_messages={
            "required": gettext_lazy("Välj om du beviljar eller avslår."),
            "invalid_choice": gettext_lazy("Välj om du beviljar eller avslår."),
        },
        widget=forms.HiddenInput,
    )
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Skäl"), choices=REASONS, required=False, widget=forms.CheckboxSelectMultiple
    )
    own = forms.CharField(
        label=gettext_lazy("Med egna ord"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Familjen läser det du skriver."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        with translation.override("sv"):  # the decision is the school's, in its language
            picked = [str(text) for key, text in REASONS if key in data.get("chosen", ())]
        self.reasons = " ".join([*picked, data.get("own", "").replace("\r\n", "\n").strip()]).strip()
        if not self.reasons and not self.errors:
            self.add_error("chosen", _("Välj ett skäl eller skriv ett: familjen ska förstå beslutet."))
        elif len(self.reasons) > LONGEST:
            self.add_error("own", _("Skälen blir för långa tillsammans. Korta ner texten."))
        return data

    @property
    def is_granted(self) -> bool:
        return bool(self.cleaned_data["verdict"] == GRANT)

    def meet(self, leave: LeaveApplication) -> None:
        """Something happened meanwhile: what was typed stays, and a second save is a choice."""
        typed = cast(QueryDict, self.data).copy()
        typed["version"] = str(leave.version)
        self.data = typed
