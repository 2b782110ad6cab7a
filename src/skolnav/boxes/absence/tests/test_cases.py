"""Unexcused absence from the register to the guardian's bell, and back."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skolnav.boxes.absence.actions.afterwards import presence_changed
from skolnav.boxes.absence.actions.cases import follow_day
from skolnav.boxes.absence.models import Excusal, FollowUp, LessonAttendance, UnexcusedCase
from skolnav.core.notifications import channels
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Enrolment, Guardianship, Membership, Person
from skolnav.core.presence.writing import Away, set_absences
from skolnav.core.tenancy import clock

from .registering import mark, mark_many

pytestmark = pytest.mark.django_db


class Sms:
    """A telephone that takes everybody's."""

    key, label = "sms", "Sms"

    def __init__(self):
        self.letters = []

    def is_configured(self):
        return True

    def reaches(self, contact):
        return True

    @contextmanager
    def open(self):
        yield self.letters.append


@pytest.fixture
def sms():
    carrier = Sms()
    before = dict(channels._carriers)
    channels.register_carrier(carrier)
    yield carrier
    channels._carriers.clear()
    channels._carriers.update(before)


def case_of(pupil):
    return UnexcusedCase.everything.get(pupil=pupil)


def bell_of(person, kind="absence.unexcused"):
    return Delivery.everything.filter(person=person, channel="bell", notice__kind=kind, cut_at=None)


def report(pupil, by, day, starts=None, ends=None):
    set_absences(
        "report:1", organiser_id=pupil.organiser_id, pupil_id=pupil.pk, kind="reported", reason="ill",
        away=[Away(day, starts, ends)], reported_by_id=by.pk, reported_at=clock.now(),
    )  # fmt: skip
    presence_changed(pupil.pk, day, day)


def test_absent_opens_a_case_and_tells_those_with_custody_today(cast, tuesday):
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    sweep()

    case = case_of(cast.kim)
    assert (case.minutes, case.revision, case.school) == (60, 1, cast.ekdalsskolan)
    told = set(bell_of_kind("absence.unexcused").values_list("person__given_name", flat=True))
    assert told == {"Anna", "Omar"}  # not Robin, whose custody has ended, and not Kim
    assert "Kim Larsson" in text_of(cast.anna)


def bell_of_kind(kind):
    return Delivery.everything.filter(channel="bell", notice__kind=kind, cut_at=None)


def text_of(person, kind="absence.unexcused"):
    from skolnav.core.notifications.kinds import find_kind

    return find_kind(kind).text(bell_of(person, kind).get().notice.params)


def test_late_has_minutes_but_opens_no_case(cast, tuesday):
    mark(cast.kim, "late", "08:10", "09:10", minutes=10, by=cast.sara)

    assert not UnexcusedCase.everything.exists()


def test_a_second_lesson_raises_the_case_and_the_sms_goes_once(cast, tuesday, sms):
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    sweep()
    mark(cast.kim, "left", "09:10", "10:00", minutes=20, by=cast.sara)
    sweep()

    case = case_of(cast.kim)
    assert (case.minutes, case.revision) == (80, 2)
    assert sorted(letter.contact.person_id for letter in sms.letters) == sorted([cast.anna.pk, cast.omar.pk])
    assert bell_of(cast.anna).get().notice.revision == 2  # one row in the bell for the day
    mails = Delivery.everything.filter(channel="email", person=cast.anna, sent_at__isnull=False)
    assert mails.count() == 2
    # Another child's SMS, and another day's, go as well.
    mark(cast.alva, "absent", "08:10", "09:30", by=cast.ulla)
    tuesday.shift(timedelta(days=1))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    sweep()
    assert len(sms.letters) == 6


def test_the_same_minutes_again_tell_nobody_anew(cast, tuesday):
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    follow_day([cast.kim.pk], clock.today())

    assert case_of(cast.kim).revision == 1
    assert Notice.everything.filter(kind="absence.unexcused").count() == 1


def test_it_does_not_wait_for_the_morning(cast, tuesday, sms):
    tuesday.move_to(datetime.combine(clock.today(), time(21, 30), clock.STOCKHOLM))
    mark(cast.kim, "absent", "13:20", "14:20", by=cast.sara)

    sweep()

    assert len(sms.letters) == 2


def test_a_report_afterwards_settles_it_and_tells_everybody_concerned(cast, tuesday, sms):
    mark(cast.kim, "absent", "10:20", "11:20", by=cast.erik)
    report(cast.kim, cast.anna, clock.today())
    sweep()

    case, line = case_of(cast.kim), Excusal.objects.get()
    assert case.excused_at == clock.now()
    assert (line.how, line.by, line.undone_at) == ("report", cast.anna, None)
    assert sms.letters == []  # called off before it left
    assert not bell_of(cast.omar).exists()
    assert bell_of(cast.omar, "absence.settled").exists()
    explained = bell_of_kind("absence.explained").values_list("person__given_name", "notice__link_name")
    assert set(explained) == {("Sara", "absence_staff:case"), ("Erik", "absence_staff:index")}


def test_a_report_taken_back_opens_it_again(cast, tuesday, sms):
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    sweep()
    report(cast.kim, cast.anna, clock.today())
    set_absences(
        "report:1", organiser_id=cast.ekdal.pk, pupil_id=cast.kim.pk, kind="reported", reason="ill", away=[],
        reported_by_id=None, reported_at=clock.now(),
    )  # fmt: skip
    presence_changed(cast.kim.pk, clock.today(), clock.today())
    sweep()

    case = case_of(cast.kim)
    assert (case.excused_at, case.revision) == (None, 2)
    assert bell_of(cast.anna).count() == 1
    assert len(sms.letters) == 2  # still one a child and day


def test_a_corrected_register_closes_it_without_noise_for_staff(cast, tuesday):
    register = mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    mark(cast.kim, "present", "08:10", "09:10", by=cast.sara, register=register)
    sweep()

    assert Excusal.objects.get().how == "corrected"
    assert not bell_of_kind("absence.explained").exists()
    assert bell_of(cast.anna, "absence.settled").exists()


def test_granted_leave_settles_it_as_leave(cast, tuesday):
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    set_absences(
        "leave:1", organiser_id=cast.ekdal.pk, pupil_id=cast.kim.pk, kind="leave", reason="leave",
        away=[Away(clock.today())], reported_by_id=cast.anna.pk, reported_at=clock.now(),
    )  # fmt: skip
    presence_changed(cast.kim.pk, clock.today(), clock.today())

    assert Excusal.objects.get().how == "leave"


def test_a_register_typed_in_for_last_week_is_told_and_says_so(cast, tuesday):
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=clock.today() - timedelta(days=7))
    sweep()

    assert "i efterhand" in text_of(cast.anna)


def test_nobody_protected_is_named(cast, tuesday):
    mark(cast.elis, "absent", "08:10", "09:10", by=cast.sara)
    sweep()

    assert "Elis" not in text_of(cast.maja)
    assert all("Elis" not in str(notice.params) for notice in Notice.everything.all())


def test_without_any_account_it_is_to_telephone_at_once(cast, tuesday):
    Guardianship.everything.filter(pupil=cast.kim).exclude(guardian=cast.robin).update(
        valid_until=date(2020, 1, 1)
    )

    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    sweep()

    assert case_of(cast.kim).escalated_at == clock.now()
    rung = set(bell_of_kind("absence.to_telephone").values_list("person__given_name", flat=True))
    assert rung == {"Sara", "Ingrid", "Lena"}
    assert not Delivery.everything.filter(person=cast.robin).exists()


def test_a_report_that_came_while_the_register_was_saved_is_seen(cast, tuesday):
    """The register was reckoned before the report: whoever comes second, under the pupil's lock, reckons anew."""
    register = mark(cast.kim, "present", "08:10", "09:10", by=cast.sara)
    set_absences(
        "report:1", organiser_id=cast.ekdal.pk, pupil_id=cast.kim.pk, kind="reported", reason="ill",
        away=[Away(clock.today())], reported_by_id=cast.anna.pk, reported_at=clock.now(),
    )  # fmt: skip
    LessonAttendance.everything.filter(register=register).update(
        state="absent", attended_minutes=0, invalid_minutes=60
    )

    follow_day([cast.kim.pk], clock.today())

    assert not UnexcusedCase.everything.exists()


def test_the_third_occasion_of_a_month_is_a_task_for_mentor_and_principal(cast, tuesday):
    for number in range(3):
        assert not FollowUp.everything.exists()
        mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=clock.today() + timedelta(days=number))
    sweep()

    task = FollowUp.everything.get()
    assert (task.pupil, task.kind, task.figure) == (cast.kim, "occasions", 3)
    rung = set(bell_of_kind("absence.follow_up").values_list("person__given_name", flat=True))
    assert rung == {"Sara", "Ingrid"}


def test_a_class_costs_what_one_pupil_costs(cast, tuesday):
    pupils = more_pupils(cast, 24)
    counts = []
    for group in (pupils[:1], pupils[1:]):
        mark_many(group, "absent", "08:10", "09:10", by=cast.sara, follow=False)
        with CaptureQueriesContext(connection) as asked:
            follow_day([pupil.pk for pupil in group], clock.today())
        counts.append(len(asked))

    assert counts == [11, 11]  # nobody has an account: the dearest of all, with those who telephone


def test_guardians_cost_few_statements_for_all(cast, tuesday):
    mark_many([cast.kim, cast.elis], "absent", "08:10", "09:10", by=cast.sara, follow=False)

    with CaptureQueriesContext(connection) as asked:
        follow_day([cast.kim.pk, cast.elis.pk], clock.today())

    assert len(asked) == 7


def test_a_class_with_nobody_away_costs_one_statement(cast, tuesday, django_assert_num_queries):
    mark_many([cast.kim, cast.elis], "present", "08:10", "09:10", by=cast.sara, follow=False)

    with django_assert_num_queries(1):
        follow_day([cast.kim.pk, cast.elis.pk], clock.today())


def more_pupils(cast, number):
    people = []
    for index in range(number):
        person = Person.everything.create(organiser=cast.ekdal, given_name=f"Elev{index}", family_name="Test")
        for model, where in (
            (Enrolment, {"school": cast.ekdalsskolan}),
            (Membership, {"group": cast.class_5b}),
        ):
            who = {"pupil": person} if model is Enrolment else {"person": person}
            model.everything.create(
                organiser=cast.ekdal, **who, **where, source="office", valid_from=date(2020, 1, 1)
            )
        people.append(person)
    return people
