"""What a school chooses for absence: by those who lead it, checked, and never over another's choice unseen."""

import pytest

from skolnav.boxes.absence.actions.settings import save_settings
from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.boxes.absence.queries.settings import settings_of
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.refusals import NotAllowed


def fields(**changes):
    return {
        "most_days": "5",
        "locks_at": "",
        "whole_day_until_year": "3",
        "heard_by": "09:00",
        "deliver_by": "15.00",
        "threshold_percent": "10",
        "threshold_occasions": "3",
        "mentor_leave_days": "10",
        "version": "1",
        "form_id": "installningar1234",
    } | changes


@pytest.fixture
def address(cast):
    return f"/personal/franvaro/installningar/{cast.ekdalsskolan.public_id}/"


def test_the_principal_chooses_and_the_log_says_what(address, ingrid, cast, client_of):
    client = client_of(ingrid)
    assert 'value="09:00"' in client.get(address).content.decode()

    answers = [
        client.post(address, fields(mentor_leave_days="5", leave_needs_both="on", locks_at="8.10"))
        for _ in range(2)
    ]

    assert [one.status_code for one in answers] == [302, 302]
    row = AbsenceSettings.everything.get()
    assert (row.mentor_leave_days, row.leave_needs_both, row.version) == (5, True, 2)
    assert (row.locks_at.hour, row.locks_at.minute) == (8, 10)
    assert settings_of([cast.ekdalsskolan.pk])[cast.ekdalsskolan.pk] == row
    log = AuditRecord.objects.get(act="change_absence_settings")
    assert log.details["changed"] == {
        "locks_at": ["None", "08:10:00"],
        "mentor_leave_days": ["10", "5"],
        "leave_needs_both": ["False", "True"],
    }


def test_who_does_not_lead_the_school_finds_nothing(
    address, cast, sara, ulla, greta, anna, pelle, client_of, viewer_of
):
    for stranger in (sara, ulla, greta, anna, pelle):
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).post(address, fields(most_days="9")).status_code == 404
    with pytest.raises(NotAllowed):
        save_settings(
            actor=viewer_of(sara), school_id=cast.ekdalsskolan.pk, version=1, values={"most_days": 9}
        )
    assert not AbsenceSettings.everything.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mentor_leave_days": "11"}, "10"),
        ({"mentor_leave_days": "-1"}, "0"),
        ({"most_days": "0"}, "1"),
        ({"most_days": "många"}, "heltal"),
        ({"heard_by": "24:00"}, "giltig tid"),
        ({"heard_by": ""}, "Visa vem ni inte har hört av"),
        ({"locks_at": "03:00"}, "mellan 06.00 och 18.00"),
        ({"deliver_by": "08:00"}, "Tiden ska komma efter"),
        ({"threshold_percent": "101"}, "100"),
        ({"whole_day_until_year": "99"}, "10"),
        ({"version": "x"}, "Något behöver rättas"),
    ],
)
def test_a_fault_is_told_where_it_stands(address, ingrid, changes, words, client_of):
    page = client_of(ingrid).post(address, fields(**changes)).content.decode()

    assert "Något behöver rättas" in page
    assert words in page
    assert not AbsenceSettings.everything.exists()


def test_two_who_choose_at_once_both_see_both(address, ingrid, lena, client_of):
    assert client_of(ingrid).post(address, fields(mentor_leave_days="5")).status_code == 302

    page = (
        client_of(lena)
        .post(address, fields(mentor_leave_days="7", form_id="installningar1235"))
        .content.decode()
    )

    assert "Någon annan sparade" in page
    assert 'value="7"' in page
    assert AbsenceSettings.everything.get().mentor_leave_days == 5
    second = fields(mentor_leave_days="7", version="2", form_id="installningar1236")
    assert client_of(lena).post(address, second).status_code == 302
    assert AbsenceSettings.everything.get().mentor_leave_days == 7


def test_a_school_that_has_chosen_nothing_has_the_defaults_in_one_statement(cast, django_assert_num_queries):
    schools = [cast.ekdalsskolan.pk, cast.lillaskolan.pk]
    AbsenceSettings.everything.create(organiser=cast.ekdal, school=cast.lillaskolan, most_days=2)

    with django_assert_num_queries(1):
        found = settings_of(schools)

    assert [(found[one].pk is None, found[one].most_days) for one in schools] == [(True, 5), (False, 2)]


def test_the_page_is_read_in_two_statements(address, ingrid, client_of, django_assert_num_queries):
    client = client_of(ingrid)

    with django_assert_num_queries(2):
        client.get(address)
