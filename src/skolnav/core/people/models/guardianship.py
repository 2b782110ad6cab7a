"""Who has custody of whom. Not the same as parent, nor as address."""

from datetime import date

from django.db import models
from django.db.models import Q

from skolnav.core.people.validity import runs_forward, valid_on
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .person import Person


class Source(models.TextChoices):
    """Where a row comes from. What the office decided is never undone by an import."""

    IMPORT = "import"
    OFFICE = "office"


class Guardianship(Guarded):
    class Kind(models.TextChoices):
        CUSTODY = "custody"  # vårdnadshavare
        APPOINTED = "appointed"  # god man, särskilt förordnad vårdnadshavare

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CUSTODY)
    source = models.CharField(max_length=6, choices=Source)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    # The office's own decisions: ended cuts at once whatever the dates say; restricted keeps the
    # relation (custody remains) but gives no access: a secret address, a ban on contact.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.BigIntegerField(null=True, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    restricted_by_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["guardian", "pupil"]), models.Index(fields=["pupil"])]
        constraints = [
            runs_forward("guardianship"),
            models.UniqueConstraint(
                fields=["pupil", "guardian"],
                condition=Q(ended_at=None, valid_until=None),
                name="guardianship_once",
            ),
            models.CheckConstraint(condition=~Q(pupil=models.F("guardian")), name="guardianship_of_another"),
        ]

    @staticmethod
    def gives_access_on(day: date, prefix: str = "") -> Q:
        """The relations that open a child's pages on a Stockholm day."""
        undisturbed = Q(**{f"{prefix}ended_at": None, f"{prefix}restricted_at": None})
        return valid_on(day, prefix) & undisturbed

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """One's own relations, and those of pupils at schools one administers."""
        return Q(guardian=viewer.person_id) | Guardianship.editable_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        from .groups import Enrolment

        enrolments = Enrolment.everything.filter(school__in=viewer.administered_school_ids)
        not_over = Q(valid_until=None) | Q(valid_until__gte=viewer.today)
        pupils = enrolments.filter(not_over | Q(pupil__is_protected=False))
        return Q(pupil__in=pupils.values("pupil_id"))
