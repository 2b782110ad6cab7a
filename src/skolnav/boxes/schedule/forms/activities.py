"""What is taught, to whom and by whom: the fields of a new activity, and of one that is changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity
from skolnav.core.web.fields import DayField

from ..actions.activities import Content
from ..queries.office import People

FARTHEST_DAYS = 366


class OfferedChoices(forms.MultipleChoiceField):
    """Chips whose choices are looked up only where they matter: until they are offered, nothing is checked or used."""

    widget = forms.CheckboxSelectMultiple
    is_offered = False

    def offer(self, options: list[tuple[str, str]]) -> None:
        self.choices, self.is_offered = options, True

    def valid_value(self, value: Any) -> bool:
        return not self.is_offered or super().valid_value(value)


class ActivityFields(forms.Form):
    """Cleaned to `content`, once `require_content` has found nothing missing."""

    subject = forms.CharField(
        label=gettext_lazy("Ämne eller namn"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Som familjerna läser det: Matematik, Lunch, Mentorstid."),
    )
    subject_code = forms.CharField(
        label=gettext_lazy("Ämneskod"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Som i betygen: MA, EN, IDH."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Sort"), choices=Activity.Kind.choices, widget=forms.RadioSelect, required=False
    )
    groups = OfferedChoices(label=gettext_lazy("Klasser och grupper"), required=False)
    teachers = OfferedChoices(label=gettext_lazy("Lärare"), required=False)

    def __init__(
        self, data: Any, *, people: People | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.people: People | None = None
        if people:
            self.offer(people)

    def offer(self, people: People) -> None:
        """The groups and teachers to choose among; a form that only names an activity that is there does without."""
        self.people = people
        self._groups = {one.public_id: one for one in people.groups}
        self._staff = {one.public_id: one for one in people.staff}
        self._offer("groups", [(id, one.name) for id, one in self._groups.items()])
        self._offer(
            "teachers", [(id, f"{one.given_name} {one.family_name}") for id, one in self._staff.items()]
        )

    @property
    def content(self) -> Content:
        data = self.cleaned_data
        return Content(
            subject=" ".join(data["subject"].split()),
            subject_code=data["subject_code"].strip(),
            kind=data["kind"] or Activity.Kind.TEACHING,
            groups=[self._groups[id] for id in data["groups"]],
            teacher_ids=[self._staff[id].pk for id in data["teachers"]],
        )

    def require_content(self) -> None:
        """Errors at the fields that a new activity cannot do without."""
        if not self.cleaned_data.get("subject", "").strip() and "subject" not in self.errors:
            self.add_error("subject", _("Skriv vad det är."))
        if not self.cleaned_data.get("groups") and "groups" not in self.errors:
            self.add_error("groups", _("Välj minst en klass eller grupp."))

    def _offer(self, name: str, options: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.offer(options)


class ActivityForm(ActivityFields):
    """An activity that is changed: for all of its lessons."""

    from_day = DayField(
        label=gettext_lazy("Lärarna gäller från"),
        help_text=gettext_lazy("Vem som undervisade före den dagen ändras inte."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.require_content()
        day = data.get("from_day")
        if day and not 0 <= (day - clock.today()).days <= FARTHEST_DAYS:
            self.add_error("from_day", _("Välj i dag eller en senare dag, inom ett år."))
        return data


def initial_of_activity(activity: Activity, groups: list[str], teachers: list[str]) -> dict[str, Any]:
    """The form's fields as an activity has them; groups and teachers by public id."""
    return {
        "subject": activity.subject or activity.name,
        "subject_code": activity.subject_code,
        "kind": activity.kind,
        "groups": groups,
        "teachers": teachers,
        "from_day": clock.today(),
        "version": activity.version,
    }
