"""Which organiser a command is about."""

from typing import TYPE_CHECKING

from .failures import Complaint

if TYPE_CHECKING:
    from skolnav.core.schools.models import Organiser


def choose_organiser(name: str) -> "Organiser":
    """The organiser of that name; without a name, the only one. Raises a Complaint that lists the choices."""
    from skolnav.core.schools.models import Organiser

    organisers = list(Organiser.objects.order_by("name"))
    if not organisers:
        raise Complaint("There is no organiser yet.", "Run: skolnav setup")
    fitting = [one for one in organisers if one.name.casefold() == name.casefold()] if name else organisers
    if len(fitting) == 1:
        return fitting[0]
    choices = ", ".join(f'"{one.name}"' for one in organisers)
    problem = f'There is no organiser called "{name}".' if name else "There are several organisers."
    raise Complaint(problem, f"Name one with --organiser: {choices}")
