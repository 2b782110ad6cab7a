"""News, files and links: what the school tells its families."""

from django.db import models
from django.db.models import Q

from skolnav.core.people.models import Person
from skolnav.core.publishing.models import AudienceRow, Target, editable_by_staff_q, reaches_q
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

BOX = "information"


class NewsItem(Guarded):
    """A piece of news. A draft until it has a Publication; gone from the families' side when it has a Withdrawal."""

    public_id = PublicIdField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, help_text="Markdown, as it was typed.")
    body_html = models.TextField(blank=True, help_text="Made of the body, and cleaned.")
    excerpt = models.CharField(
        max_length=240, blank=True, help_text="How it begins, in plain words, for lists."
    )
    words = models.TextField(blank=True, help_text="Title and body without marks or capitals, for search.")
    is_important = models.BooleanField(default=False, help_text='Stands first and asks for "Jag har läst".')
    due = models.DateField(null=True, blank=True, help_text='The last day to say "Jag har läst".')
    visible_until = models.DateField(null=True, blank=True, help_text="The last day it shows.")
    revision = models.PositiveIntegerField(default=1, help_text="Raised by a change that makes it new again.")
    revised_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Raised by every save.")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["author", "-saved_at"], name="news_of_author")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Families: what is published, reaches them today, and has not run out."""
        out = Q(publication__published_at__lte=clock.now(), withdrawal=None)
        lasting = Q(visible_until=None) | Q(visible_until__gte=viewer.today)
        return out & lasting & reaches_q(NewsAudience, BOX, viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """Its author, and those who lead the schools that it goes to."""
        return editable_by_staff_q(NewsAudience, viewer)

    @property
    def targets(self) -> list[Target]:
        """Whom it is for; a statement, unless the audiences were fetched with it."""
        return [row.target for row in self.audiences.all()]


class Publication(models.Model):
    """That an item is, or will be, out: since when, and who let it out."""

    item = models.OneToOneField(NewsItem, models.CASCADE, related_name="publication")
    published_at = models.DateTimeField(db_index=True, help_text="May lie ahead.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")


class Withdrawal(models.Model):
    """That an item was taken back. Publishing it again removes the row; the audit log remembers."""

    item = models.OneToOneField(NewsItem, models.CASCADE, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")


class NewsAudience(AudienceRow):
    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="audiences")

    class Meta(AudienceRow.Meta):
        constraints = [AudienceRow.once("news")]
        indexes = [AudienceRow.by_key("news")]


class ShelfItem(Guarded):
    """Something that lies on the box's shelf until it is taken away: a file or a link."""

    public_id = PublicIdField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    folder = models.CharField(max_length=60, blank=True, help_text="Its name is all there is of a folder.")
    title = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def targets(self) -> list[Target]:
        """Whom it is for; a statement, unless the audiences were fetched with it."""
        return [row.target for row in self.audiences.all()]  # type: ignore[attr-defined]


class Document(ShelfItem):
    """A file; its bytes are a StoredFile that hangs on this row."""

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return reaches_q(DocumentAudience, BOX, viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return editable_by_staff_q(DocumentAudience, viewer)


class DocumentAudience(AudienceRow):
    item = models.ForeignKey(Document, models.CASCADE, related_name="audiences")

    class Meta(AudienceRow.Meta):
        constraints = [AudienceRow.once("document")]
        indexes = [AudienceRow.by_key("document")]


class Link(ShelfItem):
    """An address on the web, with a word on what one finds there."""

    address = models.URLField(max_length=500)
    description = models.CharField(max_length=300, blank=True)

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return reaches_q(LinkAudience, BOX, viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return editable_by_staff_q(LinkAudience, viewer)


class LinkAudience(AudienceRow):
    item = models.ForeignKey(Link, models.CASCADE, related_name="audiences")

    class Meta(AudienceRow.Meta):
        constraints = [AudienceRow.once("link")]
        indexes = [AudienceRow.by_key("link")]
