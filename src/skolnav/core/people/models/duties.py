"""What staff do, where, and for which groups."""

from django.db import models
from django.db.models import Q

from skolnav.core.people.validity import runs_forward, valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .groups import Group
from .guardianship import Source
from .person import Person


class Duty(Guarded):
    """Tjänstgöring: a role at a school, with dates. Without a school it holds for all of the organiser's."""

    class Role(models.TextChoices):
        TEACHER = "teacher"
        PRINCIPAL = "principal"
        EDUCARE_STAFF = "educare_staff"
        ADMINISTRATOR = "administrator"
        SUBSTITUTE = "substitute"
        OTHER = "other"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=14, choices=Role)
    signature = models.CharField(max_length=20, blank=True)
    source_id = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=6, choices=Source)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["person"]), models.Index(fields=["school"])]
        constraints = [
            runs_forward("duty"),
            # One duty of the source may become several of ours: one for each unit below a "Skola".
            models.UniqueConstraint(
                fields=["organiser", "source_id", "school"],
                condition=~Q(source_id=""),
                name="duty_source_once",
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(person=viewer.person_id) | Q(school__in=viewer.staff_school_ids) | Q(school=None)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """The duties at one's schools; those without a school only for whoever administers the organiser as a whole."""
        return Q(school__in=viewer.administered_school_ids) | (
            Q(school=None) & Duty.administers_all_q(viewer)
        )

    @staticmethod
    def administers_all_q(viewer: Viewer) -> Q:
        """Whether the viewer is administrator without a school: of all that the organiser has and will have."""
        own = Duty.everything.filter(
            valid_on(viewer.today), person=viewer.person_id, school=None, role=Duty.Role.ADMINISTRATOR
        )
        return Q(models.Exists(own))


class AssignmentRole(Guarded):
    """What somebody on duty does for a group: mentor, teacher, educare."""

    class Kind(models.TextChoices):
        MENTOR = "mentor"
        TEACHER = "teacher"
        EDUCARE = "educare"
        OTHER = "other"

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.CharField(max_length=6, choices=Source)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["duty"]), models.Index(fields=["group"])]
        constraints = [runs_forward("assignment_role")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(group__school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(group__school__in=viewer.administered_school_ids)
