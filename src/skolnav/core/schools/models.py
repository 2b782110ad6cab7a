"""Who runs the schools, the schools themselves, and how their year is divided."""

from django.db import models
from django.db.models import F, Q

from skolnav.core.tenancy.ids import PublicIdField


class Organiser(models.Model):
    """Huvudman: a municipality or an independent organiser. The tenant."""

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True, help_text="Its id in SS 12000.")
    name = models.CharField(max_length=120)
    organisation_number = models.CharField(max_length=13, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class SchoolUnit(models.Model):
    """Skolenhet, with the details that the help page and "kontakta skolan" show to anybody."""

    public_id = PublicIdField()
    organiser = models.ForeignKey(Organiser, models.CASCADE, related_name="schools")
    source_id = models.CharField(max_length=64, blank=True)
    school_unit_code = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)
    street_address = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    locality = models.CharField(max_length=60, blank=True)
    office_hours = models.CharField(
        max_length=120, blank=True, help_text="As the school says it: vardagar 7.30–16."
    )
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Raised by every save of its details.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "source_id"], condition=~Q(source_id=""), name="school_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolYear(models.Model):
    """Läsår: begins in August, ends in June; the organiser decides the dates (Skolförordningen 2011:185)."""

    organiser = models.ForeignKey(Organiser, models.CASCADE, related_name="school_years")
    name = models.CharField(max_length=20, help_text="2026/27")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["organiser", "name"], name="school_year_once"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="school_year_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """Termin: HT or VT."""

    class Kind(models.TextChoices):
        AUTUMN = "HT"
        SPRING = "VT"

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=2, choices=Kind)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["school_year", "kind"], name="term_once"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="term_runs_forward"),
        ]


class SchoolBox(models.Model):
    """Whether a school uses a box, and where it stands. No row: the box's own default."""

    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="box_choices")
    key = models.CharField(max_length=30)
    enabled = models.BooleanField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="school_box_once")]


class SchoolBreak(models.Model):
    """Days without teaching: lov and studiedagar (Skolförordningen 2011:185, 3 kap. 2 §). Red days stand in no
    table: they are reckoned. Kept by whoever plans the days (the calendar), which `source` names."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday"  # lov: fritids opens for those who have registered
        STUDY_DAY = "study_day"  # studiedag: staff work, pupils are free

    organiser = models.ForeignKey(Organiser, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    name = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=40, help_text="What told of it: calendar:123.")

    class Meta:
        ordering = ["first_day"]
        indexes = [models.Index(fields=["organiser", "last_day"], name="school_break_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["source", "school"], name="school_break_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="school_break_runs_forward"
            ),
        ]
