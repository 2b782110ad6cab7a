"""The template language: what stops, what is escaped, what is translated, and the components' promises."""

import re

import pytest
from django import forms
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from skolnav.core.web.printing import printed
from skolnav.core.web.speech import say

pytestmark = pytest.mark.usefixtures("swedish")


def shown(source: str, **context: object) -> str:
    environment = engines.all()[0].env
    return environment.from_string('{% import "web/components.html" as ui %}' + source).render(**context)


def test_a_name_that_is_missing_stops_the_page():
    with pytest.raises(UndefinedError):
        shown("{{ pupil.name }}")


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Markup)))
def test_values_are_printed_exactly_as_markupsafe_does(value):
    assert str(printed(value)) == str(escape(value))


@given(st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.text().map(Markup)))
def test_a_text_is_filled_in_exactly_as_markupsafe_does(value):
    said = Markup("%(n)s %% av <b>%(n)s</b>")

    assert say(said, n=value) == said % {"n": value}


def test_what_people_write_is_escaped_everywhere():
    evil = "<img src=x onerror=alert(1)>"

    html = shown(
        "{{ x }}{{ _('Hej %(name)s', name=x) }}{{ ui.button(x, label=x) }}{{ ui.notice(x) }}{{ ui.tag(x) }}"
        "{% trans name=x %}Hej {{ name }}{% endtrans %}{{ x|nl2p }}",
        x=evil,
    )

    assert "<img" not in html
    assert html.count("&lt;img") == 8


def test_a_percent_sign_is_a_percent_sign():
    assert shown("{{ _('4 % frånvaro') }}") == "4 % frånvaro"
    assert shown("{% trans %}4 % frånvaro{% endtrans %}") == "4 % frånvaro"
    assert shown("{{ _('%(n)s %% borta', n=4) }}") == "4 % borta"


class LetterForm(forms.Form):
    title = forms.CharField(label="Rubrik", help_text="Kort.")
    kind = forms.ChoiceField(
        label="Slag", choices=[("a", "Studiedag"), ("b", "Lov")], widget=forms.RadioSelect
    )
    confirm = forms.BooleanField(label="Be om svar", required=False)


def test_a_field_names_its_hint_and_its_error_and_keeps_what_was_typed():
    form = LetterForm({"title": "", "kind": "b"})

    html = shown("{{ ui.error_summary(form) }}{{ ui.field(form.title) }}{{ ui.field(form.kind) }}", form=form)

    described = re.search('<input type="text"[^>]*aria-describedby="([^"]+)"', html)
    assert described is not None
    assert all(f'id="{name}"' in html for name in described.group(1).split())
    assert 'href="#id_title"' in html
    assert 'aria-invalid="true"' in html
    assert re.search('value="b"[^>]*checked', html)


def test_every_input_has_a_label_and_an_autocomplete():
    html = shown(
        "{{ ui.field(form.title, autocomplete='name') }}{{ ui.field(form.confirm) }}", form=LetterForm()
    )

    assert '<label for="id_title">' in html
    assert 'autocomplete="name"' in html
    assert re.search(r'<label class="check"><input type="checkbox"', html)


def test_a_form_carries_its_token_and_a_new_id_each_time():
    source = "{% call ui.form(csrf) %}{% endcall %}"

    ids = {re.search('name="form_id" value="([^"]+)"', shown(source, csrf="")).group(1) for _ in range(5)}  # type: ignore[union-attr]

    assert len(ids) == 5


@pytest.mark.requirement("10-empty-1")
def test_a_box_with_nothing_in_it_says_so():
    box = {"key": "portfolio", "hue": 325, "icon": "folder-open", "title": "Portfolio"}

    assert "Skolan har inte lagt in något än." in shown("{{ ui.box_card(box, '/portfolio/') }}", box=box)


@pytest.mark.requirement("9-boxes-1")
def test_a_box_shows_how_many_are_new_to_eye_and_ear():
    box = {"key": "information", "hue": 245, "icon": "newspaper", "title": "Information"}
    lines = [{"text": "Friluftsdag", "children": (), "is_new": True}]

    html = shown("{{ ui.box_card(box, '/information/', lines, 3) }}", box=box, lines=lines)

    assert '<span class="hidden-text">, 3 nya</span>' in html
    assert '<span class="new" aria-hidden="true">3 nya</span>' in html
    assert "Friluftsdag" in html
