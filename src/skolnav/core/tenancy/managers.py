"""Guarded managers: `Model.objects` opens no row without saying who looks.

A sensitive model inherits `Guarded` and writes its rules once, as Qs:

    class NewsItem(Guarded):
        @staticmethod
        def visible_q(viewer: Viewer) -> models.Q: ...

    NewsItem.objects.visible_to(viewer).get_or_404(public_id=…)
    NewsItem.everything.filter(…)       # actions, jobs and imports: one organiser's rows; greppable
"""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.http import Http404
from django_scopes import ScopedManager

from .viewer import Viewer

RowT = TypeVar("RowT", bound="Guarded", covariant=True)


class NoDoor(RuntimeError):
    """Somebody asked for rows without saying for whom."""


class DoorQuerySet(models.QuerySet[RowT]):
    """A queryset that answers a missing and a forbidden row alike."""

    def get_or_404(self, **lookup: Any) -> RowT:
        """The one row, or Http404: the same answer for "none" and "not yours"."""
        row = self.filter(**lookup).first()
        if row is None:
            raise Http404
        return row


if TYPE_CHECKING:  # the type checker does not look into from_queryset and ScopedManager

    class Everything(models.Manager[RowT]):
        def all(self) -> DoorQuerySet[RowT]: ...
        def filter(self, *args: Any, **kwargs: Any) -> DoorQuerySet[RowT]: ...
        def exclude(self, *args: Any, **kwargs: Any) -> DoorQuerySet[RowT]: ...
        def get_or_404(self, **lookup: Any) -> RowT: ...

else:

    class Everything(models.Manager.from_queryset(DoorQuerySet)):
        """All rows of the organiser in scope; django-scopes raises where no organiser is."""


class Doors(models.Manager[RowT]):
    """The guard: its only words are `visible_to` and `editable_by`."""

    def get_queryset(self) -> NoReturn:
        raise NoDoor(
            f"{self.model.__name__}.objects opens nothing by itself: say visible_to(viewer) or editable_by(viewer), "
            f"or {self.model.__name__}.everything in an action, a job or an import."
        )

    def visible_to(self, viewer: Viewer) -> DoorQuerySet[RowT]:
        """The rows that this viewer may see."""
        return self._of_tenant(viewer).filter(self.model.visible_q(viewer))

    def editable_by(self, viewer: Viewer) -> DoorQuerySet[RowT]:
        """The rows that this viewer may change."""
        return self._of_tenant(viewer).filter(self.model.editable_q(viewer))

    def _of_tenant(self, viewer: Viewer) -> DoorQuerySet[RowT]:
        return self.model.everything.filter(organiser_id=viewer.organiser_id)


class Guarded(models.Model):
    """A model of one organiser whose rows are reached through a door only."""

    organiser = models.ForeignKey("schools.Organiser", models.CASCADE, related_name="+")

    everything: ClassVar[Everything[Self]] = ScopedManager(
        _manager_class=Everything, organiser="organiser_id"
    )
    objects: ClassVar[Doors[Self]] = Doors()

    class Meta:
        abstract = True
        base_manager_name = "everything"

    @staticmethod
    def visible_q(viewer: Viewer) -> models.Q:
        """Which rows the viewer may see. A model that forgets its rule shows nothing."""
        return models.Q(pk__in=[])

    @staticmethod
    def editable_q(viewer: Viewer) -> models.Q:
        """Which rows the viewer may change. A model that forgets its rule lets nobody."""
        return models.Q(pk__in=[])
