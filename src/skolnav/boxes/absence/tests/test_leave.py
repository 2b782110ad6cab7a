"""A family applies for leave, follows it, and takes it back."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.actions.leave import apply_for_leave, give_up_leave, withdraw_leave
from skolnav.boxes.absence.models import LeaveApplication, LeaveDecision
from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock

from .leave_parts import ADDRESS, again, apply, choose, decide, fields, monday

pytestmark = pytest.mark.usefixtures("tuesday")


def test_a_guardian_applies_for_two_children_at_two_schools(anna, kim, alva, ulla, sara, client_of):
    client = client_of(anna)

    answers = [client.post(ADDRESS, fields(kim, alva, days=3))["Location"] for _ in range(2)]

    assert answers == ["/franvaro/ledighet/"] * 2  # a double tap applies once
    leaves = LeaveApplication.everything.order_by("pupil__given_name")
    assert [(one.pupil, one.school.name, one.school_days) for one in leaves] == [
        (alva, "Lillåskolan", 3),
        (kim, "Ekdalsskolan", 3),
    ]
    assert len({one.batch for one in leaves}) == 1
    assert AuditRecord.objects.filter(act="apply_for_leave").count() == 2
    told = Notice.everything.filter(kind="absence.leave_for_staff")
    assert sorted(notice.person_ids for notice in told) == sorted([[sara.pk], [ulla.pk]])
    page = client.get("/franvaro/ledighet/").content.decode()
    assert page.count("Väntar på beslut") == 2


def test_nobody_applies_for_whom_they_have_no_custody_of(anna, robin, kim, elis, maja, client_of, viewer_of):
    refused = client_of(maja).post(ADDRESS, fields(kim))

    assert refused.status_code == 200
    assert client_of(kim).get(ADDRESS).status_code == 404
    assert client_of(kim).post(ADDRESS, fields(kim)).status_code == 404
    assert client_of(robin).get(ADDRESS).status_code == 302  # Robin's session is over
    with pytest.raises(NotAllowed):
        apply_for_leave(
            actor=viewer_of(maja), pupils=viewer_of(anna).children, first=monday(), last=monday(), reason="x"
        )
    with pytest.raises(NotAllowed):
        apply_for_leave(
            actor=viewer_of(kim), pupils=viewer_of(kim).pupils, first=monday(), last=monday(), reason="x"
        )
    assert not LeaveApplication.everything.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_day": ""}, "Första dagen"),
        ({"first_day": "i morgon"}, "giltigt datum"),
        ({"first_day": "2020-01-08", "last_day": ""}, "dagar som har varit"),
        ({"last_day": "2020-01-08"}, "före den första"),
        ({"first_day": "2099-01-08", "last_day": ""}, "det här läsåret eller nästa"),
        ({"first_day": "9999-12-31", "last_day": "9999-12-31"}, "det här läsåret eller nästa"),
        ({"reason": " "}, "Varför söker ni ledigt?"),
        ({"reason": "x" * 601}, "600 tecken"),
        ({"reason": "a\0b"}, "Null"),
        ({"pupils": []}, "Välj minst ett barn"),
        ({"pupils": ["1111111111111111"]}, "Vem gäller det?"),
    ],
)
def test_a_fault_is_told_where_it_stands_and_nothing_typed_is_lost(anna, kim, changes, words, client_of):
    page = client_of(anna).post(ADDRESS, fields(kim, reason="En lång förklaring") | changes).content.decode()

    assert words in page
    assert "reason" in changes or "En lång förklaring" in page
    assert not LeaveApplication.everything.exists()


def test_a_weekend_and_a_second_application_are_refused_with_words(anna, omar, kim, client_of, viewer_of):
    saturday = monday() + timedelta(days=5)
    weekend = client_of(anna).post(ADDRESS, fields(kim, first=saturday, days=2))
    assert weekend.status_code == 422
    assert "ingen skola de dagarna" in weekend.content.decode()

    apply(viewer_of(omar), kim, days=3)
    page = client_of(anna).post(ADDRESS, fields(kim, days=5, form_id="ledighetsformular2")).content.decode()

    assert "redan en ansökan" in page
    assert LeaveApplication.everything.count() == 1


def test_a_refused_or_withdrawn_application_is_no_hindrance(anna, kim, sara, viewer_of):
    viewer = viewer_of(anna)
    decide(viewer_of(sara), apply(viewer, kim), is_granted=False)
    second = apply(viewer, kim)
    withdraw_leave(actor=viewer, leave=second)

    assert apply(viewer, kim).pk


def test_the_applicant_takes_it_back_until_it_is_decided(anna, omar, maja, kim, sara, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim)
    address = f"/franvaro/ledighet/{leave.public_id}/"

    assert client_of(omar).post(address + "ta-tillbaka/").status_code == 404
    assert client_of(maja).post(address + "ta-tillbaka/").status_code == 404
    assert "Ta tillbaka ansökan" not in client_of(omar).get(address).content.decode()
    page = client_of(anna).post(address + "ta-tillbaka/", follow=True).content.decode()

    assert "Tillbakatagen" in page
    assert again(leave).withdrawn_by == anna
    assert Notice.everything.filter(kind="absence.leave_for_staff", params__event="withdrawn").count() == 1
    decided = apply(viewer_of(anna), kim)
    decide(viewer_of(sara), decided)
    late = client_of(anna).post(f"/franvaro/ledighet/{decided.public_id}/ta-tillbaka/", follow=True)
    assert "redan avgjord" in late.content.decode()
    assert again(decided).withdrawn_at is None


def test_leave_that_is_not_taken_is_school_again(anna, omar, kim, sara, tuesday, client_of, viewer_of):
    leave = apply(viewer_of(anna), kim, days=5)
    decide(viewer_of(sara), leave)
    assert Absence.everything.filter(pupil=kim, kind="leave").count() == 5

    page = client_of(omar).post(f"/franvaro/ledighet/{leave.public_id}/inte-ledig/", follow=True)

    assert "Ledigheten tas inte ut" in page.content.decode()
    assert not Absence.everything.filter(pupil=kim).exists()
    assert AuditRecord.objects.filter(act="give_up_leave", actor_person_id=omar.pk).count() == 1
    news = Notice.everything.get(kind="absence.leave_news")
    assert (news.person_ids, news.params["event"]) == ([anna.pk], "given_up")
    assert apply(viewer_of(anna), kim, days=5).pk  # and may be applied for anew


def test_leave_that_has_begun_ends_tomorrow(anna, kim, sara, tuesday, viewer_of):
    leave = apply(viewer_of(anna), kim, days=5)
    decide(viewer_of(sara), leave)
    tuesday.move_to(clock.start_of(monday() + timedelta(days=1)) + timedelta(hours=9))

    give_up_leave(actor=viewer_of(anna), leave=again(leave))

    kept = Absence.everything.filter(pupil=kim).values_list("day", flat=True)
    assert [day.weekday() for day in kept] == [0, 1]
    with pytest.raises(Refused):
        give_up_leave(actor=viewer_of(anna), leave=again(leave))


def test_the_family_reads_its_own_and_nobody_elses(
    anna, omar, kim, maja, gun, erik, ulla, client_of, viewer_of
):
    leave = apply(viewer_of(anna), kim, reason="Vi ska åka till mormor")
    address = f"/franvaro/ledighet/{leave.public_id}/"

    assert "Anna Larsson" in client_of(omar).get(address).content.decode()
    pupils_page = client_of(kim).get(address)
    assert pupils_page.status_code == 200
    assert "mormor" not in pupils_page.content.decode()  # what the guardians wrote is theirs
    for stranger in (maja, gun, erik, ulla):
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).get(address + "beslut/").status_code == 404
    assert client_of(anna).get(address + "beslut/").status_code == 404  # there is none yet


def test_a_guardian_with_protected_identity_is_not_named(anna, omar, kim, viewer_of, client_of):
    leave = apply(viewer_of(anna), kim)
    type(anna).everything.filter(pk=anna.pk).update(is_protected=True)

    page = client_of(omar).get(f"/franvaro/ledighet/{leave.public_id}/").content.decode()

    assert "den andra vårdnadshavaren" in page
    assert "Anna" not in page


def test_a_childs_protected_name_stands_in_no_notice(maja, elis, sara, viewer_of):
    decide(viewer_of(sara), apply(viewer_of(maja), elis))

    assert {notice.params["name"] for notice in Notice.everything.all()} == {""}


@pytest.mark.parametrize("number", [1, 3])
def test_the_family_list_costs_the_same_for_one_and_three(
    anna, omar, kim, sara, number, client_of, viewer_of, cast, django_assert_num_queries
):
    choose(cast.ekdalsskolan, leave_needs_both=True)
    for week in range(number):
        apply(viewer_of(anna), kim, first=monday(1 + week))
    client = client_of(omar)

    with django_assert_num_queries(8):
        client.get("/franvaro/ledighet/")


def test_an_application_is_written_within_25_statements(anna, kim, client_of, django_assert_max_num_queries):
    client = client_of(anna)

    with django_assert_max_num_queries(25):
        client.post(ADDRESS, fields(kim))
    assert not LeaveDecision.objects.exists()


def test_leave_is_found_from_all_absence(anna, kim, client_of):
    """Over all children and over one: the way to leave keeps the child."""
    for start in ("", f"/barn/{kim.public_id}"):
        page = client_of(anna).get(f"{start}/franvaro/").content.decode()
        assert f'href="{start}/franvaro/ledighet/"' in page
        assert client_of(anna).get(f"{start}/franvaro/ledighet/").status_code == 200
        assert client_of(anna).get(f"{start}/franvaro/ledighet/ansok/").status_code == 200
