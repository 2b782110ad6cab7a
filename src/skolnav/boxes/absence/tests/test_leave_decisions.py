"""Who decides about leave, and what follows from it."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.actions.leave_decisions import change_decision, decide_leave
from skolnav.boxes.absence.models import LeaveDecision, Register
from skolnav.boxes.absence.queries.leave_cards import leave_cards
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Guardianship
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import absences_of, covering
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import EditedMeanwhile

from .leave_parts import again, apply, choose, decide, monday

pytestmark = pytest.mark.usefixtures("tuesday")


def fields(leave, verdict="grant", **changes):
    typed = {"verdict": verdict, "own": "Trevlig resa.", "version": again(leave).version}
    return typed | {"chosen": ["short"], "form_id": "beslutsformular12"} | changes


def address(leave):
    return f"/personal/franvaro/ledighet/{leave.public_id}/"


def test_the_mentor_grants_and_everybody_knows(anna, omar, kim, sara, robin, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim, days=3)
    page = client_of(sara).get(address(leave)).content.decode()
    assert "Mormor fyller år" in page
    assert "0 beviljade före den här, 3 med den" in page

    answers = [client_of(sara).post(address(leave), fields(leave)) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    decision = LeaveDecision.objects.get()
    assert decision.reasons == "Kort ledighet för en enskild angelägenhet. Trevlig resa."
    assert (decision.days_of_the_year, decision.by_principal) == (3, False)
    told = Notice.everything.get(kind="absence.leave_decided")
    assert sorted(told.person_ids) == sorted([anna.pk, omar.pk])  # not Robin, who has lost custody
    assert told.params["granted"]
    family = client_of(omar).get(f"/franvaro/ledighet/{leave.public_id}/").content.decode()
    assert "Trevlig resa." in family
    assert (
        "Sara Holm" in client_of(anna).get(f"/franvaro/ledighet/{leave.public_id}/beslut/").content.decode()
    )
    assert "Sara Holm" in client_of(sara).get(address(leave) + "beslut/").content.decode()


@pytest.mark.requirement("11-absence-1")
def test_granted_days_are_valid_absence_in_lessons_at_once(anna, kim, sara, viewer_of):
    leave = apply(viewer_of(anna), kim, days=8)  # over a weekend

    decide(viewer_of(sara), leave)

    away = absences_of([kim.pk], monday(), monday() + timedelta(days=7))[kim.pk]
    assert [one.day.weekday() for one in away] == [0, 1, 2, 3, 4, 0]
    assert {(one.kind, one.reason, one.source, one.is_whole_day) for one in away} == {
        ("leave", "leave", f"leave:{leave.pk}", True)
    }
    lesson = clock.start_of(monday()) + timedelta(hours=8, minutes=10)
    assert covering(away, lesson, lesson + timedelta(minutes=50)) == away[0]


def test_a_refusal_says_why_and_leaves_school_days_as_they_are(anna, kim, sara, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim)

    without = client_of(sara).post(address(leave), fields(leave, "refuse", own=" ", chosen=[]))
    assert "Välj ett skäl eller skriv ett" in without.content.decode()
    assert not LeaveDecision.objects.exists()
    client_of(sara).post(
        address(leave), fields(leave, "refuse", chosen=["tests"], form_id="beslutsformular13")
    )

    page = client_of(anna).get(f"/franvaro/ledighet/{leave.public_id}/").content.decode()
    assert "Avslagen" in page
    assert "Nationella prov" in page
    assert not Absence.everything.filter(pupil=kim).exists()


@pytest.mark.parametrize(
    "typed", [{"verdict": "both"}, {"verdict": ""}, {"version": "x"}, {"chosen": ["nonsense"]}]
)
def test_nonsense_decides_nothing(anna, kim, sara, typed, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim)

    assert client_of(sara).post(address(leave), fields(leave) | typed).status_code == 200
    assert not LeaveDecision.objects.exists()


def test_beyond_ten_days_of_the_year_only_the_principal_decides(
    anna, kim, sara, ingrid, client_of, viewer_of
):
    decide(viewer_of(sara), apply(viewer_of(anna), kim, days=12))  # ten school days
    one_more = apply(viewer_of(anna), kim, first=monday(5))

    page = client_of(sara).get(address(one_more)).content.decode()
    assert "10 beviljade före den här, 11 med den" in page
    assert "Bara rektor kan besluta." in page
    assert "Bevilja</button>" not in page
    client_of(sara).post(address(one_more), fields(one_more))
    with pytest.raises(NotAllowed):
        decide(viewer_of(sara), one_more)
    assert again(one_more).decision is None
    client_of(ingrid).post(address(one_more), fields(one_more, chosen=["exceptional"]))

    decision = again(one_more).decision
    assert (decision.days_of_the_year, decision.by_principal) == (11, True)
    asked = Notice.everything.filter(kind="absence.leave_for_staff").order_by("pk")
    assert [notice.person_ids for notice in asked] == [[sara.pk], [ingrid.pk]]


def test_a_school_may_delegate_less(anna, kim, sara, cast, viewer_of):
    choose(cast.ekdalsskolan, mentor_leave_days=2)
    decide(viewer_of(sara), apply(viewer_of(anna), kim, days=2))

    with pytest.raises(NotAllowed):
        decide(viewer_of(sara), apply(viewer_of(anna), kim, first=monday(2)))


def test_more_than_sixty_days_is_the_principals_whatever_it_holds(anna, kim, sara, ingrid, viewer_of):
    leave = apply(viewer_of(anna), kim, days=70)

    with pytest.raises(NotAllowed):
        decide(viewer_of(sara), leave)
    assert decide(viewer_of(ingrid), leave).by_principal


def test_who_reads_and_who_decides(
    anna, kim, sara, ingrid, lena, erik, ulla, pelle, greta, client_of, viewer_of
):
    """The administrator reads it and decides nothing; a teacher of the class who is no mentor finds nothing."""
    leave = apply(viewer_of(anna), kim)

    for reader in (sara, ingrid, lena):
        assert client_of(reader).get(address(leave)).status_code == 200
    for stranger in (erik, ulla, pelle, greta, anna, kim):
        assert client_of(stranger).get(address(leave)).status_code == 404
        assert client_of(stranger).post(address(leave), fields(leave)).status_code == 404
    assert client_of(erik).get("/personal/franvaro/ledighet/").status_code == 404
    client_of(lena).post(address(leave), fields(leave))
    for nobody in (lena, erik, ulla, greta):
        with pytest.raises(NotAllowed):
            decide(viewer_of(nobody), leave)
    assert not LeaveDecision.objects.exists()


def test_nobody_decides_about_their_own_child(anna, kim, sara, cast, client_of, viewer_of):
    Guardianship.everything.create(
        organiser=cast.ekdal, pupil=kim, guardian=sara, source="office", valid_from=clock.today()
    )
    leave = apply(viewer_of(anna), kim)

    with pytest.raises(NotAllowed):
        decide(viewer_of(sara), leave)
    assert not leave_cards(viewer_of(sara))
    assert "Bevilja</button>" not in client_of(sara).get(address(leave)).content.decode()


def test_of_two_who_decide_one_does_and_the_other_sees_it(anna, kim, sara, ingrid, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim)
    late = fields(leave, "refuse", own="Vi har friluftsdag.", form_id="beslutsformular13")

    client_of(ingrid).post(address(leave), fields(leave))
    with pytest.raises(EditedMeanwhile):
        decide_leave(
            actor=viewer_of(sara), leave=leave, version=leave.version, is_granted=False, reasons="Nej."
        )
    page = client_of(sara).post(address(leave), late).content.decode()

    assert "Någon annan hann före" in page
    assert "Ingrid Berg" in page
    assert "Vi har friluftsdag." in page
    assert again(leave).decision.is_granted
    # Ingrid has it open twice: what she typed stays when somebody was first.
    other = apply(viewer_of(anna), kim, first=monday(3))
    typed = fields(other, "refuse", own="Vi har friluftsdag.", form_id="beslutsformular14")
    decide(viewer_of(sara), other)
    page = client_of(ingrid).post(address(other), typed).content.decode()
    assert "Någon annan hann före" in page
    assert "Vi har friluftsdag." in page
    assert again(other).decision.is_granted


def test_the_principal_changes_a_decision_with_reasons(
    anna, kim, sara, ingrid, tuesday, client_of, viewer_of
):
    leave = apply(viewer_of(anna), kim, days=5)
    decide(viewer_of(sara), leave)
    tuesday.move_to(clock.start_of(monday() + timedelta(days=2)) + timedelta(hours=9))

    assert "Ändra beslutet" not in client_of(sara).get(address(leave)).content.decode()
    assert "Ändra beslutet" in client_of(ingrid).get(address(leave)).content.decode()
    client_of(ingrid).post(address(leave), fields(leave, "refuse", chosen=["goals"], own="", change="1"))

    kept = Absence.everything.filter(pupil=kim).values_list("day", flat=True)
    assert [day.weekday() for day in kept] == [0, 1]  # what has been, was granted
    now = again(leave)
    assert (now.state, len(now.earlier_decisions)) == ("refused", 1)
    assert AuditRecord.objects.filter(act="change_leave_decision", actor_person_id=ingrid.pk).count() == 1
    assert Notice.everything.filter(kind="absence.leave_decided").count() == 2
    page = client_of(anna).get(f"/franvaro/ledighet/{leave.public_id}/").content.decode()
    assert "Beslutet är ändrat." in page
    with pytest.raises(NotAllowed):
        change_decision(actor=viewer_of(sara), leave=now, version=now.version, is_granted=True, reasons="Jo.")
    change_decision(actor=viewer_of(ingrid), leave=now, version=now.version, is_granted=True, reasons="Jo.")
    assert Absence.everything.filter(pupil=kim).count() == 5


def test_a_protected_pupil_is_a_name_with_a_mark(maja, elis, sara, client_of, viewer_of):
    leave = apply(viewer_of(maja), elis)

    for page in (address(leave), "/personal/franvaro/ledighet/"):
        text = client_of(sara).get(page).content.decode()
        assert "Elis" in text
        assert "Skyddade uppgifter" in text
        assert "Maja" not in text
        assert "Hemliga gatan" not in text


def test_the_list_says_whom_each_waits_for(
    anna, maja, kim, elis, sara, ingrid, lena, cast, client_of, viewer_of
):
    apply(viewer_of(anna), kim, days=20)
    leave = apply(viewer_of(maja), elis)
    url = "/personal/franvaro/ledighet/"

    mentor = client_of(sara).get(url).content.decode()
    assert (mentor.count("Väntar på dig"), mentor.count("Väntar på rektor")) == (1, 1)
    assert client_of(ingrid).get(url).content.decode().count("Väntar på dig") == 2
    assert client_of(lena).get(url).content.decode().count("Väntar på dig") == 0
    in_5b = client_of(lena).get(url, {"klass": cast.class_5b.public_id}).content.decode()
    in_2a = client_of(lena).get(url, {"klass": cast.class_2a.public_id}).content.decode()
    assert ("Kim" in in_5b, "Kim" in in_2a) == (True, False)
    decide(viewer_of(sara), leave)
    decided = client_of(sara).get(url, {"visa": "avgjorda"}).content.decode()
    assert ("Elis" in decided, "Kim" in decided) == (True, False)
    for nonsense in ("\0", "x" * 3000, "1111111111111111"):
        assert client_of(sara).get(url, {"klass": nonsense, "sida": nonsense}).status_code == 200


def test_the_card_shows_what_waits_for_me(
    anna, maja, kim, elis, alva, sara, ulla, ingrid, lena, erik, cast, client_of, viewer_of,
    django_assert_max_num_queries,
):  # fmt: skip
    apply(viewer_of(anna), kim, days=20)
    apply(viewer_of(maja), elis)
    apply(viewer_of(anna), alva)

    def number(person):
        viewer = viewer_of(person)
        with django_assert_max_num_queries(2):
            cards = leave_cards(viewer)
        return cards[0].context["number"] if cards else 0

    people = (sara, ingrid, ulla, lena, erik)
    assert [number(person) for person in people] == [1, 2, 1, 0, 0]
    assert "1 ansökan om ledighet väntar på dig" in client_of(sara).get("/personal/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_staff_list_costs_the_same_for_one_and_three(
    anna, kim, sara, number, client_of, viewer_of, django_assert_num_queries
):
    for week in range(number):
        apply(viewer_of(anna), kim, first=monday(1 + week))
    client = client_of(sara)

    with django_assert_num_queries(9):
        client.get("/personal/franvaro/ledighet/")


def test_a_case_is_read_within_12_and_decided_within_25_statements(
    anna, kim, sara, client_of, viewer_of, django_assert_max_num_queries
):
    leave = apply(viewer_of(anna), kim, days=5)
    client, typed = client_of(sara), fields(leave)

    with django_assert_max_num_queries(12):
        client.get(address(leave))
    # The test's own transaction makes two savepoints of what is BEGIN and COMMIT elsewhere.
    with django_assert_max_num_queries(27):
        client.post(address(leave), typed)
    assert not Register.everything.exists()
