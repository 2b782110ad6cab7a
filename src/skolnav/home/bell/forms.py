"""The form where people choose what they are told outside the bell."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import find_box
from skolnav.core.notifications.channels import carriers
from skolnav.core.notifications.kinds import Kind, kinds_for
from skolnav.core.notifications.terms import When


class NoticeChoicesForm(forms.Form):
    """A field for each kind that concerns the viewer and each channel that this installation has."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, viewer: Viewer, chosen: Mapping[tuple[str, str], When]
    ) -> None:
        super().__init__(data)
        self.kinds = kinds_for(viewer)
        self.carriers = carriers()
        for kind in self.kinds:
            for carrier in self.carriers:
                self.fields[f"{kind.key}:{carrier.key}"] = forms.ChoiceField(
                    choices=When.choices,
                    initial=chosen.get((kind.key, carrier.key), kind.default(carrier.key)),
                    label=str(carrier.label),
                )

    def groups(self) -> list[tuple[str, list[Kind]]]:
        """The kinds under the titles of their boxes."""
        found: dict[str, list[Kind]] = {}
        for kind in self.kinds:
            box = find_box(kind.box)
            found.setdefault(str(box.title) if box else gettext("Annat"), []).append(kind)
        return list(found.items())

    def choices(self) -> dict[tuple[str, str], When]:
        """What was chosen, by (kind, channel). Of a valid form."""
        found = {}
        for name, value in self.cleaned_data.items():
            kind, channel = name.rsplit(":", 1)
            found[kind, channel] = When(value)
        return found
