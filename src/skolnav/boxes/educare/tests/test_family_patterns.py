"""Weeks that repeat, two homes, and lov."""

from datetime import time, timedelta

import pytest

from skolnav.boxes.educare.models import CarePattern, HomeAgreement
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.tenancy import clock

from .family import FREE, filled, monday, new_pattern, pattern_fields, plan_of, text_of, times_of


def test_two_weeks_repeat_until_a_day_and_a_days_own_times_win(tuesday, anna, alva, client_of):
    answer = new_pattern(
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
    new_pattern(client_of(anna), alva, first=monday(2))
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
    page = text_of(new_pattern(client_of(anna), alva, first=clock.today() + FREE - timedelta(days=1)), 422)

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


def test_the_first_days_times_are_copied_to_the_rest_of_its_week_alone(tuesday, anna, alva, client_of):
    address = f"/barn/{alva.public_id}/fritids/schema/nytt/"
    sent = pattern_fields(weeks=2, leaves=("", "")) | {"1-0-leaves_at": "15:45", "1-0-who": "alone"}

    page = text_of(client_of(anna).post(address, sent | {"copy": "1-0"}))

    assert page.count('value="15:45"') == 5
    assert page.count('<option value="alone" selected>') == 5
    assert not CarePattern.everything.exists()
    for nonsense in ("9-9", "x", "1-0-1", "-"):
        assert 'value="15:45"' in text_of(client_of(anna).post(address, sent | {"copy": nonsense}))


def test_enter_saves_and_does_not_copy_a_day(tuesday, anna, alva, client_of):
    """Browsers press a form's first button."""
    for place in ("schema/nytt/", f"vecka/{monday(2)}/"):
        page = text_of(client_of(anna).get(f"/barn/{alva.public_id}/fritids/{place}"))
        form = page[page.index('name="form_id"') :]
        assert form.index('<button class="hidden-text" tabindex="-1"') < form.index('name="copy"')


def test_a_changed_pattern_leaves_locked_days_as_they_were(tuesday, anna, omar, alva, client_of):
    client = client_of(anna)
    new_pattern(client, alva, first=monday(2))
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
    new_pattern(client, alva, first=monday(2))
    old = CarePattern.everything.get()
    CarePattern.everything.update(version=2)

    address = f"/barn/{alva.public_id}/fritids/schema/{old.public_id}/"
    page = text_of(client.post(address, pattern_fields(leaves=("14.00",), version="1")))

    assert "sparade schemat medan du skrev" in page
    assert 'value="14.00"' in page


def test_a_pattern_ends_with_the_last_locked_day(tuesday, anna, omar, alva, client_of):
    new_pattern(client_of(anna), alva, first=monday(2))
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
    new_pattern(client_of(anna), alva, first=monday(2), leaves=("15.00",))
    new_pattern(client_of(omar), alva, first=monday(2), leaves=("17.00",))

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


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_patterns_cost_the_same_for_one_and_for_three(
    tuesday, anna, alva, number, client_of, django_assert_num_queries
):
    client = client_of(anna)
    for each in range(number):
        new_pattern(client, alva, first=monday(2 + each))

    with django_assert_num_queries(4):
        client.get(f"/barn/{alva.public_id}/fritids/schema/")
