"""What a report does: its stretches, its notices, and every limit of it."""

from datetime import time, timedelta

import pytest

from skolnav.boxes.absence.actions.reporting import NotReportable, report_each
from skolnav.boxes.absence.actions.wanted import Wanted
from skolnav.boxes.absence.models import AbsenceReport, AbsenceSettings
from skolnav.core.access.building import build_viewer
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Delivery
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.presence.models import Absence
from skolnav.core.presence.writing import Away, set_absences
from skolnav.core.schools.models import SchoolBreak
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity

from .report_parts import Extent, at, bell, in_days, reported, rest, stretches, ticked, whole

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def school_says(cast):
    def school_says(school=None, **settings):
        AbsenceSettings.everything.create(
            organiser_id=cast.ekdal.pk, school=school or cast.ekdalsskolan, **settings
        )

    return school_says


@pytest.mark.requirement("11-absence-2")
def test_a_whole_day_reaches_everybody_whom_it_concerns(anna, kim, omar, sara, maja, robin, erik):
    (report,) = reported(anna, kim)

    assert stretches(kim) == [(clock.today(), "")]
    assert AuditRecord.objects.get(act="report_absence").subject_id == str(report.pk)
    assert bell(omar) == ["Anna har anmält frånvaro: sjuk i dag"]
    assert bell(sara) == ["Kim Larsson är anmäld frånvarande: sjuk i dag"]
    assert not Delivery.everything.filter(person__in=[anna, maja, robin, erik]).exists()
    assert set(Delivery.everything.values_list("channel", flat=True)) == {"bell"}


@pytest.mark.requirement("11-absence-2")
def test_tomorrow_several_days_and_siblings(anna, kim, alva):
    reported(anna, kim, wanted=whole(1))
    one, other = reported(anna, alva, kim, wanted=whole(2, 3))

    assert one.batch == other.batch
    assert stretches(kim) == [(in_days(day), "") for day in (1, 2, 3)]
    assert stretches(alva) == [(in_days(day), "") for day in (2, 3)]


def test_a_weekend_and_a_study_day_are_no_absence(anna, kim, cast):
    SchoolBreak.objects.create(
        organiser_id=cast.ekdal.pk,
        school=cast.ekdalsskolan,
        kind="study_day",
        name="Studiedag",
        first_day=in_days(3),
        last_day=in_days(3),
    )

    reported(anna, kim, wanted=whole(2, 6))

    assert [day for day, _ in stretches(kim)] == [in_days(2), in_days(6)]
    with pytest.raises(NotReportable, match="ingen skoldag för Kim: Studiedag"):
        reported(anna, kim, wanted=whole(3))


@pytest.mark.requirement("11-absence-3")
def test_lessons_and_the_rest_of_the_day_follow_the_childs_own_timetable(tuesday, anna, kim, cast):
    reported(anna, kim, wanted=ticked(cast.class_5b, "IDH", "EN"))

    assert stretches(kim) == [(clock.today(), "12.00-13.00"), (clock.today(), "13.20-14.20")]
    tuesday.move_to(at(10, 25))
    reported(anna, kim, wanted=rest())
    assert (clock.today(), "10.25-00.00") in stretches(kim)


@pytest.mark.requirement("11-absence-3")
def test_no_part_of_the_day_where_the_school_has_no_timetable(anna, kim, alva, cast):
    Activity.everything.filter(school=cast.lillaskolan).delete()

    with pytest.raises(NotReportable, match="Alva har inga lektioner i schemat i dag"):
        reported(anna, kim, alva, wanted=rest())
    reported(anna, alva)
    assert stretches(alva) == [(clock.today(), "")]
    assert not stretches(kim)


def test_somebody_elses_lesson_cannot_be_ticked(anna, kim, alva, cast):
    with pytest.raises(NotReportable, match="står inte längre i schemat för Kim"):
        reported(anna, kim, wanted=ticked(cast.class_2a, "MA"))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (lambda: whole(-7), "har redan varit"),
        (lambda: whole(-1, 2), "I går har redan varit"),
        (lambda: whole(365), "högst 3 veckor i förväg"),
        (lambda: whole(0, 10_000), "högst 3 veckor i förväg"),
        (lambda: whole(3, 2), "Sista dagen ligger före den första"),
        (lambda: whole(4), "ingen skoldag för Kim"),
        (lambda: whole(0, 9), "högst 5 skoldagar"),
        (lambda: Wanted(Extent.REST, in_days(1), in_days(1), "ill"), "gäller en enda dag"),
        (lambda: Wanted(Extent.LESSONS, in_days(0), in_days(0), "ill"), "Välj minst en lektion för Kim"),
    ],
)
def test_what_may_not_be_is_said_plainly(anna, kim, wanted, words):
    with pytest.raises(NotReportable, match=words):
        reported(anna, kim, wanted=wanted())
    assert not AbsenceReport.everything.exists()
    assert not Absence.everything.exists()


def test_the_limit_of_days_is_the_schools(anna, kim, alva, school_says):
    school_says(most_days=2)

    with pytest.raises(NotReportable, match="högst 2 skoldagar"):
        reported(anna, kim, wanted=whole(0, 2))
    reported(anna, alva, wanted=whole(0, 2))


def test_when_the_day_is_over_it_is_no_longer_reported_but_the_days_after_it_are(tuesday, anna, kim):
    tuesday.move_to(at(14, 20))

    with pytest.raises(NotReportable, match="Dagen är slut för Kim"):
        reported(anna, kim)
    reported(anna, kim, wanted=whole(0, 1))
    assert stretches(kim) == [(in_days(1), "")]


def test_a_school_may_lock_the_lessons_that_have_begun(tuesday, anna, kim, cast, lena, school_says):
    school_says(locks_at=time(9, 0))
    tuesday.move_to(at(9, 30))

    with pytest.raises(NotReportable, match=r"Matematik 09\.10 har börjat"):
        reported(anna, kim, wanted=ticked(cast.class_5b, "MA"))
    reported(anna, kim)
    assert stretches(kim) == [(clock.today(), "10.20-00.00")]
    # The office may type in what came by telephone in time.
    reported(lena, kim, telephoned_by="mormor")
    assert (clock.today(), "") in stretches(kim)


def test_a_lesson_that_is_over_cannot_be_ticked(tuesday, anna, kim, cast):
    tuesday.move_to(at(9, 30))

    reported(anna, kim, wanted=ticked(cast.class_5b, "MA"))
    with pytest.raises(NotReportable, match=r"Svenska 08\.10 är redan slut"):
        reported(anna, kim, wanted=ticked(cast.class_5b, "SV"))


def test_a_child_who_changes_school_today_follows_the_new_one(anna, kim, cast):
    """Her old school has a study day; the new one has not, and takes two days at most."""
    Enrolment.everything.filter(pupil=kim).update(valid_until=clock.today())
    Enrolment.everything.create(
        organiser_id=cast.ekdal.pk,
        pupil=kim,
        school=cast.lillaskolan,
        school_year=5,
        source="office",
        valid_from=clock.today(),
    )
    Membership.everything.filter(person=kim).update(valid_until=clock.today() - timedelta(days=1))
    Membership.everything.create(
        organiser_id=cast.ekdal.pk, person=kim, group=cast.class_2a, source="office", valid_from=clock.today()
    )
    SchoolBreak.objects.create(
        organiser_id=cast.ekdal.pk,
        school=cast.ekdalsskolan,
        kind="study_day",
        name="Studiedag",
        first_day=clock.today(),
        last_day=clock.today(),
    )

    with pytest.raises(NotReportable, match="står inte längre i schemat för Kim"):
        reported(anna, kim, wanted=ticked(cast.class_5b, "EN", day=1))
    reported(anna, kim, wanted=ticked(cast.class_2a, "IDH"))
    assert stretches(kim) == [(clock.today(), "09.50-10.50")]


def test_what_is_reported_already_is_not_reported_twice(anna, omar, kim, alva):
    (first,) = reported(anna, kim, wanted=whole(0, 1))

    again, new = reported(omar, kim, alva)

    assert again == first
    assert again.reported_by == anna
    assert new.reported_by_id == omar.pk
    assert len(stretches(kim)) == 2
    # More than what is known is a report of its own.
    (more,) = reported(omar, kim, wanted=whole(1, 2))
    assert more != first


def test_who_may_not_report(anna, kim, elis, tuva, robin, maja, sara, erik, ulla, pelle, greta, gun):
    for person, pupil in (
        (anna, elis), (anna, tuva), (robin, kim), (maja, kim), (kim, kim), (erik, kim), (ulla, kim), (pelle, kim),
        (greta, kim), (gun, kim),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            reported(person, pupil)
    with pytest.raises(NotAllowed):
        reported(anna, kim, elis)
    # Staff say who telephoned; a guardian on duty does not turn into the office by it.
    with pytest.raises(NotAllowed):
        reported(anna, kim, telephoned_by="mamma")
    assert not AbsenceReport.everything.exists()


def test_the_mentor_and_the_office_type_in_what_came_by_telephone(sara, lena, kim, alva, anna, omar):
    (report,) = reported(sara, kim, telephoned_by="mormor")
    (other,) = reported(lena, alva)

    assert (report.is_by_staff, report.telephoned_by) == (True, "mormor")
    assert other.is_by_staff
    assert bell(anna) == ["Skolan har skrivit in frånvaro: sjuk i dag"] * 2
    assert bell(omar) == bell(anna)
    assert bell(sara) == []


def test_nobody_protected_is_named_in_a_notice(maja, elis, sara, omar, anna, kim):
    reported(maja, elis)
    Person.everything.filter(pk=anna.pk).update(is_protected=True)
    reported(anna, kim)

    assert bell(sara) == [
        "Kim Larsson är anmäld frånvarande: sjuk i dag",
        "En elev med skyddade uppgifter är anmäld frånvarande: sjuk i dag",
    ]
    assert bell(omar) == ["Frånvaro är anmäld: sjuk i dag"]


def test_each_child_with_lessons_of_their_own(anna, kim, alva, cast):
    report_each(
        actor=build_viewer(anna.pk),
        wanted={kim.pk: ticked(cast.class_5b, "EN"), alva.pk: ticked(cast.class_2a, "MA")},
    )

    assert stretches(kim) == [(clock.today(), "13.20-14.20")]
    assert stretches(alva) == [(clock.today(), "08.10-09.30")]


def test_what_the_school_has_excused_can_be_reported_too(sara, anna, kim, cast):
    set_absences(
        "excuse:7", organiser_id=cast.ekdal.pk, pupil_id=kim.pk, kind="reported", reason="other",
        away=[Away(clock.today(), at(13, 20), at(14, 20))], reported_by_id=sara.pk, reported_at=clock.now(),
    )  # fmt: skip

    (report,) = reported(anna, kim, wanted=ticked(cast.class_5b, "EN"))

    assert report.reported_by == anna
    assert stretches(kim) == [(clock.today(), "13.20-14.20")] * 2
