"""School, groups, duties and protection on the office's pages."""

from datetime import timedelta

from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Group, Person
from skolnav.core.tenancy import clock


def address(person, rest):
    return f"/kontoret/personer/{person.public_id}/{rest}/"


def group(cast, school, name, kind=Group.Kind.TEACHING):
    return Group.everything.create(
        organiser=cast.ekdal, school=school, name=name, kind=kind, source="office", valid_from=clock.today()
    )


def test_a_pupil_changes_class_and_groups(cast, lena, viewer_of):
    other = group(cast, cast.ekdalsskolan, "5C", Group.Kind.CLASS)
    french = group(cast, cast.ekdalsskolan, "Franska 5")
    where = address(cast.kim, f"skolgang/{cast.ekdalsskolan.public_id}")
    assert "Franska 5" in lena.get(where).content.decode()

    lena.post(where, {"school_year": "6", "school_class": other.public_id, "groups": [french.public_id]})

    kim = viewer_of(cast.kim).as_pupil
    assert {one.name for one in kim.groups} == {"5C", "Franska 5"}
    assert Enrolment.everything.get(pupil=cast.kim).school_year == 6


def test_a_pupil_leaves_and_begins_at_the_next_school(cast, lena, viewer_of):
    leaving = address(cast.kim, f"skolgang/{cast.ekdalsskolan.public_id}/sluta")
    assert lena.get(leaving).status_code == 200
    lena.post(leaving, {"last_day": (clock.today() - timedelta(days=1)).isoformat()})

    answer = lena.post(
        address(cast.kim, "skolgang/ny"),
        {
            "school": cast.lillaskolan.public_id,
            "school_year": "5",
            "valid_from": clock.today().isoformat(),
        },
    )

    assert answer.headers["Location"].endswith(f"/skolgang/{cast.lillaskolan.public_id}/")
    assert [school.name for school in viewer_of(cast.kim).as_pupil.schools] == ["Lillåskolan"]


def test_an_administrator_places_pupils_at_their_own_school_only(cast, colleague):
    page = colleague.post(
        address(cast.kim, "skolgang/ny"),
        {"school": cast.lillaskolan.public_id, "school_year": "5", "valid_from": clock.today().isoformat()},
    )

    assert page.status_code == 200
    assert not Enrolment.everything.filter(pupil=cast.kim, school=cast.lillaskolan).exists()
    other = address(cast.alva, f"skolgang/{cast.lillaskolan.public_id}")
    assert colleague.get(other).status_code == 404


def test_a_teacher_gets_a_duty_and_groups_and_both_end(cast, lena, viewer_of):
    lena.post(
        address(cast.ulla, "uppdrag/nytt"),
        {"school": cast.ekdalsskolan.public_id, "role": "teacher", "valid_from": clock.today().isoformat()},
    )
    where = address(cast.ulla, f"uppdrag/{cast.ekdalsskolan.public_id}/grupper")
    lena.post(where, {"mentor": [cast.class_5b.public_id], "teacher": [cast.class_5b.public_id]})
    assert AssignmentRole.everything.filter(duty__person=cast.ulla, group=cast.class_5b).count() == 2

    lena.post(where, {"teacher": [cast.class_5b.public_id]})
    roles = [one.role for one in viewer_of(cast.ulla).staff_groups if one.id == cast.class_5b.pk]
    assert roles == ["teacher"]

    lena.post(address(cast.ulla, f"uppdrag/{cast.ekdalsskolan.public_id}/avsluta/teacher"), {"when": "now"})
    assert cast.ekdalsskolan.pk not in viewer_of(cast.ulla).staff_school_ids


def test_a_duty_that_ends_at_once_logs_out_at_the_next_request(cast, lena, client_of):
    pelle = client_of(cast.pelle)
    assert pelle.get("/personal/").status_code == 200
    where = address(cast.pelle, f"uppdrag/{cast.ekdalsskolan.public_id}/avsluta/substitute")
    assert lena.get(where).status_code == 200

    lena.post(where, {"when": "now"})

    assert pelle.get("/personal/").headers["Location"].startswith("/logga-in/")


def test_nobody_ends_their_own_administration(cast, colleague):
    where = address(cast.ingrid, f"uppdrag/{cast.ekdalsskolan.public_id}/avsluta/administrator")

    page = colleague.post(where, {"when": "now"}).content.decode()

    assert "Du kan inte avsluta ditt eget uppdrag" in page


def test_a_duty_for_the_whole_organiser_is_ended_by_one_who_has_it(cast, lena, colleague, viewer_of):
    Duty.everything.create(
        organiser=cast.ekdal,
        person=cast.pelle,
        role="administrator",
        source="office",
        valid_from=clock.today(),
    )
    where = address(cast.pelle, "uppdrag/huvudman/avsluta/administrator")
    assert colleague.get(where).status_code == 404  # she runs one school

    assert "Ekdals kommun" in lena.get(where).content.decode()
    lena.post(where, {"when": "now"})

    assert not viewer_of(cast.pelle).is_administrator


def test_protection_is_set_by_one_and_lowered_by_two(cast, lena, colleague):
    lena.post(address(cast.kim, "skydd"), {"marking": "Sekretessmarkering"})
    assert Person.everything.get(pk=cast.kim.pk).is_protected

    lena.post(address(cast.kim, "skydd/ta-bort"))
    refused = lena.post(address(cast.kim, "skydd/bekrafta"), follow=True).content.decode()
    assert "Du begärde det själv" in refused
    assert Person.everything.get(pk=cast.kim.pk).is_protected
    page = colleague.get(f"/kontoret/personer/{cast.kim.public_id}/").content.decode()
    assert "Bekräfta: ta bort skyddet" in page
    colleague.post(address(cast.kim, "skydd/bekrafta"))

    assert not Person.everything.get(pk=cast.kim.pk).is_protected


def test_a_request_is_taken_back(cast, lena, colleague):
    lena.post(address(cast.elis, "skydd/ta-bort"))
    colleague.post(address(cast.elis, "skydd/behall"))

    page = colleague.post(address(cast.elis, "skydd/bekrafta"), follow=True).content.decode()

    assert "Ingen har begärt" in page


def test_a_look_at_an_address_of_a_deed_does_nothing(cast, lena):
    for act in ("skydd/ta-bort", "skydd/behall", "skydd/bekrafta", "visa"):
        assert lena.get(address(cast.elis, act)).status_code == 302

    assert Person.everything.get(pk=cast.elis.pk).is_protected


def test_who_is_protected_and_has_moved_is_gone_from_the_old_school(cast, lena, colleague):
    assert colleague.get(f"/kontoret/personer/{cast.elis.public_id}/").status_code == 200

    lena.post(
        address(cast.elis, f"skolgang/{cast.ekdalsskolan.public_id}/sluta"),
        {"last_day": (clock.today() - timedelta(days=1)).isoformat()},
    )

    for person in (cast.elis, cast.maja):
        assert colleague.get(f"/kontoret/personer/{person.public_id}/").status_code == 404
    assert "Elis" not in colleague.get("/kontoret/", {"sok": "elis"}).content.decode()
