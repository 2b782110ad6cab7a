"""Weeks that repeat, two homes, and lov."""

from datetime import date, time, timedelta

import pytest

from skolnav.boxes.educare.models import CarePattern, CareTime, HolidayRound, HomeAgreement
from skolnav.boxes.educare.queries.plans import plans
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.tenancy import clock

from .family import filled, monday, text_of, times_of

FREE = timedelta(days=8)  # the first day that no lock has reached


def pattern_fields(weeks=1, first=None, leaves=("16.30",), **fields):
    """A pattern's form: each week's Monday to Friday ends at its time."""
    sent = {"weeks": str(weeks), "first_day": str(first or clock.today() + FREE), "last_day": ""}
    for week in range(weeks):
        for weekday in range(5):
            sent[f"{week}-{weekday}-leaves_at"] = leaves[week % len(leaves)]
    return sent | fields


def new(client, alva, **fields):
    return client.post(f"/barn/{alva.public_id}/fritids/schema/nytt/", pattern_fields(**fields))


def plan_of(pupil, day):
    return plans([pupil.pk], day, day)[pupil.pk, day]


def test_two_weeks_repeat_until_a_day_and_a_days_own_times_win(tuesday, anna, alva, client_of):
    answer = new(
        client_of(anna), alva, weeks=2, first=monday(2), leaves=("15.00", "17.00"), last_day=str(monday(5))
    )

    assert answer.status_code == 302
    assert [plan_of(alva, monday(week)).leaves_at for week in (2, 3, 4, 5)] == [
        time(15), time(17), time(15), time(17),
    ]  # fmt: skip
    assert plan_of(alva, monday(2) - timedelta(days=3)).source == "none"
    assert plan_of(alva, monday(5) + timedelta(days=1)).source == "none"
    assert plan_of(alva, monday(2) + timedelta(days=5)).is_off  # a Saturday
    client_of(anna).post(
        f"/barn/{alva.public_id}/fritids/vecka/{monday(3)}/",
        filled(monday(3), leaves="17.00", **{f"{monday(3)}-leaves_at": "14.15"}),
    )
    assert times_of(alva, monday(3)) == {monday(3): (None, time(14, 15), False)}
    assert plan_of(alva, monday(3)).source == "day"


def test_blank_where_a_pattern_has_times_is_free(tuesday, anna, alva, client_of):
    new(client_of(anna), alva, first=monday(2))
    sent = filled(monday(2), **{f"{monday(2)}-leaves_at": ""})

    client_of(anna).post(f"/barn/{alva.public_id}/fritids/vecka/{monday(2)}/", sent)

    assert times_of(alva, monday(2)) == {monday(2): (None, None, True)}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weeks": "53"}, "Ett schema kan ha högst 52 veckor."),
        ({"weeks": "0"}, "Skriv 1 eller mer."),
        ({"weeks": "x"}, "heltal"),
        ({"last_day": "2020-01-01"}, "Sista dagen ligger före den första."),
        ({"first_day": "2099-01-01"}, "Välj en dag inom 2 år."),
        ({"0-1-comes_at": "17.00"}, "måste vara senare"),
        ({"0-1-leaves_at": "18.15"}, "Fritids är öppet 06.00–18.00"),
        ({"0-1-leaves_at": "24:00"}, "Skriv klockslaget som 16.30."),
    ],
)
def test_a_pattern_that_can_not_be_is_refused_in_words(tuesday, anna, alva, client_of, fields, said):
    page = text_of(
        client_of(anna).post(f"/barn/{alva.public_id}/fritids/schema/nytt/", pattern_fields() | fields), 422
    )

    assert said in page
    assert not CarePattern.everything.exists()


def test_a_pattern_begins_after_the_lock(tuesday, anna, alva, client_of):
    page = text_of(new(client_of(anna), alva, first=clock.today() + FREE - timedelta(days=1)), 422)

    assert "Schemat kan börja tidigast" in page


def test_more_weeks_are_shown_and_previewed_before_anything_is_saved(tuesday, anna, alva, client_of):
    client, address = client_of(anna), f"/barn/{alva.public_id}/fritids/schema/nytt/"

    page = text_of(client.post(address, pattern_fields() | {"weeks": "3", "resize": "1"}))
    assert 'name="2-4-leaves_at"' in page
    preview = text_of(client.post(address, pattern_fields(weeks=2, leaves=("15.00", "")) | {"preview": "1"}))
    assert "Så här blir veckorna" in preview
    assert "till 15.00" in preview
    assert text_of(client.get(f"{address}?veckor=52")).count("<fieldset") == 52 * 5
    assert not CarePattern.everything.exists()


def test_a_changed_pattern_leaves_locked_days_as_they_were(tuesday, anna, omar, alva, client_of):
    client = client_of(anna)
    new(client, alva, first=monday(2))
    tuesday.move_to(clock.start_of(monday(4)) + timedelta(hours=8))
    client, old = client_of(anna), CarePattern.everything.get()
    address = f"/barn/{alva.public_id}/fritids/schema/{old.public_id}/"
    assert client_of(omar).get(address).status_code == 404
    assert "16:30" in text_of(client.get(address))

    sent = pattern_fields(leaves=("14.00",), version="1")
    assert client.post(address, sent).status_code == 302

    assert plan_of(alva, monday(0)).leaves_at == time(16, 30)
    assert plan_of(alva, clock.today() + FREE - timedelta(days=1)).leaves_at == time(16, 30)
    assert plan_of(alva, clock.today() + FREE).leaves_at == time(14, 0)
    listed = text_of(client.get(f"/barn/{alva.public_id}/fritids/schema/"))
    assert listed.count("Avsluta") == 2


def test_two_tabs_change_a_pattern_and_the_second_is_told(tuesday, anna, alva, client_of):
    client = client_of(anna)
    new(client, alva, first=monday(2))
    old = CarePattern.everything.get()
    CarePattern.everything.update(version=2)

    address = f"/barn/{alva.public_id}/fritids/schema/{old.public_id}/"
    page = text_of(client.post(address, pattern_fields(leaves=("14.00",), version="1")))

    assert "sparade schemat medan du skrev" in page
    assert 'value="14.00"' in page


def test_a_pattern_ends_with_the_last_locked_day(tuesday, anna, omar, alva, client_of):
    new(client_of(anna), alva, first=monday(2))
    tuesday.move_to(clock.start_of(monday(3)) + timedelta(hours=8))
    pattern = CarePattern.everything.get()
    address = f"/fritids/schema/{pattern.public_id}/avsluta/"

    assert client_of(omar).post(address).status_code == 404
    assert client_of(anna).post(address).status_code == 302

    assert CarePattern.everything.get().last_day == clock.today() + FREE - timedelta(days=1)
    assert plan_of(alva, clock.today() + FREE).source == "none"


def homes(client, alva, mine, theirs, first=None):
    sent = {
        "weeks": "2",
        "from_day": str(first or monday(0)),
        "home-0": mine.public_id,
        "home-1": theirs.public_id,
    }
    return client.post(f"/barn/{alva.public_id}/fritids/tva-hem/", sent)


def test_two_homes_hold_when_the_other_has_agreed_and_each_edits_own_weeks(
    tuesday, anna, omar, alva, client_of
):
    hers, his = client_of(anna), client_of(omar)
    assert homes(hers, alva, anna, omar).status_code == 302
    proposal = HomeAgreement.everything.get()
    agree = f"/fritids/tva-hem/{proposal.public_id}/ja/"
    assert hers.post(agree).status_code == 404
    sweep()
    assert Delivery.everything.filter(person=omar, channel="bell").count() == 1
    assert "Förslag om vems fritidsvecka det är" in text_of(his.get("/"))
    assert his.post(agree).status_code == 302

    own, other = f"/barn/{alva.public_id}/fritids/vecka/{monday(2)}/", monday(3)
    assert hers.post(own, filled(monday(2))).status_code == 302
    assert "Den andra vårdnadshavarens vecka" in text_of(hers.get(f"/fritids/?vecka={other}"))
    hers.post(f"/barn/{alva.public_id}/fritids/vecka/{other}/", filled(other))
    assert not times_of(alva, other)
    assert his.post(f"/barn/{alva.public_id}/fritids/vecka/{other}/", filled(other)).status_code == 302
    assert "Till 16.30" in text_of(his.get(f"/fritids/?vecka={monday(2)}"))


def test_a_pattern_counts_in_its_owners_weeks_alone(tuesday, anna, omar, alva, client_of):
    homes(client_of(anna), alva, anna, omar)
    client_of(omar).post(f"/fritids/tva-hem/{HomeAgreement.everything.get().public_id}/ja/")
    new(client_of(anna), alva, first=monday(2), leaves=("15.00",))
    new(client_of(omar), alva, first=monday(2), leaves=("17.00",))

    assert [plan_of(alva, monday(week)).leaves_at for week in (2, 3, 4)] == [time(15), time(17), time(15)]


def test_when_custody_ends_the_weeks_are_the_other_guardians(tuesday, anna, omar, alva, client_of):
    from skolnav.core.people.models import Guardianship

    homes(client_of(anna), alva, anna, omar)
    client_of(omar).post(f"/fritids/tva-hem/{HomeAgreement.everything.get().public_id}/ja/")
    Guardianship.everything.filter(pupil=alva, guardian=omar).update(ended_at=clock.now())

    assert plan_of(alva, monday(3)).owner_id is None
    client = client_of(anna)
    answer = client.post(f"/barn/{alva.public_id}/fritids/vecka/{monday(3)}/", filled(monday(3)))
    assert answer.status_code == 302
    assert "ingen annan vårdnadshavare" in text_of(client.get(f"/barn/{alva.public_id}/fritids/tva-hem/"))


def test_a_proposal_is_declined_and_homes_end(tuesday, anna, omar, maja, alva, client_of):
    homes(client_of(anna), alva, anna, omar)
    proposal = HomeAgreement.everything.get()
    for person, status in ((maja, 404), (omar, 302)):
        assert client_of(person).post(f"/fritids/tva-hem/{proposal.public_id}/nej/").status_code == status

    assert HomeAgreement.everything.get().ended_at is not None
    page = text_of(client_of(omar).post(f"/fritids/tva-hem/{proposal.public_id}/ja/", follow=True))
    assert "Förslaget gäller inte längre." in page


@pytest.fixture
def autumn_break(tuesday, cast):
    """Höstlov in week 44, to be answered by the Friday of next week at noon."""
    deadline = clock.start_of(monday(1) + timedelta(days=4)) + timedelta(hours=12)
    return HolidayRound.everything.create(
        organiser=cast.ekdal, school=cast.lillaskolan, name="Höstlov", first_day=monday(3),
        last_day=monday(3) + timedelta(days=4), deadline=deadline, opened_at=clock.now(),
    )  # fmt: skip


def test_lov_is_answered_for_by_itself_and_patterns_do_not_count(autumn_break, anna, alva, client_of):
    client = client_of(anna)
    new(client, alva, first=monday(2))
    address = f"/barn/{alva.public_id}/fritids/lov/{autumn_break.public_id}/"
    assert plan_of(alva, monday(3)).source == "none"
    assert "Fritids på Höstlov" in text_of(client.get("/"))
    assert "Svara senast" in text_of(client.get(address))
    half = text_of(client.post(address, filled(monday(3))), 422)
    assert "Det är ingen skola den dagen" in half

    sent = filled(
        monday(3), leaves="", **{f"{monday(3)}-comes_at": "0800", f"{monday(3)}-leaves_at": "15.00"}
    )
    assert client.post(address, sent).status_code == 302

    rows = times_of(alva, monday(3))
    assert rows[monday(3)] == (time(8), time(15), False)
    assert rows[monday(3) + timedelta(days=1)] == (None, None, True)
    assert "Fritids på Höstlov" not in text_of(client.get("/"))
    assert "Besvarat" in text_of(client.get("/fritids/"))


def test_not_needed_on_all_of_the_lov_is_one_tap(autumn_break, anna, alva, maja, kim, client_of):
    address = f"/fritids/lov/{autumn_break.public_id}/behovs-inte/"
    for person in (maja, kim):
        assert client_of(person).post(address, {"pupils": alva.public_id}).status_code == 404

    assert client_of(anna).post(address, {"pupils": alva.public_id}).status_code == 302

    assert set(times_of(alva, monday(3)).values()) == {(None, None, True)}
    assert len(times_of(alva, monday(3))) == 5


def test_after_its_deadline_lov_is_locked_and_before_it_open(autumn_break, tuesday, anna, alva, client_of):
    client, address = client_of(anna), f"/fritids/lov/{autumn_break.public_id}/behovs-inte/"
    tuesday.move_to(autumn_break.deadline)

    page = text_of(client.post(address, {"pupils": alva.public_id}, follow=True))

    assert "Dagen låstes" in page
    assert not CareTime.everything.exists()
    assert "Dagarna är låsta." in text_of(
        client.get(f"/barn/{alva.public_id}/fritids/lov/{autumn_break.public_id}/")
    )


def test_the_week_before_lov_is_not_copied_into_it(autumn_break, anna, alva, client_of):
    new(client_of(anna), alva, first=monday(2), last_day=str(monday(2) + timedelta(days=4)))

    client_of(anna).post("/fritids/som-forra/", {"week": str(monday(3)), "pupils": alva.public_id})

    assert not times_of(alva, monday(3))


def test_a_closed_day_has_no_field_and_says_why(tuesday, anna, alva, cast, client_of):
    from skolnav.boxes.educare.models import ClosingDay

    ClosingDay.everything.create(
        organiser=cast.ekdal,
        school=cast.lillaskolan,
        day=monday(2),
        reason="Planeringsdag",
        closed_at=clock.now(),
    )
    client, address = client_of(anna), f"/barn/{alva.public_id}/fritids/vecka/{monday(2)}/"

    page = text_of(client.get(address))
    client.post(address, filled(monday(2)))

    assert "Planeringsdag" in page
    assert f'name="{monday(2)}-leaves_at"' not in page
    assert monday(2) not in times_of(alva, monday(2))


def test_red_days_are_closed(tuesday, anna, alva, client_of):
    christmas = date(clock.today().year, 12, 25)
    assert "Juldagen" in text_of(client_of(anna).get(f"/fritids/?vecka={christmas}"))


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_patterns_cost_the_same_for_one_and_for_three(
    tuesday, anna, alva, number, client_of, django_assert_num_queries
):
    client = client_of(anna)
    for each in range(number):
        new(client, alva, first=monday(2 + each))

    with django_assert_num_queries(4):
        client.get(f"/barn/{alva.public_id}/fritids/schema/")


def test_every_page_and_every_write_stays_within_bounds(
    autumn_break, anna, alva, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client, own = client_of(anna), f"/barn/{alva.public_id}/fritids/"
    client.get("/fritids/")

    for path, statements in (
        ("schema/nytt/", 2), ("tva-hem/", 3), (f"lov/{autumn_break.public_id}/", 6), ("hamtar/", 2),
    ):  # fmt: skip
        with django_assert_num_queries(statements):
            client.get(own + path)
    for path, sent in (
        ("schema/nytt/", pattern_fields(form_id="d" * 16)),
        (f"lov/{autumn_break.public_id}/behovs-inte/", {"pupils": alva.public_id, "form_id": "e" * 16}),
        ("som-forra/", {"pupils": alva.public_id, "week": str(monday(2)), "form_id": "f" * 16}),
        (f"dag/{clock.today()}/kommentar/", {"text": "Hej", "form_id": "g" * 16}),
        (f"dag/{clock.today()}/onska/", {"leaves_at": "15.00", "form_id": "h" * 16}),
    ):
        with django_assert_max_num_queries(25):
            assert client.post(own + path, sent).status_code == 302
