"""Days that families should know of: study days, terms, national tests, outings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.feed.publishing import When
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import AudienceRow, Target, editable_by_staff_q, reaches_q
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

BOX = "calendar"


class Kind(models.TextChoices):
    """What sort of day it is; each has an icon of its own and can be picked alone."""

    STUDY_DAY = "study_day", _("Studiedag")
    HOLIDAY = "holiday", _("Lov")
    TERM_DATE = "term_date", _("Termin")
    NATIONAL_TEST = "national_test", _("Nationellt prov")
    ACTIVITY = "activity", _("Aktivitet")
    MEETING = "meeting", _("Möte")


ICONS = {
    Kind.STUDY_DAY: "graduation-cap",
    Kind.HOLIDAY: "sun",
    Kind.TERM_DATE: "school",
    Kind.NATIONAL_TEST: "pencil-ruler",
    Kind.ACTIVITY: "backpack",
    Kind.MEETING: "users",
}


class CalendarEntry(Guarded):
    """Whole days (Stockholm), or from one moment to another. Published when saved; a Cancellation strikes it
    through, a Removal takes it away."""

    public_id = PublicIdField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.ACTIVITY)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=4000)
    place = models.CharField(max_length=120, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.DateTimeField(null=True, blank=True, help_text="Null: whole days.")
    ends = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, help_text="Raised by a change that makes it new again.")
    revised_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Raised by every save.")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["organiser", "first_day"], name="calendar_by_day"),
            models.Index(fields=["author", "-saved_at"], name="calendar_of_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="calendar_days_run_forward"
            ),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None) | Q(ends__gte=F("starts")),
                name="calendar_times_run_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Families: what reaches them; staff: all of the schools where they work."""
        of_my_schools = EntryAudience.objects.filter(school__in=viewer.staff_school_ids).values("item_id")
        return Q(removal=None) & (reaches_q(EntryAudience, BOX, viewer) | Q(pk__in=of_my_schools))

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """Its author, and those who lead the schools that it goes to."""
        return editable_by_staff_q(EntryAudience, viewer)

    @property
    def when(self) -> When:
        return When(self.first_day, self.last_day, self.starts, self.ends)

    @property
    def targets(self) -> list[Target]:
        """Whom it is for; a statement, unless the audiences were fetched with it."""
        return [row.target for row in self.audiences.all()]

    @property
    def icon(self) -> str:
        return ICONS[Kind(self.kind)]


class EntryAudience(AudienceRow):
    item = models.ForeignKey(CalendarEntry, models.CASCADE, related_name="audiences")

    class Meta(AudienceRow.Meta):
        constraints = [AudienceRow.once("calendar")]
        indexes = [AudienceRow.by_key("calendar")]


class Cancellation(models.Model):
    """That what was planned will not be: it stays in the calendar, struck through."""

    item = models.OneToOneField(CalendarEntry, models.CASCADE, related_name="cancellation")
    cancelled_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")


class Removal(models.Model):
    """That it should never have stood there. Undone by dropping this row; the audit log remembers."""

    item = models.OneToOneField(CalendarEntry, models.CASCADE, related_name="removal")
    removed_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
