"""A file that somebody uploaded: what it is, where its bytes lie, and whose row it hangs on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from . import access
from .portraits import Portrait

__all__ = ["Portrait", "StoredFile"]


class StoredFile(Guarded):
    """Bytes in the storage. Until it is attached to an owner's row, its uploader alone can read it."""

    public_id = PublicIdField()
    name = models.CharField(
        max_length=120, help_text="As its uploader called it, cleaned, with the right ending."
    )
    content_type = models.CharField(max_length=100, help_text="By its content, never by its name.")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True, help_text="Random: it says nothing of the file.")
    # {"320": {"path": …, "size": …, "width": …, "height": …}, "960": …} for pictures; empty for the rest.
    derivatives = models.JSONField(default=dict)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt_text = models.CharField(
        max_length=250, blank=True, help_text="What a picture shows, for those who hear it."
    )
    # A plain pair and no foreign key: this floor knows no box.
    owner_type = models.CharField(max_length=60, blank=True, help_text="information.newsitem")
    owner_id = models.BigIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    uploaded_by_id = models.BigIntegerField(help_text="A person.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["owner_type", "owner_id"], name="file_owner"),
            models.Index(fields=["created_at"], condition=Q(owner_id=None), name="file_unattached"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def address(self) -> str:
        """Where it is downloaded; whoever may not read it gets 404 there."""
        return reverse("files:download", kwargs={"file": self.public_id})

    @property
    def small(self) -> str:
        """The address of a picture at 320 pixels' width, for lists."""
        return self._at(320)

    @property
    def medium(self) -> str:
        """The address of a picture at 960 pixels' width, for pages."""
        return self._at(960)

    @property
    def icon(self) -> str:
        return "image" if self.is_picture else "file-text"

    def _at(self, width: int) -> str:
        return reverse("files:picture", kwargs={"file": self.public_id, "width": width})

    @property
    def paths(self) -> list[str]:
        """Everything that the storage holds of it."""
        return [self.path, *(derivative["path"] for derivative in self.derivatives.values())]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """One's own uploads that hang on nothing yet, and the files of every row that its box lets one read."""
        return StoredFile.editable_q(viewer) | access.readable_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """One's own uploads that hang on nothing yet; an attached file is changed through its owner."""
        return Q(owner_id=None, uploaded_by_id=viewer.person_id)
