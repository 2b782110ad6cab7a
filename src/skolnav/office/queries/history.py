"""The log of what was done to a person, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.models import Account
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.tenancy import clock
from skolnav.office.words import CUSTODY_END_REASONS, FIELDS, MARKINGS, RESTRICTION_REASONS, ROLES, Label

PER_PAGE = 40

# `%(other)s` is the other person of a relation, where the viewer may see them.
ACTS: dict[str, Label] = {
    "create_person": gettext_lazy("Lades till"),
    "change_person": gettext_lazy("Ändrades: %(fields)s"),
    "add_guardianship": gettext_lazy("Vårdnad lades till: %(other)s"),
    "end_guardianship": gettext_lazy("Vårdnaden avslutades: %(other)s"),
    "keep_guardianship": gettext_lazy("Ett slut på vårdnaden togs tillbaka: %(other)s"),
    "restrict_guardianship": gettext_lazy("Tillgången begränsades: %(other)s"),
    "lift_restriction": gettext_lazy("Tillgången gavs tillbaka: %(other)s"),
    "enrol": gettext_lazy("Började på en skola"),
    "end_enrolment": gettext_lazy("Slutade på en skola"),
    "change_school_year": gettext_lazy("Årskursen ändrades"),
    "put_in_group": gettext_lazy("Sattes i en grupp"),
    "take_out_of_group": gettext_lazy("Togs ur en grupp"),
    "add_duty": gettext_lazy("Fick ett uppdrag: %(role)s"),
    "end_duty": gettext_lazy("Ett uppdrag avslutades"),
    "assign": gettext_lazy("Fick en grupp i sitt uppdrag"),
    "end_assignment": gettext_lazy("Miste en grupp i sitt uppdrag"),
    "set_protection": gettext_lazy("Fick skyddade personuppgifter: %(marking)s"),
    "ask_to_lower_protection": gettext_lazy("Någon begärde att skyddet tas bort"),
    "keep_protection": gettext_lazy("Begäran att ta bort skyddet togs tillbaka"),
    "lower_protection": gettext_lazy("Skyddet togs bort"),
    "view_protected_person": gettext_lazy("Sidan öppnades"),
    "show_identity_number": gettext_lazy("Personnumret visades"),
    "show_contact_details": gettext_lazy("Kontaktuppgifterna visades"),
    "number_taken": gettext_lazy("Någon skrev personens personnummer för en annan"),
    "create_account": gettext_lazy("Fick ett konto"),
    "issue_credential": gettext_lazy("Fick nya inloggningsuppgifter (%(channel)s)"),
    "log_in": gettext_lazy("Loggade in"),
    "cut_sessions": gettext_lazy("Loggades ut överallt"),
    "change_username": gettext_lazy("Bytte användarnamn"),
    "change_password": gettext_lazy("Bytte lösenord"),
    "set_first_password": gettext_lazy("Valde sitt första lösenord"),
    "set_password": gettext_lazy("Fick ett lösenord av driften"),
    "set_password_by_link": gettext_lazy("Valde lösenord genom en länk"),
    "request_email": gettext_lazy("Bad om en ny e-postadress"),
    "confirm_contact": gettext_lazy("Bekräftade sina kontaktuppgifter"),
    "verify_email": gettext_lazy("Bekräftade sin e-postadress"),
    "end_session": gettext_lazy("Loggade ut en enhet"),
    "end_other_sessions": gettext_lazy("Loggade ut sina andra enheter"),
}
_CHANNELS: dict[str, Label] = {"letter": gettext_lazy("brev"), "email": gettext_lazy("e-post")}


@dataclass(frozen=True)
class Deed:
    """One line of the history."""

    at: datetime
    text: str
    actor: str

    @property
    def day(self) -> date:
        return self.at.astimezone(clock.STOCKHOLM).date()


def deeds(viewer: Viewer, person: Person, *, most: int) -> list[Deed]:
    """The latest deeds, newest first: two statements."""
    return _said(viewer, person, _records(viewer, person)[: most * 3])[:most]


def history_page(viewer: Viewer, person: Person, number: str) -> Page[Deed]:
    """All of it, a page at a time."""
    page: Page[Any] = Paginator(_records(viewer, person), PER_PAGE).get_page(number)
    page.object_list = _said(viewer, person, page.object_list)
    return page


def _records(viewer: Viewer, person: Person) -> QuerySet[AuditRecord]:
    """What was written about the person, their account and their ties at the viewer's schools: another school's
    decisions about another child are not this one's to read. One index serves every part."""
    parts = Q(subject_type="people.person", subject_id=str(person.pk))
    ties: tuple[QuerySet[Model], ...] = (
        Account.objects.filter(person=person),
        Guardianship.objects.editable_by(viewer).filter(Q(pupil=person) | Q(guardian=person)),
        Enrolment.objects.editable_by(viewer).filter(pupil=person),
        Membership.objects.editable_by(viewer).filter(person=person),
        Duty.objects.editable_by(viewer).filter(person=person),
        AssignmentRole.objects.editable_by(viewer).filter(duty__person=person),
    )
    for rows in ties:
        ids = rows.annotate(as_text=Cast("pk", CharField())).values("as_text")
        parts |= Q(subject_type=rows.model._meta.label_lower, subject_id__in=ids)
    return AuditRecord.objects.filter(parts, organiser_id=person.organiser_id).order_by("-at", "-pk")


def _said(viewer: Viewer, person: Person, records: Iterable[AuditRecord]) -> list[Deed]:
    found = list(records)
    named = [pk for record in found for pk in (record.actor_person_id, _other(record, person)) if pk]
    names = _names(viewer, set(named))
    said = [Deed(record.at, _text(record, person, names), _actor(record, names)) for record in found]
    return list(_gathered(said))


def _gathered(said: list[Deed]) -> Iterator[Deed]:
    """The same deed by the same hand again and again on one day is one line: it must not hide the others."""
    for (text, actor, _day), same in groupby(said, key=lambda one: (one.text, one.actor, one.day)):
        deeds_of_day = list(same)
        times = len(deeds_of_day)
        if times > 1:
            text = _("%(deed)s (%(times)s gånger)") % {"deed": text, "times": times}
        yield Deed(deeds_of_day[0].at, text, actor)


def _names(viewer: Viewer, ids: set[int]) -> dict[int, str]:
    """Names of those who acted and of the others. Whom the viewer may not see by name stays without one."""
    people = Person.everything.filter(pk__in=ids)
    mine = Person.editable_q(viewer) | Q(pk=viewer.person_id) | Q(is_protected=False)
    return {one.pk: one.full_name for one in people.filter(mine)}


def _other(record: AuditRecord, person: Person) -> int | None:
    pair = [record.details.get("pupil"), record.details.get("guardian")]
    return next((pk for pk in pair if isinstance(pk, int) and pk != person.pk), None)


def _actor(record: AuditRecord, names: dict[int, str]) -> str:
    if record.actor_person_id is None:
        return (
            ""
            if record.act in ("log_in", "set_password_by_link", "verify_email")
            else _("import eller drift")
        )
    return names.get(record.actor_person_id, _("en administratör"))


def _text(record: AuditRecord, person: Person, names: dict[int, str]) -> str:
    said = str(ACTS.get(record.act, record.act.replace("_", " ")))
    details = record.details
    reasons = RESTRICTION_REASONS if record.act == "restrict_guardianship" else CUSTODY_END_REASONS
    words = {
        "fields": ", ".join(str(FIELDS.get(name, name)).lower() for name in details.get("fields", [])),
        "other": names.get(_other(record, person) or 0, _("en annan person")),
        "role": str(ROLES.get(details.get("role", ""), "")).lower(),
        "marking": str(MARKINGS.get(details.get("marking", ""), "")).lower(),
        "channel": str(_CHANNELS.get(details.get("channel", ""), "")),
    }
    text = said % words
    reason = reasons.get(details.get("reason", ""))
    return f"{text} ({str(reason).lower()})" if reason else text
