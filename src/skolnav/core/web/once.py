"""A form does its work once. Each carries a random `form_id`; a second submit is led to the first one's result."""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from skolnav.core.tenancy import clock

from .models import SubmittedForm

FIELD = "form_id"
KEPT = timedelta(hours=24)
_WELL_FORMED = re.compile("[A-Za-z0-9_-]{16,32}")


def new_form_id() -> str:
    """For the hidden field: 96 random bits."""
    return secrets.token_urlsafe(12)


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do `act` in one transaction with the note that this form was sent, and give its answer.

    `act` writes and answers with a redirect. Sent a second time, also at the same moment, the form does nothing and
    leads to the same place. An exception or an answer that is no redirect (a form shown again) leaves no note, so the
    form can be sent again.
    """
    form_id = request.POST.get(FIELD, "")
    if not _WELL_FORMED.fullmatch(form_id):
        return act()
    account_id = getattr(getattr(request, "user", None), "pk", None) or 0
    with transaction.atomic():
        note = _claim(form_id, account_id)
        if note is None:
            return _first_answer(form_id, account_id)
        answer = act()
        if isinstance(answer, HttpResponseRedirect):
            note.answer_url = answer.url[:500]
            note.save(update_fields=["answer_url"])
        else:
            note.delete()
    if secrets.randbelow(200) == 0:
        forget_old_forms()
    return answer


def forget_old_forms() -> int:
    """Drop the notes of more than a day ago; gives how many. The worker may call it too."""
    return SubmittedForm.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _claim(form_id: str, account_id: int) -> SubmittedForm | None:
    """Our note, or None if somebody has it. On PostgreSQL this waits for a first submit that is under way."""
    try:
        with transaction.atomic():
            return SubmittedForm.objects.create(form_id=form_id, account_id=account_id, at=clock.now())
    except IntegrityError:
        return None


def _first_answer(form_id: str, account_id: int) -> HttpResponse:
    """Where the first submit led; a stranger with somebody's form id is led to the start."""
    note = SubmittedForm.objects.filter(form_id=form_id, account_id=account_id).first()
    return redirect(note.answer_url if note and note.answer_url else "/")
