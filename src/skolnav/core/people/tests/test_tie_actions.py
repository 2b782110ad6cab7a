"""Custody, school, groups, duties and protection."""

from datetime import timedelta

import pytest
import time_machine

from skolnav.core.audit.log import record
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.duties import add_duty, assign, end_assignment, end_duty_row
from skolnav.core.people.actions.enrolments import (
    change_school_year,
    end_enrolment,
    enrol,
    put_in_group,
    take_out_of_group,
)
from skolnav.core.people.actions.guardianships import (
    add_guardianship,
    end_guardianship_row,
    lift_restriction_row,
    restore_guardianship_row,
    restrict_guardianship_row,
)
from skolnav.core.people.actions.protection import (
    ask_to_lower_protection,
    confirm_lowering,
    keep_protection,
    set_protection,
)
from skolnav.core.people.actions.refusals import EditedMeanwhile, NotAllowed, Refused
from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.tenancy import clock


def custody(guardian, pupil):
    return Guardianship.everything.filter(guardian=guardian, pupil=pupil).latest("pk")


@pytest.fixture
def lena(cast, viewer_of):
    return viewer_of(cast.lena)


@pytest.fixture
def second_administrator(cast, viewer_of):
    add_duty(actor=None, person=cast.ingrid, school=cast.ekdalsskolan, role=Duty.Role.ADMINISTRATOR)
    return viewer_of(cast.ingrid)


def test_custody_that_ends_today_is_over_at_once(cast, viewer_of, lena):
    relation = custody(cast.omar, cast.kim)

    end_guardianship_row(
        actor=lena, guardianship_id=relation.pk, last_day=clock.today(), reason="court", version=1
    )

    assert [child.given_name for child in viewer_of(cast.omar).children] == ["Alva"]
    written = AuditRecord.objects.get(act="end_guardianship")
    assert written.details == {
        "pupil": cast.kim.pk,
        "guardian": cast.omar.pk,
        "reason": "court",
        "last_day": clock.today().isoformat(),
    }


def test_custody_that_ends_later_is_written_and_can_be_kept_after_all(cast, viewer_of, lena):
    relation = custody(cast.omar, cast.kim)
    later = clock.today() + timedelta(days=30)

    end_guardianship_row(actor=lena, guardianship_id=relation.pk, last_day=later, reason="court")

    assert len(viewer_of(cast.omar).children) == 2
    assert custody(cast.omar, cast.kim).valid_until == later
    restore_guardianship_row(actor=lena, guardianship_id=relation.pk)
    assert custody(cast.omar, cast.kim).valid_until is None


def test_an_end_is_undone_by_a_new_relation(cast, viewer_of, lena):
    ended = custody(cast.robin, cast.kim)
    assert viewer_of(cast.robin).children == ()

    restore_guardianship_row(actor=lena, guardianship_id=ended.pk)

    assert [child.given_name for child in viewer_of(cast.robin).children] == ["Kim"]
    assert Guardianship.everything.filter(guardian=cast.robin).count() == 2
    assert Guardianship.everything.get(pk=ended.pk).valid_until == ended.valid_until


def test_custody_is_not_ended_twice_nor_before_it_began(cast, lena):
    relation = custody(cast.omar, cast.kim)
    with pytest.raises(Refused):
        end_guardianship_row(
            actor=lena,
            guardianship_id=relation.pk,
            last_day=relation.valid_from - timedelta(days=1),
            reason="court",
        )
    end_guardianship_row(actor=lena, guardianship_id=relation.pk, last_day=clock.today(), reason="court")

    with pytest.raises(EditedMeanwhile):
        end_guardianship_row(
            actor=lena, guardianship_id=relation.pk, last_day=clock.today(), reason="court", version=1
        )
    with pytest.raises(Refused):
        end_guardianship_row(actor=lena, guardianship_id=relation.pk, last_day=clock.today(), reason="court")


def test_restricted_custody_remains_and_opens_nothing(cast, viewer_of, lena):
    relation = custody(cast.omar, cast.kim)

    restrict_guardianship_row(actor=lena, guardianship_id=relation.pk, reason="contact_ban")

    assert [child.given_name for child in viewer_of(cast.omar).children] == ["Alva"]
    lift_restriction_row(actor=lena, guardianship_id=relation.pk)
    assert len(viewer_of(cast.omar).children) == 2


@pytest.mark.parametrize("comes_back", ["undone", "added"])
def test_a_restriction_survives_when_custody_ends_and_comes_back(cast, viewer_of, lena, comes_back):
    """Omar is banned from contact with Kim, loses custody, and gets it back: the ban is nobody's to forget."""
    relation = custody(cast.omar, cast.kim)
    restrict_guardianship_row(actor=lena, guardianship_id=relation.pk, reason="contact_ban")
    end_guardianship_row(actor=lena, guardianship_id=relation.pk, last_day=clock.today(), reason="court")

    if comes_back == "undone":
        restore_guardianship_row(actor=lena, guardianship_id=relation.pk)
    else:
        add_guardianship(actor=lena, pupil_id=cast.kim.pk, guardian=cast.omar)

    assert [child.given_name for child in viewer_of(cast.omar).children] == ["Alva"]
    lift_restriction_row(actor=lena, guardianship_id=custody(cast.omar, cast.kim).pk)
    assert len(viewer_of(cast.omar).children) == 2


@pytest.mark.parametrize("stranger", ["sara", "ingrid", "anna", "omar", "ulla", "greta"])
def test_nobody_but_the_administrator_touches_custody(cast, viewer_of, stranger):
    actor, relation = viewer_of(getattr(cast, stranger)), custody(cast.omar, cast.kim)

    for attempt in (
        lambda: end_guardianship_row(
            actor=actor, guardianship_id=relation.pk, last_day=clock.today(), reason="court"
        ),
        lambda: restrict_guardianship_row(actor=actor, guardianship_id=relation.pk, reason="other"),
        lambda: add_guardianship(actor=actor, pupil_id=cast.kim.pk, guardian=cast.erik),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_guardian_is_added_once_and_never_to_themself(cast, viewer_of, lena):
    add_guardianship(actor=lena, pupil_id=cast.kim.pk, guardian=cast.erik)

    assert {child.given_name for child in viewer_of(cast.erik).children} == {"Tuva", "Kim"}
    with pytest.raises(Refused):
        add_guardianship(actor=lena, pupil_id=cast.kim.pk, guardian=cast.erik)
    with pytest.raises(Refused):
        add_guardianship(actor=lena, pupil_id=cast.kim.pk, guardian=cast.kim)


def test_one_who_is_of_age_has_no_guardian(cast, lena):
    Person.everything.filter(pk=cast.kim.pk).update(birth_date=clock.today() - timedelta(days=366 * 18))

    with pytest.raises(Refused):
        add_guardianship(actor=lena, pupil_id=cast.kim.pk, guardian=cast.erik)


def test_a_pupil_leaves_a_school_and_its_groups(cast, viewer_of, lena):
    enrolment = Enrolment.everything.get(pupil=cast.kim)

    end_enrolment(actor=lena, enrolment_id=enrolment.pk, last_day=clock.today() - timedelta(days=1))
    enrol(actor=lena, pupil=cast.kim, school=cast.lillaskolan, school_year=5)

    kim = viewer_of(cast.anna).pupil(cast.kim.public_id)
    assert [school.name for school in kim.schools] == ["Lillåskolan"]
    assert kim.groups == ()


def test_groups_come_and_go_at_once(cast, viewer_of, lena):
    with pytest.raises(NotAllowed):  # Kim does not go to Lillåskolan
        put_in_group(actor=lena, pupil=cast.kim, group_id=cast.class_2a.pk)

    membership = Membership.everything.get(person=cast.kim, group=cast.class_5b)
    take_out_of_group(actor=lena, membership_id=membership.pk)
    assert viewer_of(cast.kim).as_pupil.class_name == ""

    put_in_group(actor=lena, pupil=cast.kim, group_id=cast.class_5b.pk)
    put_in_group(actor=lena, pupil=cast.kim, group_id=cast.class_5b.pk)
    assert viewer_of(cast.kim).as_pupil.class_name == "5B"
    again = Membership.everything.filter(person=cast.kim).latest("pk")
    take_out_of_group(actor=lena, membership_id=again.pk)  # put in today by mistake
    assert viewer_of(cast.kim).as_pupil.class_name == ""


def test_a_year_is_corrected(cast, viewer_of, lena):
    change_school_year(actor=lena, enrolment_id=Enrolment.everything.get(pupil=cast.kim).pk, school_year=6)

    assert f"y:{cast.ekdalsskolan.pk}:6" in viewer_of(cast.kim).pupil_keys


def test_a_duty_begins_gets_a_group_and_ends(cast, viewer_of, lena):
    duty = add_duty(actor=lena, person=cast.ulla, school=cast.ekdalsskolan, role=Duty.Role.TEACHER)
    assign(actor=lena, duty_id=duty.pk, group_id=cast.class_5b.pk, kind="teacher")
    assert cast.class_5b.pk in viewer_of(cast.ulla).staff_group_ids

    with pytest.raises(Refused):
        add_duty(actor=lena, person=cast.ulla, school=cast.ekdalsskolan, role=Duty.Role.TEACHER)
    with pytest.raises(NotAllowed):  # a group of another school
        assign(actor=lena, duty_id=duty.pk, group_id=cast.class_2a.pk, kind="teacher")
    end_duty_row(actor=lena, duty_id=duty.pk, last_day=clock.today() - timedelta(days=1))

    assert cast.ekdalsskolan.pk not in viewer_of(cast.ulla).staff_school_ids


def test_a_group_is_taken_from_a_teacher(cast, viewer_of, lena):
    for assignment in AssignmentRole.everything.filter(duty__person=cast.sara):
        end_assignment(actor=lena, assignment_id=assignment.pk)

    assert viewer_of(cast.sara).staff_group_ids == frozenset()


def test_nobody_ends_their_own_administration(cast, second_administrator):
    duty = Duty.everything.get(person=cast.ingrid, role=Duty.Role.ADMINISTRATOR)

    with pytest.raises(Refused):
        end_duty_row(actor=second_administrator, duty_id=duty.pk, last_day=clock.today())


def test_nobody_gives_duties_at_a_school_they_do_not_run(cast, second_administrator):
    with pytest.raises(NotAllowed):
        add_duty(
            actor=second_administrator,
            person=cast.ingrid,
            school=cast.lillaskolan,
            role=Duty.Role.ADMINISTRATOR,
        )


def test_protection_is_lowered_by_two(cast, lena, second_administrator):
    with pytest.raises(Refused):
        confirm_lowering(actor=second_administrator, person_id=cast.elis.pk)
    ask_to_lower_protection(actor=lena, person_id=cast.elis.pk)
    with pytest.raises(Refused):  # the one who asked
        confirm_lowering(actor=lena, person_id=cast.elis.pk)
    assert Person.everything.get(pk=cast.elis.pk).is_protected

    confirm_lowering(actor=second_administrator, person_id=cast.elis.pk)

    assert not Person.everything.get(pk=cast.elis.pk).is_protected
    assert AuditRecord.objects.get(act="lower_protection").details == {"asked_by": cast.lena.pk}


@pytest.mark.parametrize("asker", ["lena", "ingrid"])
def test_one_alone_cannot_be_the_second_too_by_a_letter_to_a_colleague(
    cast, viewer_of, lena, second_administrator, asker
):
    """Lena prints Ingrid's letter, logs in with it, and is Ingrid: whichever of the two asks."""
    record(lena, "issue_credential", cast.ingrid, channel="letter", person=cast.ingrid.pk)
    first, second = (lena, second_administrator) if asker == "lena" else (second_administrator, lena)
    ask_to_lower_protection(actor=first, person_id=cast.elis.pk)

    with pytest.raises(Refused):
        confirm_lowering(actor=second, person_id=cast.elis.pk)

    assert Person.everything.get(pk=cast.elis.pk).is_protected


def test_one_alone_cannot_make_the_second(cast, viewer_of, lena):
    add_duty(actor=lena, person=cast.nour, school=cast.ekdalsskolan, role=Duty.Role.ADMINISTRATOR)
    ask_to_lower_protection(actor=lena, person_id=cast.elis.pk)

    with pytest.raises(Refused):
        confirm_lowering(actor=viewer_of(cast.nour), person_id=cast.elis.pk)


def test_nor_both(cast, viewer_of, lena):
    for person in (cast.nour, cast.sara):
        add_duty(actor=lena, person=person, school=cast.ekdalsskolan, role=Duty.Role.ADMINISTRATOR)
    ask_to_lower_protection(actor=viewer_of(cast.nour), person_id=cast.elis.pk)

    with pytest.raises(Refused):
        confirm_lowering(actor=viewer_of(cast.sara), person_id=cast.elis.pk)


def test_a_letter_of_long_ago_makes_nobody_the_same(cast, lena, second_administrator):
    with time_machine.travel(clock.now() - timedelta(days=31)):
        record(lena, "issue_credential", cast.ingrid, channel="letter", person=cast.ingrid.pk)
    ask_to_lower_protection(actor=lena, person_id=cast.elis.pk)

    confirm_lowering(actor=second_administrator, person_id=cast.elis.pk)

    assert not Person.everything.get(pk=cast.elis.pk).is_protected


def test_a_request_to_lower_protection_is_taken_back(cast, lena, second_administrator):
    ask_to_lower_protection(actor=lena, person_id=cast.elis.pk)

    keep_protection(actor=second_administrator, person_id=cast.elis.pk)

    with pytest.raises(Refused):
        confirm_lowering(actor=second_administrator, person_id=cast.elis.pk)


def test_protection_is_set_at_once_and_an_import_never_softens_it(cast, lena):
    set_protection(actor=lena, person_id=cast.kim.pk, marking="Skyddad folkbokföring")
    set_protection(actor=None, person_id=cast.kim.pk, marking="Sekretessmarkering", source="import")

    assert Person.everything.get(pk=cast.kim.pk).is_protected
    assert AuditRecord.objects.get(act="set_protection").details == {"marking": "Skyddad folkbokföring"}
