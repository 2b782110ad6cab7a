"""The part of a form that says whom a piece is for. A box's form inherits it beside its own fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.models import Side

from .choices import choices_for
from .counting import Count, count_reach
from .models import Target

SIDES = ((str(int(Side.GUARDIANS)), _("Vårdnadshavare")), (str(int(Side.PUPILS)), _("Elever")))


class AudienceForm(forms.Form):
    """Fields `to` and `sides`; cleaned to `cleaned_data["audience"]`, a list of Target.

    `already` is the audience of the piece that is changed. The template is `publishing/audience.html`.
    """

    to = forms.MultipleChoiceField(
        label=_("Till"), error_messages={"required": _("Välj minst en grupp, årskurs eller skola.")}
    )
    sides = forms.MultipleChoiceField(
        label=_("För"),
        choices=SIDES,
        error_messages={"required": _("Välj vårdnadshavare, elever eller båda.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, already: Sequence[Target] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = choices_for(viewer, already)
        self._by_value = {choice.value: choice for school in self.schools for choice in school.choices}
        self._field("to").choices = [(value, choice.label) for value, choice in self._by_value.items()]
        if already:
            keys = {target.key for target in already}
            self.initial["to"] = [value for value, choice in self._by_value.items() if choice.key in keys]
            self.initial["sides"] = _ticked(already[0].sides)
        else:
            # Somebody with a single class writes to it without having to say so.
            only = list(self._by_value) if len(self._by_value) == 1 else []
            self.initial.setdefault("to", only)
            self.initial.setdefault("sides", [side for side, _label in SIDES])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["audience"] = self._targets(cleaned.get("to", ()), cleaned.get("sides", ()))
        return cleaned

    @property
    def picked(self) -> tuple[set[str], set[str]]:
        """What is ticked now, in `to` and in `sides`: the page shows it so."""
        return {str(one) for one in self["to"].value() or ()}, {
            str(one) for one in self["sides"].value() or ()
        }

    @property
    def reach(self) -> Count:
        """How many the ticked ones reach. At most two statements."""
        return count_reach(self._targets(*self.picked))

    def _targets(self, values: Any, sides: Any) -> list[Target]:
        for_whom = Side(sum({int(side) for side in sides if side in dict(SIDES)}))
        chosen = (choice for value, choice in self._by_value.items() if value in values)
        return [choice.target(for_whom) for choice in chosen] if for_whom else []

    def _field(self, name: str) -> Any:
        return self.fields[name]


def posted_version(data: Mapping[str, Any]) -> int:
    """The version that a form was filled in for; 0, which no row has, for what is no number."""
    text = str(data.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _ticked(sides: Side) -> list[str]:
    return [value for value, _label in SIDES if int(value) & sides]
