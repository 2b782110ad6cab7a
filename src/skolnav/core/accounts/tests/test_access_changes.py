"""What an ended custody or duty takes with it, at once."""

from datetime import timedelta

import pytest

from skolnav.core.accounts.access_changes import (
    end_duty,
    end_enrolment,
    end_guardianship,
    lift_restriction,
    restore_guardianship,
    restrict_guardianship,
)
from skolnav.core.accounts.links import LinkUsedUp, find_link, make_link
from skolnav.core.accounts.models import Account, OneTimeLink, Session
from skolnav.core.people.models import Duty, Enrolment, Guardianship
from skolnav.core.tenancy import clock


def custody(guardian, pupil):
    return Guardianship.everything.filter(guardian=guardian, pupil=pupil).latest("pk")


def end_every_custody_of(person, actor):
    for relation in Guardianship.everything.filter(guardian=person):
        end_guardianship(actor=actor, guardianship_id=relation.pk, last_day=clock.today(), reason="court")


def test_the_last_custody_takes_sessions_and_links_with_it(cast, viewer_of, client_of):
    client_of(cast.omar)
    account = Account.objects.get(person=cast.omar)
    sent = make_link(account, OneTimeLink.Purpose.NEW_PASSWORD, account.verified_email)

    end_every_custody_of(cast.omar, viewer_of(cast.lena))

    assert not Session.objects.filter(account=account).exists()
    with pytest.raises(LinkUsedUp):
        find_link(sent, OneTimeLink.Purpose.NEW_PASSWORD)


def test_somebody_who_keeps_a_child_stays_logged_in(cast, viewer_of, client_of):
    client_of(cast.omar)

    end_guardianship(
        actor=viewer_of(cast.lena),
        guardianship_id=custody(cast.omar, cast.kim).pk,
        last_day=clock.today(),
        reason="court",
    )

    assert Session.objects.filter(account__person=cast.omar).exists()
    assert [child.given_name for child in viewer_of(cast.omar).children] == ["Alva"]


def test_an_end_that_lies_ahead_cuts_nothing_today(cast, viewer_of, client_of):
    client_of(cast.maja)

    end_guardianship(
        actor=viewer_of(cast.lena),
        guardianship_id=custody(cast.maja, cast.elis).pk,
        last_day=clock.today() + timedelta(days=1),
        reason="court",
    )

    assert Session.objects.filter(account__person=cast.maja).exists()


def test_a_restriction_cuts_and_what_was_cut_stays_cut(cast, viewer_of, client_of):
    client_of(cast.maja)
    relation, lena = custody(cast.maja, cast.elis), viewer_of(cast.lena)

    restrict_guardianship(actor=lena, guardianship_id=relation.pk, reason="contact_ban")
    lift_restriction(actor=lena, guardianship_id=relation.pk)

    assert not Session.objects.filter(account__person=cast.maja).exists()
    assert [child.given_name for child in viewer_of(cast.maja).children] == ["Elis"]


def test_an_end_by_an_import_cuts_as_the_office_does(cast, client_of, viewer_of):
    client_of(cast.maja)

    end_guardianship(
        actor=None, guardianship_id=custody(cast.maja, cast.elis).pk, last_day=clock.today(), reason="import"
    )

    assert not Session.objects.filter(account__person=cast.maja).exists()
    restore_guardianship(actor=None, guardianship_id=custody(cast.maja, cast.elis).pk)
    assert viewer_of(cast.maja).has_a_role


def test_a_duty_that_ended_yesterday_logs_its_holder_out(cast, viewer_of, client_of):
    client_of(cast.sara)
    duty = Duty.everything.get(person=cast.sara)

    end_duty(actor=viewer_of(cast.lena), duty_id=duty.pk, last_day=clock.today())
    assert Session.objects.filter(account__person=cast.sara).exists()  # the last day is a day of work
    end_duty(actor=viewer_of(cast.lena), duty_id=duty.pk, last_day=clock.today() - timedelta(days=1))

    assert not Session.objects.filter(account__person=cast.sara).exists()
    assert not viewer_of(cast.sara).is_staff


def test_a_teacher_who_is_also_a_guardian_keeps_that(cast, viewer_of, client_of):
    client_of(cast.erik)

    end_duty(
        actor=viewer_of(cast.lena),
        duty_id=Duty.everything.get(person=cast.erik).pk,
        last_day=clock.today() - timedelta(days=1),
    )

    assert Session.objects.filter(account__person=cast.erik).exists()
    assert viewer_of(cast.erik).is_guardian


def test_a_family_whose_only_child_has_left_is_logged_out(cast, viewer_of, client_of):
    client_of(cast.maja), client_of(cast.elis)

    end_enrolment(
        actor=viewer_of(cast.lena),
        enrolment_id=Enrolment.everything.get(pupil=cast.elis).pk,
        last_day=clock.today() - timedelta(days=1),
    )

    assert not Session.objects.filter(account__person__in=[cast.maja, cast.elis]).exists()
