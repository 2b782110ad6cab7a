"""The first login with what the school handed out: a password of one's own, and one's contact details."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.rules import is_logged_in
from skolnav.core.accounts.actions import SamePassword, confirm_contact, set_first_password
from skolnav.core.accounts.models import Account
from skolnav.core.accounts.password_queue import TooBusy
from skolnav.core.people.models import Person
from skolnav.core.web import render
from skolnav.core.web.once import once
from skolnav.login.forms import FirstLoginForm


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@page(is_logged_in)
def first(request: HubRequest) -> HttpResponse:
    """Nothing else opens before it is done (see core.accounts.first_login)."""
    return once(request, lambda: _first(request)) if request.method == "POST" else _first(request)


def _first(request: HubRequest) -> HttpResponse:
    if not request.viewer.must_change_password:
        return redirect("/")
    account = Account.objects.get(person_id=request.viewer.person_id)
    person = Person.objects.visible_to(request.viewer).get_or_404(pk=request.viewer.person_id)
    known = {
        "email": account.verified_email or account.unverified_email or person.email,
        "mobile": person.mobile,
        "phone": person.phone,
    }
    form = FirstLoginForm(request.POST or None, account=account, initial=known)
    if form.is_valid() and _is_done(request, form):
        return redirect("/")
    return render(request, "login/first.html", {"form": form})


def _is_done(request: HubRequest, form: FirstLoginForm) -> bool:
    typed = form.cleaned_data
    try:
        set_first_password(
            actor=request.viewer, new=typed["password"], session_key=request.session.session_key or ""
        )
    except SamePassword:
        form.add_error("password", _("Det är lösenordet från skolan. Välj ett som bara du känner till."))
        return False
    except TooBusy:
        form.add_error(None, _("Många loggar in just nu. Försök igen om en stund."))
        return False
    awaits = confirm_contact(
        actor=request.viewer, email=typed["email"], mobile=typed["mobile"], phone=typed["phone"]
    )
    messages.success(request, _("Klart! Du har ett eget lösenord nu."))
    if awaits:
        messages.info(
            request, _("Öppna länken som vi har skickat till %(email)s.") % {"email": typed["email"]}
        )
    return True
