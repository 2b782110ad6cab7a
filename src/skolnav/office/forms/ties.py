"""School, class, groups and duties."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.actions.enrolments import YEARS
from skolnav.core.people.models import Group, Guardianship
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField
from skolnav.office.queries.schools import groups_of, schools_of
from skolnav.office.words import ROLES, Label, year_name

from .person import DetailsForm, NewPupilDetails

Kind = Group.Kind

# Generic for the type checker alone: the classes of Django take no parameters when they run.
if TYPE_CHECKING:
    OneOf = forms.ModelChoiceField[Any]
    ManyOf = forms.ModelMultipleChoiceField[Any]
else:
    OneOf, ManyOf = forms.ModelChoiceField, forms.ModelMultipleChoiceField


def _years() -> list[tuple[str, str]]:
    return [("", "–"), *((str(year), year_name(year).capitalize()) for year in YEARS)]


class YearField(forms.TypedChoiceField):
    """Förskoleklass and the years 1 to 10."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Årskurs"), choices=_years, coerce=int, empty_value=None, required=False
        )


class ClassField(OneOf):
    """One class or none; the form sets whose."""

    def __init__(self) -> None:
        super().__init__(
            None, label=gettext_lazy("Klass"), required=False, empty_label="–", to_field_name="public_id"
        )


class GroupsField(ManyOf):
    """Any number of groups as chips; the form sets whose."""

    def __init__(self, label: Label) -> None:
        super().__init__(
            None,
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            to_field_name="public_id",
        )


class SchoolField(OneOf):
    """One of the viewer's schools; the form sets which they are."""

    def __init__(self) -> None:
        super().__init__(None, label=gettext_lazy("Skola"), empty_label=None, to_field_name="public_id")


def _fill(form: forms.Form, **querysets: QuerySet[Any]) -> None:
    """Give choice fields what the viewer may choose."""
    for name, queryset in querysets.items():
        field: Any = form.fields[name]
        field.queryset = queryset


class PlaceForm(forms.Form):
    """A pupil's year, class and other groups at one school."""

    school_year = YearField()
    school_class = ClassField()
    groups = GroupsField(gettext_lazy("Andra grupper"))

    def __init__(self, data: Any, *, viewer: Viewer, school: SchoolUnit, **options: Any) -> None:
        super().__init__(data, **options)
        others = groups_of(viewer, school).exclude(kind=Kind.CLASS)
        _fill(self, school_class=groups_of(viewer, school, Kind.CLASS), groups=others)

    def chosen_groups(self) -> list[Group]:
        """The class first, then the others."""
        own = [self.cleaned_data["school_class"]] if self.cleaned_data["school_class"] else []
        return [*own, *self.cleaned_data["groups"]]


class NewPupilForm(NewPupilDetails):
    school_year = YearField()
    school_class = ClassField()
    valid_from = DayField(label=gettext_lazy("Börjar"), initial=clock.today)

    def __init__(self, data: Any, *, viewer: Viewer, school: SchoolUnit) -> None:
        super().__init__(data)
        _fill(self, school_class=groups_of(viewer, school, Kind.CLASS))


class NewStaffForm(DetailsForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Uppdrag"), choices=list(ROLES.items()), widget=forms.RadioSelect
    )
    valid_from = DayField(label=gettext_lazy("Börjar"), initial=clock.today)
    valid_until = DayField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Till exempel för en vikarie."),
    )


class NewGuardianForm(DetailsForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Roll"),
        choices=(
            (Guardianship.Kind.CUSTODY, gettext_lazy("Vårdnadshavare")),
            (Guardianship.Kind.APPOINTED, gettext_lazy("God man eller särskilt förordnad vårdnadshavare")),
        ),
        widget=forms.RadioSelect,
        initial=Guardianship.Kind.CUSTODY,
    )


class AddDutyForm(forms.Form):
    school = SchoolField()
    role = forms.ChoiceField(
        label=gettext_lazy("Uppdrag"), choices=list(ROLES.items()), widget=forms.RadioSelect
    )
    valid_from = DayField(label=gettext_lazy("Börjar"), initial=clock.today)
    valid_until = DayField(label=gettext_lazy("Sista dag"), required=False)

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        _fill(self, school=schools_of(viewer))


class AddPlaceForm(forms.Form):
    school = SchoolField()
    school_year = YearField()
    valid_from = DayField(label=gettext_lazy("Börjar"), initial=clock.today)

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        _fill(self, school=schools_of(viewer))


class LastDayForm(forms.Form):
    """The last day of a place or a duty."""

    last_day = DayField(label=gettext_lazy("Sista dag"), initial=clock.today)


class EndDutyForm(forms.Form):
    when = forms.ChoiceField(
        label=gettext_lazy("När slutar uppdraget?"),
        choices=(("now", gettext_lazy("Genast")), ("day", gettext_lazy("Efter en viss dag"))),
        widget=forms.RadioSelect,
        initial="now",
    )
    last_day = DayField(label=gettext_lazy("Sista dag"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == "day" and not data.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Skriv vilken dag som blir den sista."))
        return data


class AssignmentsForm(forms.Form):
    """Which groups somebody on duty is mentor of, teaches, or looks after."""

    mentor = GroupsField(gettext_lazy("Mentor för"))
    teacher = GroupsField(gettext_lazy("Undervisar"))
    educare = GroupsField(gettext_lazy("Fritids"))

    def __init__(self, data: Any, *, viewer: Viewer, school: SchoolUnit, **options: Any) -> None:
        super().__init__(data, **options)
        _fill(
            self,
            mentor=groups_of(viewer, school, Kind.CLASS, Kind.MENTOR),
            teacher=groups_of(viewer, school, Kind.CLASS, Kind.TEACHING, Kind.OTHER),
            educare=groups_of(viewer, school, Kind.EDUCARE),
        )
