"""Attachments in a form: nothing that was taken in is lost, and nobody else's file comes along."""

import pytest
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from skolnav.core.files.actions import set_files_of, store_upload
from skolnav.core.files.forms import AttachmentsField
from skolnav.core.files.models import StoredFile
from skolnav.core.files.tests import samples

pytestmark = pytest.mark.requirement("15-security-1")


class NewsForm(forms.Form):
    title = forms.CharField()
    attachments = AttachmentsField(label="Bilder och filer", required=False, most_files=3)

    def __init__(self, *args, viewer, news_item=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attachments"].open_for(viewer, owner=news_item)


@pytest.fixture
def fill_in(viewer_of, sara, cast):
    """A post of the form by Sara: fields and new files."""

    def fill(fields, *uploads, news_item=None):
        data = QueryDict(mutable=True)
        for key, value in fields.items():
            data.setlist(key, value if isinstance(value, list) else [value])
        files = MultiValueDict({"attachments-new": list(uploads)})
        return NewsForm(data, files, viewer=viewer_of(sara), news_item=news_item)

    return fill


def names(files):
    return [file.name for file in files]


def drawn(form):
    return form["attachments"].as_widget(attrs={"class": "input"})


def test_new_files_are_taken_in_with_the_form(fill_in):
    form = fill_in(
        {"title": "Skogen"}, samples.upload(samples.PDF, "a.pdf"), samples.upload(samples.picture(), "b.jpg")
    )

    assert form.is_multipart()
    assert form.is_valid()
    assert names(form.cleaned_data["attachments"]) == ["a.pdf", "b.jpg"]


def test_a_fault_in_another_field_loses_no_file(fill_in):
    first = fill_in({"title": ""}, samples.upload(samples.PDF, "a.pdf"))
    assert not first.is_valid()
    pid = first.fields["attachments"].present[0].public_id
    assert f'name="attachments" value="{pid}"' in drawn(first)

    second = fill_in({"title": "Skogen", "attachments": [pid]}, samples.upload(samples.PDF, "b.pdf"))

    assert second.is_valid()
    assert names(second.cleaned_data["attachments"]) == ["a.pdf", "b.pdf"]
    assert StoredFile.everything.count() == 2


def test_a_refused_file_is_named_and_the_others_stay(fill_in):
    form = fill_in(
        {"title": "Skogen"},
        samples.upload(samples.EXE, "faktura.pdf"),
        samples.upload(samples.PDF, "brev.pdf"),
    )

    assert not form.is_valid()
    assert form.errors["attachments"] == [
        "faktura.pdf: Filen är ett program, och program går inte att lägga upp."
    ]
    assert names(form.fields["attachments"].present) == ["brev.pdf"]
    assert "brev.pdf" in drawn(form)


def test_files_are_removed_ordered_and_described(fill_in, viewer_of, sara, owner):
    one, two, three = (
        store_upload(actor=viewer_of(sara), upload=samples.upload(samples.picture(), f"{name}.jpg"))
        for name in ("ett", "två", "tre")
    )
    set_files_of(actor=viewer_of(sara), owner=owner, files=[one, two])
    form = fill_in(
        {
            "title": "Skogen",
            "attachments": [three.public_id, one.public_id, two.public_id, one.public_id],
            "attachments-remove": [two.public_id],
            f"attachments-alt-{three.public_id}": " En ek ",
        },
        news_item=owner,
    )

    assert form.is_valid()
    assert names(form.cleaned_data["attachments"]) == ["tre.jpg", "ett.jpg"]
    assert form.cleaned_data["attachments"][0].alt_text == "En ek"


def test_an_untouched_form_shows_the_files_of_the_row(viewer_of, sara, owner):
    file = store_upload(actor=viewer_of(sara), upload=samples.upload(samples.picture(), "ek.jpg"))
    set_files_of(actor=viewer_of(sara), owner=owner, files=[file])

    html = drawn(NewsForm(viewer=viewer_of(sara), news_item=owner))

    assert f"/fil/{file.public_id}/320/" in html
    assert 'accept=".pdf,' in html
    assert "data-largest=" in html


def test_somebody_elses_file_cannot_be_slipped_in(fill_in, viewer_of, sara, erik, owner):
    eriks = store_upload(actor=viewer_of(erik), upload=samples.upload(samples.PDF, "erik.pdf"))
    of_5b = store_upload(actor=viewer_of(sara), upload=samples.upload(samples.PDF, "5b.pdf"))
    set_files_of(actor=viewer_of(sara), owner=owner, files=[of_5b])

    form = fill_in({"title": "x", "attachments": [eriks.public_id, of_5b.public_id, "nonsense"]})

    assert form.is_valid()
    assert form.cleaned_data["attachments"] == []


def test_there_is_a_limit_to_how_many(fill_in):
    form = fill_in({"title": "x"}, *(samples.upload(samples.PDF, f"{number}.pdf") for number in range(5)))

    assert not form.is_valid()
    assert form.errors["attachments"] == ["Högst 3 filer får läggas upp här. Resten har inte sparats."]
    assert StoredFile.everything.count() == 3


def test_a_required_field_asks_for_a_file(viewer_of, sara, cast):
    class MustHave(forms.Form):
        attachments = AttachmentsField()

    form = MustHave(QueryDict(), MultiValueDict())
    form.fields["attachments"].open_for(viewer_of(sara))

    assert form.errors["attachments"] == ["Välj minst en fil."]


def test_a_form_that_forgot_its_viewer_says_so(cast):
    class Forgetful(forms.Form):
        attachments = AttachmentsField()

    with pytest.raises(TypeError, match="open_for"):
        Forgetful(QueryDict(), MultiValueDict()).is_valid()
