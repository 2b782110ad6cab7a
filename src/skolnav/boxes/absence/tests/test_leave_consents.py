"""Where the school asks both guardians: the second one's answer, its reminder, and its end."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.actions.leave import answer_leave
from skolnav.boxes.absence.actions.leave_consents import follow_consents
from skolnav.boxes.absence.models import LeaveConsent
from skolnav.boxes.absence.queries.waiting import todo_of
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock

from .leave_parts import again, apply, choose, decide, monday

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def both(cast):
    """Ekdalsskolan asks both guardians."""
    choose(cast.ekdalsskolan, leave_needs_both=True)


@pytest.fixture
def asked(both, anna, kim, viewer_of):
    """Anna has applied, and Omar is asked."""
    return apply(viewer_of(anna), kim, first=monday(3))


def answer(client, leave, said="ja"):
    return client.post(f"/franvaro/ledighet/{leave.public_id}/svara/", {"svar": said}, follow=True)


def test_the_other_guardian_is_asked_and_only_then_the_school(
    asked, anna, omar, sara, kim, client_of, viewer_of
):
    assert list(LeaveConsent.objects.values_list("guardian_id", flat=True)) == [omar.pk]  # not Robin
    assert [(one.kind, one.person_ids) for one in Notice.everything.all()] == [
        ("absence.leave_asked", [omar.pk])
    ]
    with pytest.raises(NotAllowed):
        decide(viewer_of(sara), asked)
    waiting = todo_of(viewer_of(omar), viewer_of(omar).children)[0]
    assert waiting.title.startswith("Säger du ja till ledighet för Kim")
    assert not todo_of(viewer_of(anna), viewer_of(anna).children)
    assert not todo_of(viewer_of(kim), viewer_of(kim).pupils)

    page = answer(client_of(omar), asked).content.decode()

    assert "Du har sagt ja." in page
    assert "Väntar på beslut" in page
    kinds = Notice.everything.order_by("pk").values_list("kind", "person_ids")
    assert list(kinds)[1:] == [("absence.leave_news", [anna.pk]), ("absence.leave_for_staff", [sara.pk])]
    assert not todo_of(viewer_of(omar), viewer_of(omar).children)
    decide(viewer_of(sara), asked)
    assert not again(asked).decision.without_consent


def test_a_no_is_told_and_the_principal_may_decide_all_the_same(
    asked, anna, omar, sara, ingrid, client_of, viewer_of
):
    answer(client_of(omar), asked, "nej")

    news = Notice.everything.get(kind="absence.leave_news")
    assert (news.person_ids, news.params["event"]) == ([anna.pk], "no")
    assert "inte överens" in client_of(anna).get(f"/franvaro/ledighet/{asked.public_id}/").content.decode()
    with pytest.raises(NotAllowed):
        decide(viewer_of(sara), asked)
    assert (
        "inte överens"
        in client_of(ingrid).get(f"/personal/franvaro/ledighet/{asked.public_id}/").content.decode()
    )
    assert decide(viewer_of(ingrid), asked).without_consent


def test_who_was_not_asked_does_not_answer(asked, anna, maja, kim, robin, client_of, viewer_of):
    address = f"/franvaro/ledighet/{asked.public_id}/svara/"

    for stranger in (anna, maja, kim):
        assert client_of(stranger).post(address, {"svar": "ja"}).status_code == 404
    assert client_of(anna).post(address, {"svar": "kanske"}).status_code == 302
    with pytest.raises(NotAllowed):
        answer_leave(actor=viewer_of(robin), leave=asked, agrees=True)
    assert LeaveConsent.objects.get().agrees is None


def test_an_answer_is_given_once(asked, omar, client_of, viewer_of):
    client = client_of(omar)
    answer(client, asked)

    assert "väntar inte på ditt svar" in answer(client, asked, "nej").content.decode()
    assert LeaveConsent.objects.get().agrees is True
    with pytest.raises(Refused):
        answer_leave(actor=viewer_of(omar), leave=asked, agrees=False)


def test_a_restricted_guardian_is_neither_asked_nor_named(both, anna, omar, kim, sara, client_of, viewer_of):
    Guardianship.everything.filter(pupil=kim, guardian=omar).update(restricted_at=clock.now())

    leave = apply(viewer_of(anna), kim)

    assert not LeaveConsent.objects.exists()
    assert again(leave).state == "waiting"
    page = client_of(anna).get(f"/franvaro/ledighet/{leave.public_id}/").content.decode()
    assert "Omar" not in page
    assert "Svar från" not in page


def test_reminded_after_three_days_and_over_after_seven_twice_harmless(asked, anna, omar, tuesday):
    at_first = clock.now()
    tuesday.move_to(at_first + timedelta(days=2, hours=16))
    follow_consents()
    assert LeaveConsent.objects.get().reminded_at is None

    tuesday.move_to(at_first + timedelta(days=3))
    follow_consents()
    follow_consents()

    notices = Notice.everything.filter(kind="absence.leave_asked").values_list("revision", "person_ids")
    assert sorted(notices) == [(1, [omar.pk]), (2, [omar.pk])]
    tuesday.move_to(at_first + timedelta(days=7))
    follow_consents()
    assert again(asked).expired_at is None  # the last day to answer
    tuesday.move_to(at_first + timedelta(days=8))
    follow_consents()
    follow_consents()

    assert again(asked).state == "expired"
    news = Notice.everything.get(kind="absence.leave_news")
    assert (news.person_ids, news.params["event"]) == ([anna.pk], "expired")
    assert AuditRecord.objects.filter(act="expire_leave").count() == 1
    assert AuditRecord.objects.filter(act="remind_of_leave").count() == 1


def test_it_is_over_when_the_leave_begins(both, anna, omar, kim, tuesday, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim, first=clock.today() + timedelta(days=2))
    assert LeaveConsent.objects.get().answer_by == clock.today() + timedelta(days=1)

    tuesday.move_to(clock.now() + timedelta(days=2))
    follow_consents()

    assert again(leave).expired_at
    assert (
        "Du kan söka igen." in client_of(anna).get(f"/franvaro/ledighet/{leave.public_id}/").content.decode()
    )
    assert "inte på ditt svar" in answer(client_of(omar), leave).content.decode()


def test_what_is_answered_or_taken_back_is_left_alone(asked, anna, omar, tuesday, client_of):
    answer(client_of(omar), asked)
    tuesday.move_to(clock.now() + timedelta(days=9))

    follow_consents()

    assert again(asked).state == "waiting"


@pytest.mark.parametrize("number", [1, 3])
def test_what_waits_is_one_statement(both, anna, omar, kim, number, viewer_of, django_assert_num_queries):
    for week in range(number):
        apply(viewer_of(anna), kim, first=monday(1 + week))
    viewer = viewer_of(omar)

    with django_assert_num_queries(1):
        assert len(todo_of(viewer, viewer.children)) == number


def test_the_start_page_asks_for_the_answer(asked, omar, anna, client_of):
    """Under "Att göra", for whom it waits for alone."""
    words = "Säger du ja till ledighet för Kim"

    assert words in client_of(omar).get("/").content.decode()
    assert words not in client_of(anna).get("/").content.decode()
