"""The quick figures of the office's first page: what is left to do."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.models import Account, Credential
from skolnav.core.people.models import Duty, Enrolment, Guardianship, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock


@dataclass(frozen=True)
class Figures:
    """How many people there are today, how many lack credentials, and how many have not used them yet."""

    pupils: int
    guardians: int
    staff: int
    guardians_without_login: int
    pupils_without_login: int
    staff_without_login: int
    guardians_not_verified: int


def pupils_today(viewer: Viewer) -> QuerySet[Enrolment, Any]:
    return Enrolment.objects.editable_by(viewer).filter(valid_on(viewer.today)).values("pupil_id")


def guardians_today(viewer: Viewer) -> QuerySet[Guardianship, Any]:
    """Those whom custody gives access today: the others need no credentials."""
    relations = Guardianship.objects.editable_by(viewer).filter(Guardianship.gives_access_on(viewer.today))
    return relations.filter(pupil__in=pupils_today(viewer)).values("guardian_id")


def staff_today(viewer: Viewer) -> QuerySet[Duty, Any]:
    return Duty.objects.editable_by(viewer).filter(valid_on(viewer.today)).values("person_id")


def has_login() -> Exists:
    """Of a person: whether they have a way in, a password of their own or a letter or link that still holds."""
    return Exists(_with_login().filter(person=OuterRef("pk")))


def with_login_ids() -> QuerySet[Account, Any]:
    """The ids of people who have one, for a subquery."""
    return _with_login().values("person_id")


def verified_ids() -> QuerySet[Account, Any]:
    """The ids of people who have confirmed an e-mail address, for a subquery."""
    return Account.objects.exclude(verified_email="").values("person_id")


def _with_login() -> QuerySet[Account]:
    handed_out = Credential.objects.filter(
        account=OuterRef("pk"), used_at=None, replaced_at=None, expires_at__gt=clock.now()
    )
    own_password = Q(must_change_password=False) & ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return Account.objects.filter(own_password | Exists(handed_out), is_active=True)


def figures(viewer: Viewer) -> Figures:
    """All of them in three statements, one for each kind of people."""
    pupils, guardians, staff = pupils_today(viewer), guardians_today(viewer), staff_today(viewer)
    not_verified = Count("pk", filter=has_login() & ~Q(pk__in=verified_ids()))
    of_pupils, of_guardians, of_staff = (
        Person.everything.filter(pk__in=ids).aggregate(
            people=Count("pk"), without=Count("pk", filter=~has_login()), not_verified=not_verified
        )
        for ids in (pupils, guardians, staff)
    )
    return Figures(
        pupils=of_pupils["people"],
        guardians=of_guardians["people"],
        staff=of_staff["people"],
        pupils_without_login=of_pupils["without"],
        guardians_without_login=of_guardians["without"],
        staff_without_login=of_staff["without"],
        guardians_not_verified=of_guardians["not_verified"],
    )
