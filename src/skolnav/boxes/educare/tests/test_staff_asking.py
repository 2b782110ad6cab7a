"""Requests for other times, comments, and a child's day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from skolnav.boxes.educare.actions.deciding import comment_as_staff, decide_request
from skolnav.boxes.educare.models import CareTime, ChangeRequest, ClosingDay, Collector, DayComment
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .staff import give_times, more_children

REQUESTS = "/personal/fritids/onskemal/"
COMMENTS = "/personal/fritids/kommentarer/"


@pytest.fixture
def nour(client_of, cast, tuesday):
    return client_of(cast.nour)


def ask(pupil, day=None, leaves="15:00", **columns):
    return ChangeRequest.everything.create(
        organiser_id=pupil.organiser_id,
        pupil=pupil,
        day=day or clock.today(),
        leaves_at=leaves,
        asked_at=clock.now(),
        **columns,
    )


def comment(pupil, author=None, text="Hej", **columns):
    return DayComment.everything.create(
        organiser_id=pupil.organiser_id,
        pupil=pupil,
        day=clock.today(),
        author=author,
        text=text,
        is_from_staff=False,
        written_at=clock.now(),
        **columns,
    )


def decide_at(request):
    return reverse("educare_staff:decide", args=[request.public_id])


def child_at(pupil):
    return reverse("educare_staff:child", args=[pupil.public_id, clock.today()])


def test_yes_sets_the_times_and_tells_the_family(cast, nour):
    give_times(cast.alva, leaves="16:30")
    wish = ask(cast.alva, asked_by=cast.anna, note="Tandläkaren")
    shown = nour.get(REQUESTS).content.decode()
    assert "Tandläkaren" in shown
    assert "16.30" in shown
    assert nour.get(decide_at(wish)).status_code == 200

    nour.post(decide_at(wish), {"decision": "yes", "answer": "Det går bra"})
    nour.post(decide_at(wish), {"decision": "no"})

    wish.refresh_from_db()
    assert (wish.is_accepted, wish.answer, wish.decided_by_id) == (True, "Det går bra", cast.nour.pk)
    row = CareTime.everything.get(pupil=cast.alva)
    assert (f"{row.leaves_at:%H.%M}", row.version, row.set_by_id) == ("15.00", 2, cast.anna.pk)
    told = Notice.everything.get(kind="educare.request_answered")
    assert (sorted(told.person_ids), told.pupil_id) == (sorted([cast.anna.pk, cast.omar.pk]), cast.alva.pk)
    assert "Inga önskemål väntar" in nour.get(REQUESTS).content.decode()
    assert "Det går bra" in nour.get(decide_at(wish)).content.decode()


def test_no_changes_nothing(cast, nour):
    wish = ask(cast.alva)

    nour.post(decide_at(wish), {"decision": "no", "answer": "Vi är för få"})

    wish.refresh_from_db()
    assert wish.is_accepted is False
    assert not CareTime.everything.exists()


def test_an_answer_too_long_is_said_and_nothing_done(cast, nour):
    wish = ask(cast.alva)

    answer = nour.post(decide_at(wish), {"decision": "yes", "answer": "x" * 401}, follow=True)

    assert "för långt" in answer.content.decode()
    wish.refresh_from_db()
    assert wish.decided_at is None


@pytest.mark.parametrize(
    ("days", "leaves", "said"),
    [(0, "19:00", "öppet 06.00–18.00"), (-1, "15:00", "redan varit"), (5, "15:00", "stängt")],
)
def test_what_cannot_be_said_yes_to(cast, viewer_of, tuesday, days, leaves, said):
    wish = ask(cast.alva, clock.today() + timedelta(days=days), leaves)
    with pytest.raises(Refused, match=said):
        decide_request(actor=viewer_of(cast.nour), request=wish, accept=True)


def test_a_closed_day_a_withdrawn_and_an_answered_request(cast, viewer_of, tuesday):
    nour, wish = viewer_of(cast.nour), ask(cast.alva)
    closing = ClosingDay.everything.create(
        organiser=cast.ekdal, school=cast.lillaskolan, day=clock.today(), reason="x", closed_at=clock.now()
    )
    with pytest.raises(Refused, match="stängt"):
        decide_request(actor=nour, request=wish, accept=True)
    closing.delete()
    ChangeRequest.everything.filter(pk=wish.pk).update(withdrawn_at=clock.now())
    with pytest.raises(Refused, match="tagit tillbaka"):
        decide_request(actor=nour, request=wish, accept=True)
    ChangeRequest.everything.filter(pk=wish.pk).update(withdrawn_at=None, decided_at=clock.now())
    with pytest.raises(Refused, match="redan besvarad"):
        decide_request(actor=nour, request=wish, accept=False)


def test_others_neither_see_nor_answer(cast, viewer_of, client_of, tuesday):
    wish = ask(cast.alva, note="Tandläkaren")
    comment(cast.alva, text="Glöm inte mössan")
    for name in ("ulla", "sara", "ingrid", "anna", "omar", "greta"):
        client = client_of(cast.people[name])
        for address in (decide_at(wish), child_at(cast.alva)):
            assert client.get(address).status_code == 404
            assert client.post(address, {"decision": "yes", "text": "x"}).status_code == 404
        for address in (REQUESTS, COMMENTS):
            found = client.get(address).content.decode()
            assert "Tandläkaren" not in found
            assert "mössan" not in found
        with pytest.raises(NotAllowed):
            decide_request(actor=viewer_of(cast.people[name]), request=wish, accept=True)
        with pytest.raises(NotAllowed):
            comment_as_staff(
                actor=viewer_of(cast.people[name]), pupil_id=cast.alva.pk, day=clock.today(), text="x"
            )
    assert "Tandläkaren" in client_of(cast.lena).get(REQUESTS).content.decode()


def test_comments_both_ways(cast, nour):
    comment(cast.alva, cast.anna, "Glöm inte mössan")
    assert "Ny" in nour.get(COMMENTS).content.decode()
    assert "mössan" in nour.get(child_at(cast.alva)).content.decode()

    form = {"text": "Vi lovar", "form_id": "a" * 20}
    nour.post(child_at(cast.alva), form)
    nour.post(child_at(cast.alva), form)

    answered = DayComment.everything.get(is_from_staff=True)
    assert (answered.text, answered.author_id) == ("Vi lovar", cast.nour.pk)
    assert Notice.everything.get(kind="educare.staff_comment").pupil_id == cast.alva.pk
    assert "Besvarad" in nour.get(COMMENTS).content.decode()
    assert nour.post(child_at(cast.alva), {"text": " "}).status_code == 422
    assert nour.post(child_at(cast.alva), {"text": "x" * 401}).status_code == 422


def test_numbers_of_collectors_but_not_for_a_protected_child(cast, nour):
    Collector.everything.create(
        organiser=cast.ekdal, pupil=cast.alva, name="Mormor", relation="mormor", phone="070-174 06 99",
        added_at=clock.now(),
    )  # fmt: skip
    assert "070-174 06 99" in nour.get(child_at(cast.alva)).content.decode()

    Person.everything.filter(pk=cast.alva.pk).update(is_protected=True)

    found = nour.get(child_at(cast.alva)).content.decode()
    assert "Mormor" in found
    assert "070-174 06 99" not in found
    assert "Skyddade uppgifter" in found


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_pages_cost(cast, nour, count, django_assert_num_queries):
    for pupil in more_children(cast, count):
        ask(pupil, collector=None)
        comment(pupil, cast.anna)
        comment(cast.alva, cast.anna)
    nour.get(REQUESTS)

    with django_assert_num_queries(4):
        assert nour.get(REQUESTS).content.decode().count("Säg ja</button>") == count
    with django_assert_num_queries(3):
        nour.get(COMMENTS)
    with django_assert_num_queries(10):
        nour.get(child_at(cast.alva))
