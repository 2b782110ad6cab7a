"""Changing a report, being well again, and undoing: what has passed stays."""

import pytest

from skolnav.boxes.absence.actions.reporting import NotReportable, change_report, mark_well, undo_report
from skolnav.boxes.absence.models import AbsenceReport, LessonAttendance
from skolnav.core.access.building import build_viewer
from skolnav.core.people.actions.refusals import EditedMeanwhile, NotAllowed
from skolnav.core.tenancy import clock

from .report_parts import at, bell, in_days, registered, reported, rest, stretches, ticked, whole

pytestmark = pytest.mark.usefixtures("tuesday")


def changed(person, report, wanted, version=None):
    now = AbsenceReport.everything.get(pk=report.pk)
    return change_report(
        actor=build_viewer(person.pk), report=now, version=version or now.version, wanted=wanted
    )


def well(person, report, moment):
    return mark_well(actor=build_viewer(person.pk), report=report, moment=moment)


def undone(person, report, **more):
    return undo_report(actor=build_viewer(person.pk), report=report, **more)


def test_before_the_first_lesson_everything_can_be_changed(anna, omar, kim, cast, sara):
    (report,) = reported(anna, kim)

    changed(omar, report, ticked(cast.class_5b, "EN"))

    assert stretches(kim) == [(clock.today(), "13.20-14.20")]
    assert bell(anna)[0].startswith("En anmälan om frånvaro är ändrad: läkare eller tandläkare i dag, vissa")
    assert bell(sara)[0].startswith("Kim Larsson: anmälan är ändrad")


def test_what_has_passed_stays_as_it_was(tuesday, anna, kim, cast):
    (report,) = reported(anna, kim, wanted=whole(0, 2))
    tuesday.move_to(at(9, 30))

    report = changed(anna, report, ticked(cast.class_5b, "EN"))
    assert stretches(kim) == [(clock.today(), "00.00-10.20"), (clock.today(), "13.20-14.20")]

    tuesday.move_to(at(9, 30, days=1))
    with pytest.raises(NotReportable, match="gäller inte längre"):
        changed(anna, report, whole(0))


def test_a_report_that_goes_on_is_made_longer(tuesday, anna, kim):
    (report,) = reported(anna, kim, wanted=whole(0, 1))
    tuesday.move_to(at(12, 30, days=1))

    report = changed(anna, report, whole(0, 2))

    assert [times for _, times in stretches(kim)] == ["", "", "", ""]
    assert (report.first_day, report.last_day) == (in_days(-1), in_days(2))


def test_the_reason_alone(tuesday, anna, kim):
    (report,) = reported(anna, kim)
    tuesday.move_to(at(9, 30))

    changed(anna, report, whole(reason="care", note="Kommer efter lunch"))

    assert stretches(kim) == [(clock.today(), "")]
    assert AbsenceReport.everything.get().note == "Kommer efter lunch"


def test_two_who_change_at_once_the_second_is_told(anna, omar, kim):
    (report,) = reported(anna, kim)
    changed(omar, report, whole(0, 1), version=1)

    with pytest.raises(EditedMeanwhile):
        changed(anna, report, whole(0, 2), version=1)
    assert len(stretches(kim)) == 2


def test_well_again_from_the_next_lesson(tuesday, anna, omar, kim, sara):
    (report,) = reported(anna, kim, wanted=whole(0, 2))
    tuesday.move_to(at(9, 30))

    well(omar, report, at(10, 20))

    assert stretches(kim) == [(clock.today(), "00.00-10.20")]
    assert bell(anna) == ["Anmäld som frisk igen från i dag 10.20"]
    assert bell(sara) == ["Kim Larsson är frisk igen från i dag 10.20"]
    assert AbsenceReport.everything.get().last_day == clock.today()
    assert well(anna, report, at(10, 20)) == []


def test_well_again_before_anything_has_passed_leaves_nothing(anna, kim):
    (report,) = reported(anna, kim)

    well(anna, report, clock.start_of(clock.today()))

    assert stretches(kim) == []
    assert AbsenceReport.everything.get().withdrawn_by_id == anna.pk


def test_well_again_ends_all_that_lies_on_the_same_days_but_not_the_dentist(tuesday, anna, omar, kim, cast):
    (report,) = reported(anna, kim, wanted=whole(0, 2))
    reported(omar, kim, wanted=whole(1, 3))
    reported(omar, kim, wanted=ticked(cast.class_5b, "MT", day=1))
    tuesday.move_to(at(9, 30))

    well(anna, report, clock.start_of(in_days(1)))

    assert stretches(kim) == [(clock.today(), "")]


def test_undone_is_as_if_it_had_never_been_and_a_siblings_report_stays(anna, kim, alva, sara):
    report, _ = reported(anna, kim, alva)

    undone(anna, report)

    assert stretches(kim) == []
    assert stretches(alva) == [(clock.today(), "")]
    assert bell(sara) == ["Kim Larsson: anmälan är ångrad (sjuk i dag)"]
    assert undone(anna, report) == []


def test_all_that_was_sent_together_can_be_undone_at_once(anna, omar, kim, alva, sara):
    report, _ = reported(anna, kim, alva)

    undone(omar, report, with_siblings=True)

    assert stretches(kim) == stretches(alva) == []
    assert bell(anna) == ["En anmälan om frånvaro är ångrad: sjuk i dag"] * 2
    assert bell(sara) == ["Kim Larsson: anmälan är ångrad (sjuk i dag)"]
    assert undone(anna, report) == []


def test_a_day_that_has_been_cannot_be_undone(tuesday, anna, kim):
    (report,) = reported(anna, kim, wanted=whole(0, 1))
    tuesday.move_to(at(7, 0, days=1))

    with pytest.raises(NotReportable, match="har redan varit"):
        undone(anna, report)
    assert len(stretches(kim)) == 2


def test_who_may_do_nothing_with_a_report(anna, kim, robin, maja, erik, sara, lena, ulla):
    (report,) = reported(anna, kim)

    for person in (kim, robin, maja, erik, ulla):
        for act in (
            lambda who: undone(who, report),
            lambda who: well(who, report, at(9)),
            lambda who: changed(who, report, whole(1)),
        ):
            with pytest.raises(NotAllowed):
                act(person)
    changed(sara, report, whole(0, 1))
    undone(lena, report)
    assert stretches(kim) == []


def test_the_rest_of_the_day_goes_on_from_when_it_began(tuesday, anna, kim):
    tuesday.move_to(at(9, 30))
    (report,) = reported(anna, kim, wanted=rest())
    tuesday.move_to(at(11, 0))

    changed(anna, report, rest())

    assert stretches(kim) == [(clock.today(), "09.30-00.00")]


def test_a_report_that_comes_after_the_lesson_explains_it_and_an_undone_one_does_not(
    tuesday, anna, kim, cast
):
    tuesday.move_to(at(10, 5))
    registered(cast.class_5b, "MA", kim=("absent", 0))

    (report,) = reported(anna, kim)
    line = LessonAttendance.everything.get(pupil=kim)
    assert (line.valid_minutes, line.invalid_minutes) == (50, 0)

    undone(anna, report)
    line.refresh_from_db()
    assert (line.valid_minutes, line.invalid_minutes) == (0, 50)
