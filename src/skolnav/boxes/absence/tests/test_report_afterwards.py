"""What one does with a report afterwards, in a browser without scripts: change, undo, well again; and who may not."""

import pytest

from skolnav.core.tenancy import clock

from .report_parts import (
    FORM,
    address,
    at,
    custody,
    fields,
    in_days,
    reported,
    stretches,
    ticked,
    whole,
)

pytestmark = pytest.mark.usefixtures("tuesday")


def test_a_report_is_changed_and_the_other_guardians_change_is_not_lost(anna, omar, kim, cast, client_of):
    (report,) = reported(anna, kim)
    change = address(kim, f"andra/{report.public_id}/")
    page = client_of(anna).get(change).content.decode()
    assert 'name="version" value="1"' in page
    assert "Spara" in page

    first = fields(when=in_days(1).isoformat(), version=1)
    assert client_of(omar).post(change, first).status_code == 302
    second = fields(
        when="days", until=in_days(2).isoformat(), version=1, note="Hostar", form_id="formular-nummer-2"
    )
    answer = client_of(anna).post(change, second)

    page = answer.content.decode()
    assert "Någon annan har ändrat anmälan" in page
    assert "Sjuk, i morgon" in page
    assert 'value="Hostar"' in page
    assert 'name="version" value="2"' in page
    assert client_of(anna).post(change, second | {"version": 2}).status_code == 302
    assert len(stretches(kim)) == 3


@pytest.mark.parametrize(
    ("wanted", "marks"),
    [
        (lambda cast: ticked(cast.class_5b, "EN"), ['value="lessons"', "checked"]),
        (lambda cast: whole(0, 3), ['value="days"', "checked"]),
        (lambda cast: whole(8, 9), ['value="days"', 'value="{}"']),
    ],
)
def test_the_form_for_a_change_stands_as_it_was_reported(anna, kim, cast, client_of, wanted, marks):
    (report,) = reported(anna, kim, wanted=wanted(cast))

    page = client_of(anna).get(address(kim, f"andra/{report.public_id}/")).content.decode()

    row = next(line for line in page.split("<label>") if marks[0] in line and 'name="when"' in line)
    assert "checked" in row


def test_undo_and_well_again_from_the_page(tuesday, anna, kim, alva, client_of):
    client = client_of(anna)
    report, _ = reported(anna, kim, alva)
    undo = address(kim, f"angra/{report.public_id}/")
    assert client.get(undo).status_code == 405

    receipt = client.get(address(kim, f"anmald/{report.public_id}/")).content.decode()
    assert "Ångra alla" in receipt
    page = client.post(undo, {"form_id": FORM, "vilka": "alla"}, follow=True).content.decode()
    assert "Anmälningarna är ångrade." in page
    assert not stretches(kim)
    assert not stretches(alva)

    report, _ = reported(anna, kim, alva)
    undo = address(kim, f"angra/{report.public_id}/")
    page = client.post(undo, {"form_id": "formular-nummer-9"}, follow=True).content.decode()
    assert "Anmälan är ångrad. Skolan räknar med att Kim kommer." in page
    assert not stretches(kim)
    assert stretches(alva)
    assert "Ångra alla" not in client.get(address(kim, f"anmald/{report.public_id}/")).content.decode()

    (report,) = reported(anna, kim, wanted=whole(0, 1))
    tuesday.move_to(at(9, 30))
    well = address(kim, f"frisk/{report.public_id}/")
    page = client.get(well).content.decode()
    assert "I dag, från 10.20" in page
    assert "I morgon" in page
    assert "Det valet finns inte längre" in client.post(well, {"from": "2019-01-01"}).content.decode()
    page = client.post(well, {"from": "now", "form_id": "formular-nummer-2"}, follow=True).content.decode()
    assert "Kim är anmäld som frisk igen." in page
    assert "Kim är anmäld som sjuk i dag till 10.20." in page
    assert stretches(kim) == [(clock.today(), "00.00-10.20")]

    (report,) = reported(anna, alva, wanted=whole(0, 2))
    sent = {"from": str(in_days(1)), "form_id": "formular-nummer-3"}
    page = client.post(address(alva, f"frisk/{report.public_id}/"), sent, follow=True).content.decode()
    assert "Alva är anmäld som frisk från i morgon." in page
    assert {day for day, _hours in stretches(alva)} == {clock.today()}


def test_well_again_by_the_childs_own_address(anna, omar, kim, elis, maja, client_of):
    client = client_of(omar)
    assert client.get(address(kim, "frisk/"))["Location"] == address(kim)

    reported(anna, kim)
    page = client.get(address(kim, "frisk/")).content.decode()
    assert "När är Kim tillbaka?" in page
    sent = {"from": "now", "form_id": FORM}
    assert (
        "Ingen frånvaro är anmäld för Kim längre."
        in client.post(address(kim, "frisk/"), sent, follow=True).content.decode()
    )
    assert not stretches(kim)
    for person in (kim, maja):
        assert client_of(person).get(address(kim, "frisk/")).status_code == 404


def test_nobody_else_gets_in(anna, omar, kim, robin, maja, elis, erik, sara, client_of, gun):
    (report,) = reported(anna, kim)
    for word in ("anmald", "andra", "frisk"):
        assert client_of(omar).get(f"/franvaro/{word}/{report.public_id}/").status_code == 200
        for person in (maja, elis, erik, sara, gun):
            assert client_of(person).get(f"/franvaro/{word}/{report.public_id}/").status_code == 404
        assert (
            client_of(robin).get(f"/franvaro/{word}/{report.public_id}/").status_code == 302
        )  # to the login
    assert client_of(kim).get(f"/franvaro/anmald/{report.public_id}/").status_code == 200
    for person in (kim, maja, erik):
        assert client_of(person).get(address(kim, "anmal/")).status_code in {404}
        assert client_of(person).post(f"/franvaro/angra/{report.public_id}/").status_code == 404
    assert client_of(kim).get("/franvaro/anmal/").status_code == 404
    page = client_of(maja).get("/franvaro/anmal/").content.decode()
    assert kim.public_id not in page
    answer = client_of(maja).post("/franvaro/anmal/", fields(kim))
    assert answer.status_code == 422
    assert stretches(kim) == [(clock.today(), "")]


@pytest.mark.parametrize("number", [1, 3])
def test_what_one_does_afterwards_is_at_most_25_statements(
    anna, kim, alva, tuva, number, client_of, django_assert_max_num_queries
):
    custody(anna, [kim, alva, tuva], number)
    client = client_of(anna)
    report, *_ = reported(anna, *[kim, alva, tuva][:number], wanted=whole(0, 1))

    with django_assert_max_num_queries(25):
        client.post(address(kim, f"andra/{report.public_id}/"), fields(version=1))
    with django_assert_max_num_queries(25):
        client.post(
            address(kim, f"frisk/{report.public_id}/"), {"from": "now", "form_id": "formular-nummer-2"}
        )
    with django_assert_max_num_queries(25):
        undo = {"form_id": "formular-nummer-3", "vilka": "alla"}
        client.post(address(kim, f"angra/{report.public_id}/"), undo)
    assert not stretches(kim)
    assert not stretches(alva) or number == 1
