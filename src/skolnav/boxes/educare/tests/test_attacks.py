"""Somebody who had custody, and somebody who writes oddities into addresses: what they get out of fritids."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from skolnav.boxes.educare.actions.collectors import add_collector
from skolnav.boxes.educare.actions.deciding import decide_request
from skolnav.boxes.educare.models import (
    CarePattern,
    CareTime,
    ChangeRequest,
    Collector,
    DayComment,
    PatternTime,
)
from skolnav.core.accounts.access_changes import restrict_guardianship
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Guardianship, Membership, Person
from skolnav.core.tenancy import clock

from .family import monday, plan_of
from .staff import give_times, lov

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("15-security-1")]

COLLECTOR, MATE = "Robins granne", "Robins kompis"


@pytest.fixture
def robin(cast, tuesday, viewer_of):
    """Robin, who has custody of Alva still, and has said who collects: on the list, on a day, and in a pattern."""
    relation = Guardianship.everything.create(
        organiser=cast.ekdal,
        pupil=cast.alva,
        guardian=cast.robin,
        source="office",
        valid_from=clock.today() - timedelta(days=90),
    )
    today, viewer = clock.today(), viewer_of(cast.robin)
    listed = add_collector(
        actor=viewer,
        pupil_id=cast.alva.pk,
        name=COLLECTOR,
        relation="granne",
        phone="070-1740011",
        is_usual=True,
    )
    give_times(cast.alva, set_by=cast.robin, collected_by=MATE)
    give_times(cast.alva, today + timedelta(days=1), leaves="14:00", set_by=cast.robin, goes_alone=True)
    pattern = CarePattern.everything.create(
        organiser=cast.ekdal,
        pupil=cast.alva,
        owner=cast.robin,
        weeks=1,
        cycle_start=monday(0),
        first_day=monday(1),
        begun_at=clock.now(),
    )
    PatternTime.objects.create(pattern=pattern, week=0, weekday=0, leaves_at=time(15), collector=listed)
    PatternTime.objects.create(pattern=pattern, week=0, weekday=1, leaves_at=time(15), goes_alone=True)
    return relation


def ask(cast, day, **columns):
    return ChangeRequest.everything.create(
        organiser=cast.ekdal,
        pupil=cast.alva,
        day=day,
        leaves_at=time(13),
        asked_by=cast.robin,
        asked_at=clock.now(),
        **columns,
    )


@pytest.fixture(params=["ended", "restricted"])
def cut(request, robin, cast, viewer_of):
    """Takes Robin's access away: custody that ran out yesterday by itself, or the office's ban on contact."""

    def do():
        if request.param == "ended":
            yesterday = clock.today() - timedelta(days=1)
            Guardianship.everything.filter(pk=robin.pk).update(valid_until=yesterday)
        else:
            restrict_guardianship(actor=None, guardianship_id=robin.pk, reason="Kontaktförbud")

    return do


def pages_of_staff(client, pupil):
    today = clock.today()
    addresses = [
        reverse("educare_staff:index"),
        reverse("educare_staff:evening"),
        reverse("educare_staff:requests"),
        *(
            reverse("educare_staff:child", args=[pupil.public_id, today + timedelta(days=day)])
            for day in (0, 1)
        ),
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_nobody_collects_by_the_word_of_who_has_lost_the_child(cast, cut, client_of):
    nour, today = client_of(cast.nour), clock.today()
    ask(cast, today + timedelta(days=1), collected_by=MATE)
    before = pages_of_staff(nour, cast.alva)
    assert COLLECTOR in before
    assert MATE in before
    assert plan_of(cast.alva, monday(1)).collected_by == COLLECTOR

    cut()

    after = pages_of_staff(nour, cast.alva)
    assert COLLECTOR not in after
    assert MATE not in after
    assert "1740011" not in after.replace("-", "")
    # The times stay, so that the child is expected; who comes for her is nobody of Robin's, and she goes not alone.
    for day in (today, today + timedelta(days=1), monday(1), monday(1) + timedelta(days=1)):
        plan = plan_of(cast.alva, day)
        assert plan.is_coming
        assert (plan.collected_by, plan.collector_id, plan.goes_alone) == ("", None, False)


def test_the_other_guardian_starts_a_list_of_their_own(cast, cut, client_of, viewer_of):
    cut()
    anna = client_of(cast.anna)

    page = reverse("educare:collectors", kwargs={"pupil": cast.alva.public_id})
    assert COLLECTOR not in anna.get(page).content.decode()
    anna.post(page, {"name": "Mormor Britta"})

    assert plan_of(cast.alva, monday(1)).collected_by == "Mormor Britta"
    assert Collector.everything.get(pupil=cast.alva, is_usual=True).name == "Mormor Britta"


def test_a_request_that_waits_ends_with_its_askers_access(cast, cut, client_of, viewer_of):
    asked = ask(cast, clock.today(), collected_by=MATE)
    nour = client_of(cast.nour)
    assert "13.00" in nour.get(reverse("educare_staff:requests")).content.decode()

    cut()

    assert "13.00" not in nour.get(reverse("educare_staff:requests")).content.decode()
    assert (
        nour.post(reverse("educare_staff:decide", args=[asked.public_id]), {"decision": "yes"}).status_code
        == 404
    )
    with pytest.raises(NotAllowed):
        decide_request(actor=viewer_of(cast.nour), request=asked, accept=True)
    assert CareTime.everything.get(pupil=cast.alva, day=clock.today()).leaves_at == time(16, 30)


def test_what_staff_said_yes_to_names_nobody_either_afterwards(cast, cut, viewer_of):
    asked = ask(cast, clock.today(), collected_by="Robins fru")
    decide_request(actor=viewer_of(cast.nour), request=asked, accept=True)
    assert plan_of(cast.alva, clock.today()).collected_by == "Robins fru"

    cut()

    plan = plan_of(cast.alva, clock.today())
    assert (plan.leaves_at, plan.collected_by) == (time(13), "")


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", "0", "53", "x", ""])
def test_odd_numbers_of_weeks_are_one_week_or_told(odd, cast, tuesday, client_of):
    anna, pupil = client_of(cast.anna), {"pupil": cast.alva.public_id}

    assert anna.get(reverse("educare:new_pattern", kwargs=pupil), {"veckor": odd}).status_code == 200
    assert anna.post(reverse("educare:new_pattern", kwargs=pupil), {"weeks": odd}).status_code == 422
    assert anna.post(reverse("educare:homes", kwargs=pupil), {"weeks": odd}).status_code == 422


def test_ages_away_nothing_is_written(cast, tuesday, client_of):
    anna = client_of(cast.anna)
    for day in ("2199-12-31", "1990-01-01"):
        day_of = {"pupil": cast.alva.public_id, "day": day}
        assert anna.get(reverse("educare:edit", kwargs=day_of)).status_code == 404
        assert anna.post(reverse("educare:comment", kwargs=day_of), {"text": "Hej"}).status_code == 404
        assert anna.post(reverse("educare:ask", kwargs=day_of), {"leaves_at": "15.00"}).status_code == 404

    assert not DayComment.everything.exists()


def test_checking_in_all_where_there_are_no_sections(cast, tuesday, client_of):
    ingrid = client_of(cast.ingrid)  # leads a school without fritids

    assert ingrid.post(reverse("educare_staff:check"), {"in_due": "1"}).status_code in (302, 404)


def test_who_is_protected_and_has_left_stands_in_no_old_day(cast, tuesday, client_of):
    nour, today = client_of(cast.nour), clock.today()
    give_times(cast.alva)
    for name in ("index", "evening"):
        assert "Alva" in nour.get(reverse(f"educare_staff:{name}"), {"dag": today}).content.decode()
    tuesday.shift(timedelta(days=2))
    Membership.everything.filter(person=cast.alva).update(valid_until=today)
    assert "Alva" in nour.get(reverse("educare_staff:index"), {"dag": today}).content.decode()

    Person.everything.filter(pk=cast.alva.pk).update(is_protected=True)

    for name in ("index", "evening"):
        assert "Alva" not in nour.get(reverse(f"educare_staff:{name}"), {"dag": today}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
    ],
)
def test_a_form_leads_nowhere_else(asked, cast, tuesday, client_of):
    anna, holiday = client_of(cast.anna), lov(cast)
    off = reverse("educare:holiday_off", kwargs={"holiday": holiday.public_id})
    for address, more in ((reverse("educare:same"), {"week": str(monday(2))}), (off, {})):
        answer = anna.post(address, {"pupils": cast.alva.public_id, "next": asked} | more)

        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert "evil" not in answer["Location"]
        assert "Set-Cookie: a" not in str(answer.headers)


def test_somebody_elses_form_number_does_nothing_for_one(cast, tuesday, client_of):
    """A form's number that was seen over a shoulder: it shows nothing of what came of it, and stops nobody's own."""
    number = "formular-nummer-99"
    page = reverse("educare:collectors", kwargs={"pupil": cast.alva.public_id})
    client_of(cast.anna).post(page, {"name": "Mormor Britta", "form_id": number})
    other = reverse("educare:collectors", kwargs={"pupil": cast.tuva.public_id})
    Membership.everything.create(
        organiser=cast.ekdal, person=cast.tuva, group=cast.educare, source="office", valid_from=clock.today()
    )

    answer = client_of(cast.erik).post(other, {"name": "Farfar Sten", "form_id": number})

    assert answer["Location"] == "/"
    assert [one.name for one in Collector.everything.all()] == ["Mormor Britta"]
