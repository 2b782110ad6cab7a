"""A form sent twice does its work once."""

from datetime import timedelta

import pytest
from django.test import Client

from skolnav.core.tenancy import clock
from skolnav.core.web.models import SubmittedForm
from skolnav.core.web.once import forget_old_forms, new_form_id

from .urls import DID

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_house")]


def send(text: str, form_id: str):
    return Client(raise_request_exception=False).post("/gor/", {"text": text, "form_id": form_id})


def test_the_second_submit_leads_where_the_first_one_led():
    form_id = new_form_id()

    first, second = send("hej", form_id), send("hej", form_id)

    assert DID == ["hej"]
    assert first.url == second.url == "/nyhet/1/"


def test_another_form_does_its_own_work():
    send("hej", new_form_id())
    send("hej", new_form_id())

    assert DID == ["hej", "hej"]


def test_a_form_shown_again_with_errors_can_be_sent_again():
    form_id = new_form_id()

    send("wrong", form_id)
    answer = send("right", form_id)

    assert DID == ["wrong", "right"]
    assert answer.url == "/nyhet/2/"


def test_work_that_fails_half_way_leaves_no_note():
    form_id = new_form_id()

    send("fails", form_id)

    assert not SubmittedForm.objects.exists()


@pytest.mark.parametrize("form_id", ["", "x", "<script>" * 4, "a" * 200])
def test_a_form_without_a_sound_id_is_done_and_not_noted(form_id):
    assert send("hej", form_id).url == "/nyhet/1/"
    assert not SubmittedForm.objects.exists()


def test_somebody_elses_form_id_tells_nothing():
    form_id = new_form_id()
    SubmittedForm.objects.create(form_id=form_id, account_id=17, at=clock.now(), answer_url="/hemligt/")

    assert send("hej", form_id).url == "/"


def test_notes_are_kept_for_a_day():
    now = clock.now()
    SubmittedForm.objects.create(form_id="old", at=now - timedelta(hours=25))
    SubmittedForm.objects.create(form_id="young", at=now - timedelta(hours=23))

    forget_old_forms()

    assert list(SubmittedForm.objects.values_list("form_id", flat=True)) == ["young"]
