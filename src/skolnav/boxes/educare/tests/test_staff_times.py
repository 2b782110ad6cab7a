"""A guardian telephones, and somebody at fritids writes the times in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from skolnav.boxes.educare.models import CareTime, HomeAgreement, HomeWeek
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Notice
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.tenancy import clock

from .staff import give_times

pytestmark = pytest.mark.django_db


@pytest.fixture
def nour(client_of, cast, tuesday):
    return client_of(cast.nour)


def at(pupil, day=None):
    return reverse("educare_staff:times", args=[pupil.public_id, day or clock.today()])


def said(guardian, leaves="15.00", **changed):
    return {"said_by": guardian.public_id, "leaves_at": leaves, "version": "0"} | changed


def row_of(pupil):
    return CareTime.everything.get(pupil=pupil)


def test_a_locked_day_is_set_by_a_guardians_word_and_both_are_told(cast, nour, client_of):
    child = reverse("educare_staff:child", args=[cast.alva.public_id, clock.today()])
    assert at(cast.alva) in nour.get(child).content.decode()
    form = nour.get(at(cast.alva)).content.decode()
    assert "Anna Larsson" in form
    assert "Omar Rashid" in form

    answer = nour.post(at(cast.alva), said(cast.omar, form_id="a" * 16), follow=True)
    nour.post(at(cast.alva), said(cast.omar, form_id="a" * 16))

    assert "Familjen får veta det." in answer.content.decode()
    row = row_of(cast.alva)
    assert (f"{row.leaves_at:%H.%M}", row.set_by_id, row.version) == ("15.00", cast.omar.pk, 1)
    told = Notice.everything.get(kind="educare.times_telephoned")
    assert sorted(told.person_ids) == sorted([cast.anna.pk, cast.omar.pk])
    logged = AuditRecord.objects.get(act="set_care_times")
    assert logged.actor_person_id == cast.nour.pk
    for stranger in (cast.ulla, cast.anna, cast.ingrid, cast.greta, cast.pelle):
        assert client_of(stranger).get(at(cast.alva)).status_code == 404
        assert client_of(stranger).post(at(cast.alva), said(cast.omar, "14.00")).status_code == 404
    assert row_of(cast.alva).version == 1


def test_who_has_no_custody_today_says_nothing(cast, nour):
    Guardianship.everything.filter(guardian=cast.omar, pupil=cast.alva).update(restricted_at=clock.now())

    for stranger in (cast.omar, cast.maja, cast.robin):
        answer = nour.post(at(cast.alva), said(stranger))
        assert answer.status_code == 422
    assert not CareTime.everything.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"leaves_at": "24:00"}, "Skriv klockslaget som 16.30."),
        ({"leaves_at": "19:00"}, "Fritids är öppet"),
        ({"comes_at": "15:30"}, "måste vara senare"),
        ({"leaves_at": ""}, "Skriv en tid, eller välj Ledig."),
        ({"said_by": ""}, "Vem ringde?"),
        ({"said_by": "\0"}, "Vem ringde?"),
        ({"version": "9" * 30}, "Något behöver rättas"),
        ({"who": "other"}, "Skriv namnet"),
    ],
)
def test_what_can_not_be_is_said_where_it_stands(cast, nour, changed, words):
    answer = nour.post(at(cast.alva), said(cast.anna) | changed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CareTime.everything.exists()


def test_a_day_that_is_over_or_far_away_is_not_set(cast, nour):
    yesterday = clock.today() - timedelta(days=1)

    assert "Dagen har varit." in nour.post(at(cast.alva, yesterday), said(cast.anna)).content.decode()
    assert nour.get(at(cast.alva, clock.today() + timedelta(days=500))).status_code == 404


def test_the_other_ones_week_stays_theirs(cast, nour):
    agreement = HomeAgreement.everything.create(
        organiser_id=cast.ekdal.pk,
        pupil=cast.alva,
        weeks=2,
        cycle_start=clock.today() - timedelta(days=clock.today().weekday()),
        proposed_by=cast.anna,
        proposed_at=clock.now(),
        agreed_by=cast.omar,
        agreed_at=clock.now(),
    )
    for week in (0, 1):
        HomeWeek.objects.create(agreement=agreement, week=week, guardian=cast.omar)

    assert "den andra vårdnadshavarens vecka" in nour.post(at(cast.alva), said(cast.anna)).content.decode()
    assert nour.post(at(cast.alva), said(cast.omar)).status_code == 302


def test_two_who_write_at_once_see_both_versions(cast, nour):
    give_times(cast.alva, leaves="16:30")

    answer = nour.post(at(cast.alva), said(cast.anna, version="0"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "16.30" in page
    assert 'value="15.00"' in page
    assert nour.post(at(cast.alva), said(cast.anna, version="1")).status_code == 302
    assert row_of(cast.alva).version == 2


def test_of_a_protected_home_nobody_is_named(cast, nour):
    Person.everything.filter(pk=cast.alva.pk).update(is_protected=True)

    form = nour.get(at(cast.alva)).content.decode()
    day = nour.get(reverse("educare_staff:child", args=[cast.alva.public_id, clock.today()])).content.decode()

    assert "Vårdnadshavare 1" in form
    for page in (form, day):
        assert "Anna Larsson" not in page
        assert "070-174" not in page


def test_the_childs_day_says_whom_to_ring(cast, nour):
    page = nour.get(
        reverse("educare_staff:child", args=[cast.alva.public_id, clock.today()])
    ).content.decode()

    assert "tel:070-1740605" in page


def test_what_it_costs(cast, nour, django_assert_max_num_queries):
    nour.get(at(cast.alva))

    with django_assert_max_num_queries(6):
        nour.get(at(cast.alva))
    with django_assert_max_num_queries(25):
        nour.post(at(cast.alva), said(cast.anna, form_id="b" * 16))
