"""A school's boxes, details and years (row 9-boxes-2)."""

import pytest

from skolnav.core.boxes.registry import all_boxes
from skolnav.core.schools.models import SchoolBox, SchoolUnit, SchoolYear, Term


def boxes(school):
    return f"/kontoret/skolor/{school.public_id}/boxar/"


@pytest.mark.requirement("9-boxes-2")
def test_a_box_that_is_switched_off_is_gone_for_families_at_once(cast, lena, client_of):
    kim = client_of(cast.kim)
    assert kim.get(f"/barn/{cast.kim.public_id}/kalender/").status_code == 200

    lena.post(boxes(cast.ekdalsskolan), {"do": "off", "box": "calendar"})

    assert kim.get(f"/barn/{cast.kim.public_id}/kalender/").status_code == 404
    assert "/kalender/" not in kim.get(f"/barn/{cast.kim.public_id}/").content.decode()
    # The other school's families keep theirs.
    anna = client_of(cast.anna)
    assert anna.get(f"/barn/{cast.alva.public_id}/kalender/").status_code == 200
    lena.post(boxes(cast.ekdalsskolan), {"do": "on", "box": "calendar"})
    assert kim.get(f"/barn/{cast.kim.public_id}/kalender/").status_code == 200


@pytest.mark.requirement("9-boxes-2")
def test_the_school_s_order_is_the_start_page_s(cast, lena, client_of):
    start = f"/barn/{cast.kim.public_id}/"

    def order():
        page = client_of(cast.kim).get(start).content.decode()
        return sorted(("box-calendar", "box-information"), key=page.index)

    first = order()
    for _ in all_boxes():  # past those between the two
        lena.post(boxes(cast.ekdalsskolan), {"do": "down", "box": first[0].removeprefix("box-")})
    assert order() == first[::-1]

    lena.post(boxes(cast.ekdalsskolan), {"do": "reset"})
    assert order() == first
    assert not SchoolBox.objects.exists()


def test_a_box_at_the_end_stays_there(cast, lena):
    before = lena.get(boxes(cast.ekdalsskolan)).content.decode()
    first = "calendar" if before.index("Kalender") < before.index("Information") else "information"

    answer = lena.post(boxes(cast.ekdalsskolan), {"do": "up", "box": first}, follow=True)

    assert answer.status_code == 200


def test_a_box_that_is_not_there_is_404_and_an_unknown_deed_nothing(cast, lena):
    assert lena.post(boxes(cast.ekdalsskolan), {"do": "off", "box": "chess"}).status_code == 404
    assert lena.post(boxes(cast.ekdalsskolan), {"do": "burn", "box": "calendar"}).status_code == 302
    assert not SchoolBox.objects.exists()


@pytest.mark.parametrize("rest", ["", "boxar/", "ny-elev/", "ny-personal/", "inloggningar/"])
def test_another_school_is_404(cast, lena, colleague, client_of, rest):
    assert colleague.get(f"/kontoret/skolor/{cast.lillaskolan.public_id}/{rest}").status_code == 404
    assert lena.get(f"/kontoret/skolor/{cast.granby_skola.public_id}/{rest}").status_code == 404
    assert (
        client_of(cast.sara).get(f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/{rest}").status_code == 404
    )


def test_the_school_s_details_are_changed(cast, lena):
    where = f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/"
    assert "Vardagar 7.30–15.30" in lena.get(where).content.decode()

    lena.post(
        where,
        {"phone": "0990-999 99", "email": "ny@ekdal.example", "office_hours": "Vardagar 8–16", "version": 1},
    )

    school = SchoolUnit.objects.get(pk=cast.ekdalsskolan.pk)
    assert (school.phone, school.office_hours) == ("0990-999 99", "Vardagar 8–16")


def test_two_who_change_a_school_see_both_versions(cast, lena):
    where = f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/"
    lena.post(where, {"phone": "0990-111 11", "version": 1})

    page = lena.post(where, {"phone": "0990-222 22", "version": 1}).content.decode()

    assert "Någon annan sparade" in page
    assert "0990-111 11" in page
    assert 'value="0990-222 22"' in page
    assert SchoolUnit.objects.get(pk=cast.ekdalsskolan.pk).phone == "0990-111 11"
    lena.post(where, {"phone": "0990-222 22", "version": 2})
    assert SchoolUnit.objects.get(pk=cast.ekdalsskolan.pk).phone == "0990-222 22"


def test_a_school_that_nobody_could_reach_is_refused(cast, lena):
    page = lena.post(f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/", {"locality": "Ekdal", "version": 1})

    assert "familjer ska kunna nå skolan" in page.content.decode()


def days(year):
    return {
        "autumn_first": f"{year}-08-17",
        "autumn_last": f"{year}-12-18",
        "spring_first": f"{year + 1}-01-11",
        "spring_last": f"{year + 1}-06-11",
    }


def test_next_school_year_is_written_with_its_terms(cast, lena):
    begun = SchoolYear.objects.get(organiser=cast.ekdal).first_day.year

    answer = lena.post("/kontoret/lasar/nytt/", days(begun + 1))

    assert answer.headers["Location"] == "/kontoret/lasar/"
    year = SchoolYear.objects.get(organiser=cast.ekdal, first_day__year=begun + 1)
    assert year.name == f"{begun + 1}/{(begun + 2) % 100:02}"
    assert [term.kind for term in year.terms.all()] == ["HT", "VT"]
    assert year.name in lena.get("/kontoret/lasar/").content.decode()


def test_a_term_is_moved(cast, lena):
    begun = SchoolYear.objects.get(organiser=cast.ekdal).first_day.year
    assert f"{begun}-12-18" in lena.get(f"/kontoret/lasar/{begun}/").content.decode()

    lena.post(f"/kontoret/lasar/{begun}/", {**days(begun), "autumn_last": f"{begun}-12-21"})

    term = Term.objects.get(school_year__organiser=cast.ekdal, kind="HT")
    assert term.last_day.day == 21
    assert Term.objects.filter(school_year__organiser=cast.ekdal).count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"autumn_last": "2030-08-01"}, "Dagen ska komma efter den förra"),
        ({"spring_first": "2030-12-01"}, "Dagen ska komma efter den förra"),
        ({"spring_last": "2099-06-11"}, "Ett läsår börjar på hösten"),
        ({"autumn_first": "i höst"}, "Något behöver rättas"),
    ],
)
def test_dates_that_make_no_year_are_refused(cast, lena, changed, said):
    assert said in lena.post("/kontoret/lasar/nytt/", {**days(2030), **changed}).content.decode()


def test_two_years_do_not_overlap(cast, lena):
    begun = SchoolYear.objects.get(organiser=cast.ekdal).first_day.year

    assert "går in i ett annat läsår" in lena.post("/kontoret/lasar/nytt/", days(begun)).content.decode()


def test_who_administers_one_school_reads_the_years_that_are_everybody_s(cast, colleague):
    begun = SchoolYear.objects.get(organiser=cast.ekdal).first_day.year
    assert "gemensamt för alla" in colleague.get("/kontoret/lasar/").content.decode()

    assert colleague.post(f"/kontoret/lasar/{begun}/", days(begun)).status_code == 403
    assert colleague.get("/kontoret/lasar/1999/").status_code == 404
