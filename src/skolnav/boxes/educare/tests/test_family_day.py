"""One day: comments both ways, a locked day's request, and who collects."""

from datetime import time, timedelta

import pytest

from skolnav.boxes.educare.models import CareTime, ChangeRequest, Collector, CommentSeen, DayComment
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.tenancy import clock

from .family import filled, monday, text_of, week_of_times


@pytest.fixture
def today_of_alva(tuesday, alva):
    """Her page of today; she has times until 16.30 this week."""
    week_of_times(alva, monday(0))
    return f"/barn/{alva.public_id}/fritids/dag/{clock.today()}/"


def from_staff(alva, nour, text="Hon glömde gummistövlarna"):
    return DayComment.everything.create(
        organiser_id=alva.organiser_id, pupil=alva, day=clock.today(), author=nour, text=text,
        is_from_staff=True, written_at=clock.now() - timedelta(minutes=5),
    )  # fmt: skip


@pytest.mark.requirement("11-fritids-2")
def test_a_guardian_sees_what_staff_have_written_and_it_is_read_by_opening(
    today_of_alva, anna, omar, alva, nour, client_of
):
    from_staff(alva, nour)
    client = client_of(anna)
    assert "Fritids har skrivit om i dag" in text_of(client.get("/"))
    assert "1 kommentar" in text_of(client.get("/fritids/"))

    page = text_of(client.get(today_of_alva))

    assert "Hon glömde gummistövlarna" in page
    assert "Nour" in page
    assert "Fritids har skrivit om i dag" not in text_of(client.get("/"))
    assert "Fritids har skrivit om i dag" in text_of(client_of(omar).get("/"))
    assert CommentSeen.objects.count() == 1


@pytest.mark.requirement("11-fritids-2")
def test_a_guardian_writes_and_staff_hear_of_it(today_of_alva, anna, alva, nour, kim, maja, client_of):
    client = client_of(anna)

    for _tap in range(2):
        sent = {"text": "Mormor <b>hämtar</b>", "form_id": "c" * 16}
        assert client.post(f"{today_of_alva}kommentar/", sent).status_code == 302

    assert DayComment.everything.get().is_from_staff is False
    assert "Mormor &lt;b&gt;hämtar&lt;/b&gt;" in text_of(client.get(today_of_alva))
    sweep()
    assert Delivery.everything.filter(person=nour, channel="bell").count() == 1
    for person in (maja, kim):
        assert client_of(person).post(f"{today_of_alva}kommentar/", {"text": "Hej"}).status_code == 404


@pytest.mark.parametrize("text", ["", " ", "x" * 401, "a\0b"])
def test_an_empty_or_endless_comment_is_refused_at_its_field(today_of_alva, anna, client_of, text):
    text_of(client_of(anna).post(f"{today_of_alva}kommentar/", {"text": text}), 422)

    assert not DayComment.everything.exists()


def ask(client, address, **fields):
    return client.post(f"{address}onska/", {"comes_at": "", "leaves_at": "15.00", "who": ""} | fields)


def test_a_locked_day_is_asked_for_and_taken_back(today_of_alva, anna, omar, alva, nour, client_of):
    client = client_of(anna)
    assert "Be om en ändring" in text_of(client.get(today_of_alva))

    assert ask(client, today_of_alva, note="Tandläkare").status_code == 302

    page = text_of(client_of(omar).get(today_of_alva))
    assert "Tandläkare" in page
    assert "Väntar på svar" in page
    assert CareTime.everything.get(pupil=alva, day=clock.today()).leaves_at == time(16, 30)
    sweep()
    assert Delivery.everything.filter(person=nour, channel="bell").count() == 1
    asked = ChangeRequest.everything.get()
    client.post(f"/fritids/onskemal/{asked.public_id}/ta-tillbaka/")
    assert "Väntar på svar" not in text_of(client.get(today_of_alva))


def test_asking_again_replaces_what_waits(today_of_alva, anna, omar, client_of):
    ask(client_of(anna), today_of_alva)
    ask(client_of(omar), today_of_alva, leaves_at="14.00")

    waiting = ChangeRequest.everything.filter(withdrawn_at=None)
    assert [one.leaves_at for one in waiting] == [time(14, 0)]


def test_an_answered_request_can_not_be_taken_back_and_its_answer_is_shown(
    today_of_alva, anna, nour, client_of
):
    client = client_of(anna)
    ask(client, today_of_alva)
    ChangeRequest.everything.update(
        decided_at=clock.now(), decided_by=nour, is_accepted=False, answer="Vi är på utflykt"
    )
    asked = ChangeRequest.everything.get()

    page = text_of(client.post(f"/fritids/onskemal/{asked.public_id}/ta-tillbaka/", follow=True))

    assert "Personalen har redan svarat." in page
    assert "Vi är på utflykt" in page
    assert "Nekad" in page
    assert ChangeRequest.everything.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"leaves_at": "16.30"}, "Det är samma tider som redan gäller."),
        ({"leaves_at": "19.00"}, "Fritids är öppet 06.00–18.00"),
        ({"comes_at": "16.00"}, "måste vara senare"),
        ({"leaves_at": "25.00"}, "Skriv klockslaget som 16.30."),
    ],
)
def test_what_makes_no_sense_is_not_asked(today_of_alva, anna, client_of, fields, said):
    assert said in text_of(ask(client_of(anna), today_of_alva, **fields), 422)
    assert not ChangeRequest.everything.exists()


def test_a_day_that_is_free_or_over_is_not_asked_for(tuesday, anna, alva, client_of):
    client, own = client_of(anna), f"/barn/{alva.public_id}/fritids/dag"

    assert "ändra tiderna själv" in text_of(ask(client, f"{own}/{monday(2)}/"), 422)
    assert "Dagen har varit" in text_of(ask(client, f"{own}/{clock.today() - timedelta(days=1)}/"), 422)
    assert client.get(f"{own}/2099-01-01/").status_code == 404


def test_the_first_of_the_list_is_the_usual_one_and_who_goes_leaves_the_days(
    today_of_alva, anna, alva, maja, client_of
):
    client, address = client_of(anna), f"/barn/{alva.public_id}/fritids/hamtar/"
    assert "Skriv ett telefonnummer" in text_of(client.post(address, {"name": "Omar", "phone": "hej"}), 422)
    assert client.post(address, {"name": "Omar", "phone": "070-174 06 06"}).status_code == 302
    assert client.post(address, {"name": "Mormor", "relation": "mormor"}).status_code == 302
    assert "hämtas av Omar" in text_of(client.get("/"))
    mormor = Collector.everything.get(name="Mormor")
    CareTime.everything.filter(day=clock.today()).update(collector=mormor)
    assert "hämtas av Mormor" in text_of(client.get("/"))

    for person, status in ((maja, 404), (anna, 302)):
        answer = client_of(person).post(f"/fritids/hamtar/{mormor.public_id}/ta-bort/")
        assert answer.status_code == status

    assert "hämtas av Omar" in text_of(client.get("/"))
    assert client.post(f"{address}{mormor.public_id}/oftast/").status_code == 302
    assert Collector.everything.get(is_usual=True).name == "Omar"


def test_a_name_for_one_day_and_going_home_alone(tuesday, anna, alva, client_of):
    week = monday(2)
    friday = week + timedelta(days=4)
    sent = filled(
        week, **{f"{week}-who": "other", f"{week}-other_name": "Grannen Bo", f"{friday}-who": "alone"}
    )
    client = client_of(anna)
    client.post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", sent)

    page = text_of(client.get(f"/fritids/?vecka={week}"))

    assert "Grannen Bo" in page
    assert "Går hem själv" in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_day_costs_the_same_for_one_comment_and_for_three(
    today_of_alva, anna, alva, nour, number, client_of, django_assert_num_queries
):
    for each in range(number):
        from_staff(alva, nour, f"Ord {each}")
    client = client_of(anna)
    client.get(today_of_alva)

    with django_assert_num_queries(8):
        client.get(today_of_alva)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_name_and_for_three(
    tuesday, anna, alva, number, client_of, django_assert_num_queries
):
    for each in range(number):
        Collector.everything.create(
            organiser_id=alva.organiser_id, pupil=alva, name=f"Namn {each}", added_at=clock.now()
        )
    client = client_of(anna)
    client.get("/fritids/")

    with django_assert_num_queries(2):
        client.get(f"/barn/{alva.public_id}/fritids/hamtar/")
