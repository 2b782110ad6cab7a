"""The page of a person: what it shows, what it hides, and two who change it at once."""

import re

import pytest

from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import Enrolment, Guardianship, Person
from skolnav.core.tenancy import clock


def address(person, rest=""):
    return f"/kontoret/personer/{person.public_id}/{rest}"


def details(**changed):
    return {
        "given_name": "Anna",
        "family_name": "Larsson",
        "email": "anna.larsson@post.example",
        "mobile": "070-174 06 05",
        "street_address": "Ekbacken 3",
        **changed,
    }


def test_a_pupil_s_page_shows_school_family_and_login(cast, lena):
    page = lena.get(address(cast.kim)).content.decode()

    for said in (
        "Kim Larsson",
        "Ekdalsskolan",
        "Årskurs 5",
        "5B",
        "Anna Larsson",
        "Omar Rashid",
        "Robin Nilsson",
    ):
        assert said in page
    assert "avslutad" in page  # Robin's custody
    assert cast.kim.identity_number not in page
    assert f"{cast.kim.identity_number[:8]}-••••" in page


def test_a_guardian_s_page_shows_the_children_and_staff_their_duties(cast, lena):
    assert "Alva Larsson" in lena.get(address(cast.anna)).content.decode()
    page = lena.get(address(cast.sara)).content.decode()
    assert "Lärare" in page
    assert "5B (mentor)" in page


@pytest.mark.parametrize("who", ["kim", "anna", "sara", "maja"])
def test_the_page_takes_at_most_twelve_statements(cast, lena, who, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        lena.get(address(getattr(cast, who)))


def test_a_page_costs_the_same_for_one_child_and_for_three(cast, lena, django_assert_num_queries):
    statements = 8

    with django_assert_num_queries(statements):
        lena.get(address(cast.erik))
    for child in (cast.kim, cast.alva):
        Guardianship.everything.create(
            organiser=cast.ekdal, guardian=cast.erik, pupil=child, source="office", valid_from=clock.today()
        )

    with django_assert_num_queries(statements):
        lena.get(address(cast.erik))


def test_the_identity_number_is_shown_on_demand_and_the_look_is_logged(cast, lena):
    written = f"{cast.kim.identity_number[:8]}-{cast.kim.identity_number[8:]}"

    page = lena.post(address(cast.kim, "visa/"), {"vad": "nummer"}).content.decode()

    assert written in page
    seen = AuditRecord.objects.get(act="show_identity_number")
    assert (seen.actor_person_id, seen.subject_id) == (cast.lena.pk, str(cast.kim.pk))


def test_a_protected_person_s_address_is_hidden_and_every_look_is_logged(cast, lena):
    page = lena.get(address(cast.maja)).content.decode()

    assert "Hemliga gatan" not in page
    assert "maja.akesson@post.example" not in page
    assert AuditRecord.objects.filter(act="view_protected_person", subject_id=str(cast.maja.pk)).count() == 1
    shown = lena.post(address(cast.maja, "visa/"), {"vad": "kontakt"}).content.decode()
    assert "Hemliga gatan 7" in shown
    assert AuditRecord.objects.filter(act="show_contact_details").count() == 1


def test_an_unprotected_parent_of_a_protected_child_has_a_hidden_address_too(cast, lena):
    Guardianship.everything.create(
        organiser=cast.ekdal, guardian=cast.omar, pupil=cast.elis, source="office", valid_from=clock.today()
    )

    assert "Storgatan 18" not in lena.get(address(cast.omar)).content.decode()
    assert "Storgatan 18" in lena.post(address(cast.omar, "visa/"), {"vad": "kontakt"}).content.decode()


@pytest.mark.parametrize("rest", ["", "andra/", "historik/", "skydd/", "inloggning/", "ny-vardnadshavare/"])
@pytest.mark.parametrize("stranger", ["greta", "sara", "ingrid", "anna", "kim"])
def test_nobody_else_opens_a_person(cast, client_of, stranger, rest):
    client = client_of(getattr(cast, stranger))

    assert client.get(address(cast.alva, rest)).status_code == 404
    assert client.post(address(cast.alva, rest), {"given_name": "X"}).status_code == 404


def test_an_administrator_sees_their_own_schools_only(cast, colleague):
    assert colleague.get(address(cast.kim)).status_code == 200
    assert colleague.get(address(cast.alva)).status_code == 404
    # Anna has a child at each school: the other one is not said.
    assert "Alva" not in colleague.get(address(cast.anna)).content.decode()


def test_a_mobile_number_is_changed(cast, lena, hidden_fields):
    hidden = hidden_fields(lena.get(address(cast.anna, "andra/")))

    answer = lena.post(address(cast.anna, "andra/"), {**hidden, **details(mobile="070-111 11 11")})

    assert answer.headers["Location"] == address(cast.anna)
    assert Person.everything.get(pk=cast.anna.pk).mobile == "070-111 11 11"
    assert "Ändrades: mobil" in lena.get(address(cast.anna)).content.decode()


def test_a_form_sent_twice_writes_once(cast, lena, hidden_fields):
    sent = {**hidden_fields(lena.get(address(cast.anna, "andra/"))), **details(mobile="070-111 11 11")}

    first = lena.post(address(cast.anna, "andra/"), sent)
    second = lena.post(address(cast.anna, "andra/"), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert AuditRecord.objects.filter(act="change_person").count() == 1


def test_of_two_who_change_one_person_the_second_sees_both_versions(cast, lena, colleague, hidden_fields):
    """Both open the form; Ingrid saves first. Both changes live, and nothing is overwritten unseen."""
    hers = hidden_fields(lena.get(address(cast.anna, "andra/")))
    other = hidden_fields(colleague.get(address(cast.anna, "andra/")))
    colleague.post(
        address(cast.anna, "andra/"), {**other, **details(mobile="070-222 22 22", street_address="Nygatan 1")}
    )

    met = lena.post(address(cast.anna, "andra/"), {**hers, **details(mobile="070-333 33 33", phone="0990-1")})

    page = met.content.decode()
    assert "Någon annan sparade medan du skrev" in page
    assert "070-222 22 22" in page
    assert 'value="070-333 33 33"' in page  # what Lena typed stays in its field
    assert 'value="Nygatan 1"' in page  # what she did not touch takes Ingrid's value
    assert Person.everything.get(pk=cast.anna.pk).mobile == "070-222 22 22"

    lena.post(
        address(cast.anna, "andra/"),
        {
            **hidden_fields(met),
            **details(mobile="070-333 33 33", phone="0990-1", street_address="Nygatan 1"),
        },
    )
    anna = Person.everything.get(pk=cast.anna.pk)
    assert (anna.mobile, anna.phone, anna.street_address) == ("070-333 33 33", "0990-1", "Nygatan 1")


def test_a_number_that_somebody_has_is_refused_with_their_name(cast, lena, hidden_fields):
    hidden = hidden_fields(lena.get(address(cast.anna, "andra/")))

    page = lena.post(
        address(cast.anna, "andra/"), {**hidden, **details(identity_number=cast.omar.identity_number)}
    ).content.decode()

    assert "Det finns redan en person med det numret: Omar Rashid" in page
    assert address(cast.omar) in page


def test_of_somebody_at_another_school_nothing_is_said_but_that_the_number_does_not_work(
    cast, colleague, hidden_fields
):
    hidden = hidden_fields(colleague.get(address(cast.anna, "andra/")))

    page = colleague.post(
        address(cast.anna, "andra/"), {**hidden, **details(identity_number=cast.ulla.identity_number)}
    ).content.decode()

    assert "Numret går inte att använda här" in page
    assert "Ulla" not in page
    assert AuditRecord.objects.filter(act="number_taken", subject_id=str(cast.ulla.pk)).exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("identity_number", "840615-98", "Skriv personnumret med 12 siffror"),
        ("identity_number", "19840615-9990", "sista siffra stämmer inte"),
        ("given_name", "  ", "Förnamn"),
        ("mobile", "ring mig", "Skriv ett telefonnummer"),
        ("email", "anna@", "E-post"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, lena, hidden_fields, field, value, said):
    hidden = hidden_fields(lena.get(address(cast.anna, "andra/")))

    page = lena.post(
        address(cast.anna, "andra/"), {**hidden, **details(locality="Ekdal"), field: value}
    ).content.decode()

    assert "Något behöver rättas" in page
    assert said in page
    assert 'value="Ekdal"' in page


def test_names_of_sixty_letters_and_in_arabic_are_kept_as_written(cast, lena, hidden_fields):
    for name in ("Ölandstokskvist" * 4, "فاطمة الزهراء"):
        hidden = hidden_fields(lena.get(address(cast.anna, "andra/")))
        lena.post(address(cast.anna, "andra/"), {**hidden, **details(given_name=f"  {name} ")})
        assert Person.everything.get(pk=cast.anna.pk).given_name == name
        assert name in lena.get(address(cast.anna)).content.decode()


def test_a_tampered_base_is_refused(cast, lena, hidden_fields, colleague):
    hers = hidden_fields(lena.get(address(cast.anna, "andra/")))
    other = hidden_fields(colleague.get(address(cast.anna, "andra/")))
    colleague.post(address(cast.anna, "andra/"), {**other, **details(mobile="070-222 22 22")})

    answer = lena.post(address(cast.anna, "andra/"), {**hers, "base": "forged", **details(mobile="070-3")})

    assert answer.status_code == 400


def test_another_school_s_decisions_are_not_in_the_history(cast, lena, colleague):
    """Omar is banned from Alva, at Lillåskolan. Ekdalsskolan, where Kim goes, does not learn it from his page."""
    lena.post(
        address(cast.alva, f"vardnad/{cast.omar.public_id}/begransa/"),
        {"reason": "contact_ban", "version": 1},
    )
    assert "Tillgången begränsades: Alva" in lena.get(address(cast.omar, "historik/")).content.decode()

    for page in ("", "historik/"):
        told = colleague.get(address(cast.omar, page)).content.decode()
        assert "Kim" in told or page
        assert "Alva" not in told
        assert "Tillgången begränsades" not in told


def test_the_history_tells_who_did_what(cast, lena):
    lena.post(address(cast.kim, "visa/"), {"vad": "nummer"})

    page = lena.get(address(cast.kim, "historik/")).content.decode()

    assert "Personnumret visades" in page
    assert "Lena Lund" in page


def test_many_looks_in_a_day_are_one_line(cast, lena):
    for _ in range(4):
        lena.post(address(cast.kim, "visa/"), {"vad": "nummer"})

    page = lena.get(address(cast.kim)).content.decode()

    assert "Personnumret visades (4 gånger)" in page
    assert page.count("Personnumret visades") == 1


def new_pupil(cast, **changed):
    return {
        "given_name": "Bo",
        "family_name": "Ek",
        "birth_date": "2015-02-03",
        "school_year": "5",
        "school_class": cast.class_5b.public_id,
        "valid_from": clock.today().isoformat(),
        **changed,
    }


def test_a_pupil_is_added_with_school_and_class(cast, lena, viewer_of):
    page = f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/ny-elev/"
    assert lena.get(page).status_code == 200

    answer = lena.post(page, new_pupil(cast))

    bo = Person.everything.get(given_name="Bo")
    assert answer.headers["Location"] == address(bo)
    assert viewer_of(bo).as_pupil.class_name == "5B"
    assert Enrolment.everything.get(pupil=bo).source == "office"


def test_a_pupil_has_a_number_or_a_day_of_birth(cast, lena):
    page = f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/ny-elev/"

    assert "Skriv födelsedatum" in lena.post(page, new_pupil(cast, birth_date="")).content.decode()
    assert lena.post(page, new_pupil(cast, birth_date="", identity_number="20150203TF07")).status_code == 302


def test_another_school_s_class_cannot_be_chosen(cast, lena):
    page = f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/ny-elev/"

    answer = lena.post(page, new_pupil(cast, school_class=cast.class_2a.public_id))

    assert answer.status_code == 200
    assert not Person.everything.filter(given_name="Bo").exists()


def test_a_school_is_chosen_first_where_there_are_several(cast, lena, colleague):
    page = lena.get("/kontoret/ny/elev/").content.decode()
    assert "Ekdalsskolan" in page
    assert "Lillåskolan" in page

    assert colleague.get("/kontoret/ny/elev/").status_code == 302


def test_a_substitute_is_added_with_an_end(cast, lena, viewer_of):
    answer = lena.post(
        f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/ny-personal/",
        {
            "given_name": "Vera",
            "family_name": "Kar",
            "role": "substitute",
            "valid_from": clock.today().isoformat(),
            "valid_until": clock.today().isoformat(),
        },
    )

    vera = Person.everything.get(given_name="Vera")
    assert answer.status_code == 302
    assert viewer_of(vera).roles == {(cast.ekdalsskolan.pk, "substitute")}


def test_a_guardian_is_added_to_a_pupil(cast, lena, viewer_of):
    answer = lena.post(
        address(cast.kim, "ny-vardnadshavare/"),
        {"given_name": "Mo", "family_name": "Li", "kind": "appointed"},
    )

    mo = Person.everything.get(given_name="Mo")
    assert answer.headers["Location"] == address(cast.kim)
    assert [child.given_name for child in viewer_of(mo).children] == ["Kim"]


def test_a_guardian_who_is_known_already_is_linked_instead(cast, lena, viewer_of):
    page = lena.post(
        address(cast.kim, "ny-vardnadshavare/"),
        {
            "given_name": "Erik",
            "family_name": "Wall",
            "kind": "custody",
            "identity_number": cast.erik.identity_number,
        },
    ).content.decode()
    link = re.search(r'action="([^"]*koppla/)"', page)[1]

    assert lena.get(link).status_code == 302  # a look does nothing
    assert len(viewer_of(cast.erik).children) == 1
    lena.post(link, {"kind": "custody"})

    assert {child.given_name for child in viewer_of(cast.erik).children} == {"Tuva", "Kim"}
