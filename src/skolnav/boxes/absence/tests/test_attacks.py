"""Staff who reach further than their need, and what they might write: former pupils, own children, unlogged views."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail

from skolnav.boxes.absence.actions.excusing import excuse_case
from skolnav.boxes.absence.actions.explaining import explain_case
from skolnav.boxes.absence.actions.leave_consents import follow_consents
from skolnav.boxes.absence.actions.reporting import Wanted, report_absence, undo_report
from skolnav.boxes.absence.models import FollowUp, Investigation, UnexcusedCase
from skolnav.core.accounts.access_changes import restrict_guardianship
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.tenancy import clock

from .attendance_parts import Mark, address_of, at, lesson_of, posted, take
from .leave_parts import again, apply, choose, decide, monday
from .registering import mark

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("15-security-1")]


def move(pupil, school, group):
    """The pupil has left for another school, yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    Membership.everything.filter(person=pupil).update(valid_until=yesterday)
    Enrolment.everything.filter(pupil=pupil).update(valid_until=yesterday)
    columns = {"organiser_id": pupil.organiser_id, "source": "office", "valid_from": clock.today()}
    Enrolment.everything.create(pupil=pupil, school=school, school_year=5, **columns)
    Membership.everything.create(person=pupil, group=group, **columns)


def test_who_is_protected_and_has_moved_stands_in_no_old_register(cast, tuesday, client_of, viewer_of):
    tuesday.move_to(at(8, 30))
    lesson = lesson_of(cast)
    take(viewer_of(cast.sara), cast, lesson, elis=Mark("absent"), kim=Mark("absent"))
    day = lesson.day
    tuesday.move_to(at(8, 30, days=2))
    addresses = [
        address_of(lesson),
        f"{address_of(lesson)}historik/",
        f"/personal/franvaro/?dag={day}&visa=namn",
        f"/personal/franvaro/dag/{cast.class_5b.public_id}/{day}/",
    ]
    readers = [client_of(cast.sara), client_of(cast.ingrid), client_of(cast.lena)]
    assert all("Elis" in reader.get(address).content.decode() for reader in readers for address in addresses)

    move(cast.elis, cast.lillaskolan, cast.class_2a)

    for reader in readers:
        for address in addresses:
            page = reader.get(address).content.decode()
            assert "Kim" in page, address
            assert "Elis" not in page, address
            assert "Åkesson" not in page, address
    corrected = posted({cast.kim: "present"}, version=1, shown="absent", reason="Satt i biblioteket")
    assert client_of(cast.sara).post(address_of(lesson), corrected).status_code == 302


def test_nobody_sees_to_the_absence_of_their_own_child(cast, tuesday, client_of, viewer_of):
    tuesday.move_to(datetime.combine(clock.today(), time(9, 15), clock.STOCKHOLM))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.erik, subject="Svenska")
    case = UnexcusedCase.everything.get(pupil=cast.kim)
    task = FollowUp.everything.create(
        organiser=cast.ekdal,
        pupil=cast.kim,
        school=cast.ekdalsskolan,
        kind="occasions",
        month=clock.today().replace(day=1),
        figure=3,
        opened_at=clock.now(),
    )
    Guardianship.everything.create(
        organiser=cast.ekdal, pupil=cast.kim, guardian=cast.sara, source="office", valid_from=clock.today()
    )
    sara = client_of(cast.sara)
    of_case, of_task = (
        f"/personal/franvaro/ogiltig/{case.public_id}/",
        f"/personal/franvaro/uppfoljning/{task.public_id}/",
    )

    assert sara.get(of_case).status_code == sara.get(of_task).status_code == 404
    assert sara.post(f"{of_case}giltig/", {"reason": "Var hemma"}).status_code == 404
    assert sara.post(f"{of_task}avsluta/", {"conclusion": "Inget", "version": 1}).status_code == 404
    assert sara.post(f"/personal/franvaro/utredning/ny/{cast.kim.public_id}/", {}).status_code == 404
    with pytest.raises(NotAllowed):
        excuse_case(actor=viewer_of(cast.sara), case=case, reason="Var hemma")
    assert client_of(cast.ingrid).get(of_case).status_code == 200
    assert sara.get(f"/franvaro/ogiltig/{case.public_id}/").status_code == 200  # as the mother she is
    assert not Investigation.everything.exists()


def test_an_investigation_is_read_by_no_faulty_form_unlogged(cast, tuesday, client_of):
    sara = client_of(cast.sara)
    sara.post(f"/personal/franvaro/utredning/ny/{cast.kim.public_id}/", {"background": "Borta ofta"})
    opened = Investigation.everything.get()

    answer = sara.post(f"/personal/franvaro/utredning/{opened.public_id}/anteckning/", {"text": ""})

    assert "Borta ofta" in answer.content.decode()
    assert AuditRecord.objects.filter(act="view_investigation", subject_id=str(opened.pk)).count() == 1


def test_what_is_taken_along_of_many_children_is_logged(cast, tuesday, client_of):
    client_of(cast.sara).get("/personal/franvaro/ogiltig/rapport/?format=csv")

    assert AuditRecord.objects.get(act="export_cases").actor_person_id == cast.sara.pk


def test_to_lead_one_school_names_no_protected_guardian_at_another(cast, tuesday, client_of, viewer_of):
    """Ulla mentors 2A at one school and leads the other: Alva's guardians are hers to call, not to know by name."""
    Duty.everything.create(
        organiser=cast.ekdal,
        person=cast.ulla,
        school=cast.ekdalsskolan,
        role="principal",
        valid_from=clock.today(),
    )
    Person.everything.filter(pk=cast.omar.pk).update(is_protected=True)
    tuesday.move_to(datetime.combine(clock.today(), time(10), clock.STOCKHOLM))
    mark(cast.alva, "absent", "08:10", "09:30", by=cast.ulla)
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    ulla = client_of(cast.ulla)
    sweep()

    file = ulla.get("/personal/franvaro/ogiltig/rapport/?format=csv").content.decode("utf-8-sig").splitlines()
    page = ulla.get("/personal/franvaro/ogiltig/rapport/").content.decode()

    assert [line for line in file if "Alva" in line]
    assert not [line for line in file if "Alva" in line and "Omar" in line]
    assert [line for line in file if "Kim" in line and "Omar" in line]
    assert "Omar" not in page


def test_a_class_at_another_school_is_not_told(cast, tuesday, client_of):
    tuesday.move_to(datetime.combine(clock.today(), time(9, 15), clock.STOCKHOLM))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, subject="Svenska")
    tuesday.move_to(datetime.combine(clock.today() + timedelta(days=1), time(9, 15), clock.STOCKHOLM))
    move(cast.kim, cast.lillaskolan, cast.class_2a)

    report = client_of(cast.ingrid).get("/personal/franvaro/ogiltig/rapport/?format=csv").content.decode()

    assert "Kim Larsson" in report
    assert "2A" not in report


def test_a_guardian_who_is_none_any_more_holds_up_no_leave(cast, tuesday, viewer_of):
    choose(cast.ekdalsskolan, leave_needs_both=True)
    leave = apply(viewer_of(cast.anna), cast.kim, first=monday(3))
    assert again(leave).state == "consent"

    Guardianship.everything.filter(pupil=cast.kim, guardian=cast.omar).update(restricted_at=clock.now())
    tuesday.move_to(clock.now() + timedelta(days=4))
    follow_consents()
    follow_consents()

    assert again(leave).state == "waiting"
    assert not Notice.everything.filter(kind="absence.leave_asked", revision=2).exists()
    told = Notice.everything.get(kind="absence.leave_for_staff")
    assert told.person_ids == [cast.sara.pk]
    decide(viewer_of(cast.sara), leave)


def test_a_duty_that_has_ended_takes_and_reads_no_register(cast, tuesday, client_of):
    tuesday.move_to(at(8, 30))
    lesson = lesson_of(cast)
    sara = client_of(cast.sara)
    yesterday = clock.today() - timedelta(days=1)
    Duty.everything.filter(person=cast.sara).update(valid_until=yesterday)
    AssignmentRole.everything.filter(duty__person=cast.sara).update(valid_until=yesterday)
    Duty.everything.create(
        organiser=cast.ekdal,
        person=cast.sara,
        school=cast.lillaskolan,
        role="teacher",
        valid_from=clock.today(),
    )

    for address in (
        address_of(lesson),
        f"{address_of(lesson)}historik/",
        f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/",
    ):
        assert sara.get(address).status_code == 404, address
        assert sara.post(address, posted({cast.kim: "absent"})).status_code in (404, 405), address


def test_what_waits_to_be_told_is_not_told_to_who_has_lost_the_child(cast, tuesday, client_of, viewer_of):
    tuesday.move_to(at(9, 15))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, subject="Svenska")
    relation = Guardianship.everything.get(pupil=cast.kim, guardian=cast.omar)
    restrict_guardianship(actor=None, guardianship_id=relation.pk, reason="Kontaktförbud")

    sweep()

    assert not [letter for letter in mail.outbox if "omar" in str(letter.to)]
    assert "Ogiltig" not in client_of(cast.omar).get("/notiser/").content.decode()
    case = UnexcusedCase.everything.get(pupil=cast.kim)
    assert client_of(cast.omar).get(f"/franvaro/ogiltig/{case.public_id}/").status_code == 404
    with pytest.raises(NotAllowed):
        explain_case(actor=viewer_of(cast.omar), case=case, reason="ill")


def test_who_has_lost_one_child_touches_nothing_of_theirs_by_a_siblings_report(cast, tuesday, viewer_of):
    reports = report_absence(
        actor=viewer_of(cast.anna),
        pupil_ids=[cast.kim.pk, cast.alva.pk],
        wanted=Wanted("days", clock.today(), clock.today(), "ill"),
    )
    Guardianship.everything.filter(pupil=cast.kim, guardian=cast.omar).update(restricted_at=clock.now())
    kims, alvas = reports

    with pytest.raises(NotAllowed):
        undo_report(actor=viewer_of(cast.omar), report=kims)
    undo_report(actor=viewer_of(cast.omar), report=alvas)

    kims.refresh_from_db()
    alvas.refresh_from_db()
    assert (kims.withdrawn_at, alvas.withdrawn_at is None) == (None, False)
