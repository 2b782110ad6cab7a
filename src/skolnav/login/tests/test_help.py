"""Questions and answers (row 0-help-1)."""

import pytest


@pytest.mark.requirement("0-help-1")
def test_help_is_there_before_login_and_finds_ones_school(cast, visitor):
    assert "/hjalp/" in visitor.get("/logga-in/").content.decode()

    page = visitor.get("/hjalp/", {"skola": "ekdalssk"}).content.decode()

    assert "Fråga skolan först" in page
    for detail in ("Ekdalsskolan", "0990-101 00", "ekdalsskolan@ekdal.example"):
        assert detail in page
    for question in ("Hur loggar jag in?", "Jag kan inte logga in. Varför?", "Hur fungerar boxarna?"):
        assert question in page


@pytest.mark.requirement("0-help-1")
def test_after_login_ones_own_schools_come_first(anna, client_of):
    page = client_of(anna).get("/hjalp/").content.decode()

    assert page.index("Ekdalsskolan") < page.index("Hur loggar jag in?")
    assert page.index("Lillåskolan") < page.index("Hur loggar jag in?")
    assert "Granby skola" not in page


@pytest.mark.requirement("0-help-1")
def test_it_speaks_the_readers_language(cast, visitor):
    visitor.cookies["sprak"] = "en"

    page = visitor.get("/hjalp/").content.decode()

    assert "Questions and answers" in page
    assert "How do I log in?" in page


def test_staff_read_it_too(sara, client_of):
    page = client_of(sara).get("/hjalp/").content.decode()

    assert "Ekdalsskolan" in page
    assert "mer än ett barn" not in page


def test_it_costs_few_statements(anna, omar, client_of, django_assert_max_num_queries):
    client = client_of(anna)
    with django_assert_max_num_queries(3):
        client.get("/hjalp/")
