"""Credentials: for one and for many, on paper and by e-mail (row 3-account-1)."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from skolnav.core.accounts.actions import issuing
from skolnav.core.accounts.models import Account, Credential, WaitingMail
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.tenancy import clock
from skolnav.office.actions.credentials import wipe_old_letters, work_open_runs
from skolnav.office.models import CredentialRun, CredentialRunItem


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def group_page(group):
    return f"/kontoret/grupper/{group.public_id}/inloggningar/"


@pytest.fixture
def quick_hashes(monkeypatch):
    """Argon2 takes 0.1 s each: forty letters need not."""
    monkeypatch.setattr(issuing, "hashed", lambda password: f"plain${password}")
    # Nor does a busy machine end a turn early: twenty are twenty.
    monkeypatch.setattr("skolnav.office.actions.credentials.SECONDS_PER_TURN", 600)


@pytest.mark.requirement("3-account-1")
def test_a_letter_for_one_person_is_there_at_once_and_opens_the_door(cast, lena, visitor):
    """Alva's fictional neighbour has no account: the letter's user name and password log in, once."""
    Account.objects.filter(person=cast.omar).delete()

    answer = lena.post(f"/kontoret/personer/{cast.omar.public_id}/inloggning/", {"channel": "letter"})

    run = lena.get(answer.headers["Location"]).content.decode()
    assert "Klart. 1 brev att skriva ut" in run
    pdf = lena.post(f"{answer.headers['Location']}brev/")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "no-store" in pdf.headers["Cache-Control"]
    assert pdf.content.startswith(b"%PDF")
    item, account = CredentialRunItem.everything.get(), Account.objects.get(person=cast.omar)
    typed = {"username": account.username, "password": item.initial_password}
    entered = visitor.post("/logga-in/", typed)
    assert (entered.status_code, "skolnav" in visitor.cookies) == (302, True)
    assert AuditRecord.objects.filter(act="download_letters").exists()


@pytest.mark.requirement("3-account-1")
def test_a_link_by_mail_is_put_in_the_outbox(cast, lena):
    answer = lena.post(f"/kontoret/personer/{cast.anna.public_id}/inloggning/", {"channel": "email"})

    assert "1 länk är på väg" in lena.get(answer.headers["Location"]).content.decode()
    assert WaitingMail.objects.filter(kind="first_password", email=cast.anna.email).exists()


def test_who_has_no_address_of_their_own_is_said_by_name(cast, lena):
    answer = lena.post(f"/kontoret/personer/{cast.kim.public_id}/inloggning/", {"channel": "email"})

    page = lena.get(answer.headers["Location"]).content.decode()
    assert "1 person fick ingen" in page
    assert "Skriv ut ett brev i stället" in page


def test_a_class_list_says_who_lacks_a_login(cast, lena):
    Account.objects.filter(person=cast.omar).delete()

    page = lena.get(group_page(cast.class_5b)).content.decode()

    assert page.count("saknar") == 1
    assert "för Kim" in page
    assert "Robin" not in page  # no custody, no login


def test_a_whole_class_is_worked_through_by_the_worker_with_true_progress(cast, lena, quick_hashes):
    for number in range(24):
        person = Person.everything.create(
            organiser=cast.ekdal, given_name=f"Elev{number}", family_name="Ny", birth_date="2015-01-01"
        )
        _put_in_class(cast, person)

    answer = lena.post(group_page(cast.class_5b), {"who": ["elever"], "channel": "letter"})

    where = answer.headers["Location"]
    assert "2 av 24" in lena.get(where).content.decode()  # two at once, the rest by the worker
    work_open_runs()
    part = lena.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "22 av 24" in part
    assert "<html" not in part
    work_open_runs()
    assert "Klart. 24 brev" in lena.get(where).content.decode()
    assert pages_of(lena.post(f"{where}brev/").content) == 24


def _put_in_class(cast, person):
    since = cast.class_5b.valid_from
    common = {"organiser": cast.ekdal, "source": "office", "valid_from": since}
    Enrolment.everything.create(pupil=person, school=cast.ekdalsskolan, school_year=5, **common)
    Membership.everything.create(person=person, group=cast.class_5b, **common)


def test_those_who_have_a_login_are_left_alone_unless_asked(cast, lena, quick_hashes):
    page = lena.post(group_page(cast.class_5b), {"who": ["vardnadshavare"], "channel": "letter"})
    assert "alla som du valde har redan en inloggning" in page.content.decode()

    lena.post(group_page(cast.class_5b), {"who": ["vardnadshavare"], "channel": "letter", "everybody": "on"})

    assert {item.person for item in CredentialRunItem.everything.all()} == {cast.anna, cast.omar, cast.maja}


def test_a_worker_that_was_killed_half_way_is_made_up_for(cast, lena, quick_hashes):
    lena.post(group_page(cast.class_5b), {"who": ["vardnadshavare"], "channel": "letter", "everybody": "on"})
    item = CredentialRunItem.everything.filter(state="waiting").get()
    CredentialRunItem.everything.filter(pk=item.pk).update(
        state="working", begun_at=clock.now() - timedelta(minutes=5)
    )

    work_open_runs()

    item.refresh_from_db()
    assert item.state == "done"
    open_ones = Credential.objects.filter(account__person=item.person, used_at=None, replaced_at=None)
    assert open_ones.count() == 1


def test_an_item_that_another_worker_has_is_left_to_it(cast, lena, quick_hashes):
    lena.post(group_page(cast.class_5b), {"who": ["vardnadshavare"], "channel": "letter", "everybody": "on"})
    CredentialRunItem.everything.filter(state="waiting").update(state="working", begun_at=clock.now())

    work_open_runs()

    assert CredentialRunItem.everything.filter(state="working").count() == 1
    assert CredentialRun.everything.get().finished_at is None


def test_the_letters_are_for_whoever_asked_alone(cast, lena, colleague, quick_hashes):
    answer = lena.post(group_page(cast.class_5b), {"who": ["elever"], "channel": "letter", "everybody": "on"})

    for rest in ("", "brev/", "radera/"):
        assert colleague.get(answer.headers["Location"] + rest).status_code == 404
        assert colleague.post(answer.headers["Location"] + rest).status_code == 404


def test_printed_letters_are_forgotten_and_after_a_day_by_themselves(cast, lena, quick_hashes):
    asked = {"who": ["elever"], "channel": "letter", "everybody": "on"}
    first = lena.post(group_page(cast.class_5b), asked).headers["Location"]
    lena.post(f"{first}radera/")
    assert "raderade" in lena.post(f"{first}brev/").content.decode()

    lena.post(group_page(cast.class_5b), asked)
    CredentialRun.everything.filter(wiped_at=None).update(finished_at=clock.now() - timedelta(hours=25))
    wipe_old_letters()

    assert not any(item.initial_password for item in CredentialRunItem.everything.all())


def test_a_password_lies_in_the_database_encrypted_only(cast, lena, quick_hashes):
    lena.post(f"/kontoret/personer/{cast.omar.public_id}/inloggning/", {"channel": "letter"})

    item = CredentialRunItem.everything.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT initial_password FROM office_credentialrunitem")
        stored = cursor.fetchone()[0]
    assert len(item.initial_password) > 12
    assert item.initial_password not in stored


@pytest.mark.parametrize(
    "school",
    [
        pytest.param("lillaskolan", id="principal of another school"),
        pytest.param(None, id="of the whole organiser"),
    ],
)
def test_nobody_gets_into_another_school_by_a_letter(cast, colleague, school):
    """Ingrid administers Kim's school, and Anna is Kim's mother: but whoever holds Anna's letter is Anna."""
    Duty.everything.create(
        organiser=cast.ekdal,
        person=cast.anna,
        school=school and getattr(cast, school),
        role="administrator",
        source="office",
        valid_from=clock.today(),
    )
    where = f"/kontoret/personer/{cast.anna.public_id}/inloggning/"

    assert "som du inte administrerar" in colleague.get(where).content.decode()
    answer = colleague.post(where, {"channel": "letter"})

    assert "fick ingen" in colleague.get(answer.headers["Location"]).content.decode()
    assert not Credential.objects.exists()


def _no_letter(client, person):
    """Whether the office gives this person no login: the page says so, and a tampered form brings none either."""
    where = f"/kontoret/personer/{person.public_id}/inloggning/"
    said = "som du inte administrerar" in client.get(where).content.decode()
    client.post(where, {"channel": "letter"})
    return said and not Credential.objects.exists()


def test_a_duty_elsewhere_that_begins_tomorrow_is_one_too(cast, colleague):
    """A letter is good for thirty days."""
    Duty.everything.create(
        organiser=cast.ekdal, person=cast.anna, school=cast.lillaskolan, role="principal", source="office",
        valid_from=clock.today() + timedelta(days=1),
    )  # fmt: skip

    assert _no_letter(colleague, cast.anna)


def test_nobody_becomes_the_administrator_of_all_schools_by_a_letter(cast, colleague):
    """Lena has a child at Ekdalsskolan, so that its office finds her."""
    Guardianship.everything.create(
        organiser=cast.ekdal, pupil=cast.elis, guardian=cast.lena, source="office", valid_from=clock.today()
    )

    assert _no_letter(colleague, cast.lena)


def test_an_old_school_opens_no_family_that_has_moved(cast, colleague):
    """Kim goes to Lillåskolan since last week. Ekdalsskolan may still mend his details, and not log in as Anna."""
    last_week = clock.today() - timedelta(days=7)
    Enrolment.everything.filter(pupil=cast.kim).update(valid_until=last_week)
    Enrolment.everything.create(
        organiser=cast.ekdal, pupil=cast.kim, school=cast.lillaskolan, school_year=5, source="office",
        valid_from=last_week + timedelta(days=1),
    )  # fmt: skip

    assert colleague.get(f"/kontoret/personer/{cast.anna.public_id}/").status_code == 200
    for person in (cast.kim, cast.anna):
        assert _no_letter(colleague, person)


def test_rights_that_ended_before_the_worker_came_issue_nothing(cast, colleague, quick_hashes):
    colleague.post(
        group_page(cast.class_5b), {"who": ["vardnadshavare"], "channel": "letter", "everybody": "on"}
    )
    Duty.everything.filter(person=cast.ingrid, role="administrator").delete()

    work_open_runs()

    assert CredentialRunItem.everything.filter(state="refused").count() == 1


def test_a_school_s_page_counts_each_class(cast, lena):
    page = lena.get(f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/inloggningar/").content.decode()

    assert "5B" in page
    assert "0 av 3" in page  # guardians of 5B without a login


def test_staff_have_a_list_too(cast, lena, quick_hashes):
    where = f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/inloggningar/personal/"
    assert "Sara Holm" in lena.get(where).content.decode()

    lena.post(where, {"who": ["personal"], "channel": "letter", "everybody": "on"})

    assert CredentialRunItem.everything.filter(person=cast.sara).exists()


@pytest.mark.parametrize("stranger", ["greta", "sara", "anna", "kim"])
def test_nobody_else_hands_out_logins(cast, client_of, stranger):
    client = client_of(getattr(cast, stranger))

    for where in (
        group_page(cast.class_5b),
        f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/inloggningar/",
        f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/inloggningar/personal/",
        f"/kontoret/personer/{cast.anna.public_id}/inloggning/",
    ):
        assert client.get(where).status_code == 404
        assert client.post(where, {"who": ["elever"], "channel": "letter"}).status_code == 404
    assert not CredentialRun.everything.exists()
