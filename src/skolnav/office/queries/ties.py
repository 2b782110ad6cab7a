"""What ties people to the schools that the viewer runs, said in a line each: for lists of people."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Enrolment, Group, Guardianship, Membership
from skolnav.core.people.validity import valid_on
from skolnav.office.words import ROLES, year_name

Lines = dict[int, list[str]]


def tie_lines(viewer: Viewer, person_ids: Collection[int]) -> Lines:
    """By person: "Elev i 5B, Ekdalsskolan", "Vårdnadshavare för Kim Larsson", … Four statements for any number."""
    lines: Lines = defaultdict(list)
    _pupils(viewer, person_ids, lines)
    _staff(viewer, person_ids, lines)
    _guardians(viewer, person_ids, lines)
    return lines


def _pupils(viewer: Viewer, person_ids: Collection[int], lines: Lines) -> None:
    classes: dict[tuple[int, int], str] = {}
    memberships = Membership.objects.editable_by(viewer).filter(Membership.valid_on(viewer.today))
    for membership in memberships.filter(person__in=person_ids, group__kind=Group.Kind.CLASS).select_related(
        "group"
    ):
        classes[membership.person_id, membership.group.school_id] = membership.group.name
    enrolments = Enrolment.objects.editable_by(viewer).filter(valid_on(viewer.today), pupil__in=person_ids)
    for enrolment in enrolments.select_related("school"):
        place = classes.get((enrolment.pupil_id, enrolment.school_id)) or year_name(enrolment.school_year)
        said = _("Elev i %(place)s, %(school)s") if place else _("Elev på %(school)s")
        lines[enrolment.pupil_id].append(said % {"place": place, "school": enrolment.school.name})


def _staff(viewer: Viewer, person_ids: Collection[int], lines: Lines) -> None:
    duties = Duty.objects.editable_by(viewer).filter(valid_on(viewer.today), person__in=person_ids)
    for duty in duties.select_related("school").order_by("pk"):
        place = duty.school.name if duty.school else viewer.organiser_name
        lines[duty.person_id].append(f"{ROLES[duty.role]}, {place}")


def _guardians(viewer: Viewer, person_ids: Collection[int], lines: Lines) -> None:
    relations = Guardianship.objects.editable_by(viewer).filter(
        valid_on(viewer.today), guardian__in=person_ids
    )
    children: dict[int, list[str]] = defaultdict(list)
    for relation in relations.filter(ended_at=None).select_related("pupil").order_by("pupil__given_name"):
        children[relation.guardian_id].append(relation.pupil.full_name)
    for guardian_id, names in children.items():
        lines[guardian_id].append(_("Vårdnadshavare för %(names)s") % {"names": ", ".join(names)})
