"""A person: pupil, guardian, staff, or several of these at once."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from skolnav.core.people.secrets import EncryptedTextField
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class Person(Guarded):
    class Sex(models.TextChoices):
        WOMAN = "Kvinna"
        MAN = "Man"
        UNKNOWN = "Okänt"

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True, help_text="The person's id in SS 12000.")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex, default=Sex.UNKNOWN)
    # Twelve characters, encrypted; found again by the keyed hash only.
    identity_number = EncryptedTextField(blank=True)
    identity_number_hash = models.CharField(max_length=64, blank=True)
    email = models.EmailField(blank=True, help_text="As the school's register has it; not verified.")
    mobile = models.CharField(max_length=30, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    street_address = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    locality = models.CharField(max_length=60, blank=True)
    # True while an open Protection exists; kept by core.people.actions.protection alone.
    is_protected = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True, help_text="False when emigrated or deceased.")
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["organiser", "family_name", "given_name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "source_id"], condition=~Q(source_id=""), name="person_source_once"
            ),
            models.UniqueConstraint(
                fields=["organiser", "identity_number_hash"],
                condition=~Q(identity_number_hash=""),
                name="person_identity_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Oneself, one's own pupils, the pupils of one's groups, and all of a school one leads or administers."""
        from .groups import Enrolment, Membership

        in_my_groups = Membership.everything.filter(
            Membership.valid_on(viewer.today), group__in=viewer.staff_group_ids
        )
        return (
            Q(pk=viewer.person_id)
            | Q(pk__in=viewer.pupil_ids)
            | Q(pk__in=in_my_groups.values("person_id"))
            | Q(pk__in=Enrolment.everything.filter(school__in=viewer.led_school_ids).values("pupil_id"))
            | Person.editable_q(viewer)
        )

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """The office changes the people of the schools it administers, and their pupils' guardians.

        Past ties count, so that a mistake can be mended, but not for anybody protected: who has moved from a school
        is hidden from it, and so is the family around them. Whoever administers the organiser as a whole also finds
        the people whom nothing ties to a school.
        """
        from .duties import Duty
        from .groups import Enrolment
        from .guardianship import Guardianship

        not_over = Q(valid_until=None) | Q(valid_until__gte=viewer.today)
        enrolments = Enrolment.everything.filter(school__in=viewer.administered_school_ids)
        pupils, once = enrolments.filter(not_over), enrolments.filter(pupil__is_protected=False)
        duties = Duty.everything.filter(Duty.editable_q(viewer), person=OuterRef("pk"))
        families = Guardianship.everything.filter(guardian=OuterRef("pk"))
        # Asked of each person by an index: a page opens one, and a search has few left when it comes to this.
        tied = (
            Q(Exists(pupils.filter(pupil=OuterRef("pk"))))
            | Q(Exists(duties.filter(not_over)))
            | Q(Exists(families.filter(pupil__in=pupils.values("pupil_id"))))
        )
        was_tied = (
            Q(Exists(enrolments.filter(pupil=OuterRef("pk"))))
            | Q(Exists(duties))
            | Q(Exists(families.filter(pupil__in=once.values("pupil_id"))))
        )
        return Q(is_protected=False) & (Duty.administers_all_q(viewer) | was_tied) | tied
