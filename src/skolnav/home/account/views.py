"""Min sida: user name, password, contact details, language and devices."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.rules import is_logged_in
from skolnav.core.accounts.actions import (
    choose_language,
    end_other_sessions,
    end_session,
)
from skolnav.core.accounts.models import Account
from skolnav.core.accounts.sessions import sessions_of
from skolnav.core.people.models import Person
from skolnav.core.web import render
from skolnav.core.web.once import once

from .changing import changed_contact, changed_password, changed_username
from .forms import ContactForm, LanguageForm, PasswordForm, UsernameForm


@require_safe
@page(is_logged_in)
def index(request: HubRequest) -> HttpResponse:
    """Everything at a glance, each with its way to change it."""
    context = {
        "account": _account(request),
        "person": _person(request),
        "language": dict(settings.LANGUAGES).get(get_language() or "", ""),
        "sessions": sessions_of(request.viewer.account_id or 0, request.session.session_key or ""),
    }
    return render(request, "home/account/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@page(is_logged_in)
def username(request: HubRequest) -> HttpResponse:
    """Ändra användarnamn (row 5-username-1)."""
    form = UsernameForm(request.POST or None)
    if form.is_valid():
        return once(request, lambda: _username(request, form))
    return render(request, "home/account/username.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("current_password", "password")
@page(is_logged_in)
def password(request: HubRequest) -> HttpResponse:
    """Byt lösenord."""
    form = PasswordForm(request.POST or None, account=_account(request))
    if form.is_valid():
        return once(request, lambda: _password(request, form))
    return render(request, "home/account/password.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@page(is_logged_in)
def contact(request: HubRequest) -> HttpResponse:
    """Kontaktuppgifter; another e-mail address takes the password."""
    account, person = _account(request), _person(request)
    known = {"email": account.verified_email, "mobile": person.mobile, "phone": person.phone}
    form = ContactForm(request.POST or None, initial=known)
    if form.is_valid():
        return once(request, lambda: _contact(request, form, account))
    return render(request, "home/account/contact.html", {"form": form, "account": account})


@require_http_methods(["GET", "HEAD", "POST"])
@page(is_logged_in)
def language(request: HubRequest) -> HttpResponse:
    """Språk: of the pages, and of the mails."""
    form = LanguageForm(request.POST or None, initial={"language": get_language()})
    if not form.is_valid():
        return render(request, "home/account/language.html", {"form": form})
    choose_language(actor=request.viewer, language=form.cleaned_data["language"])
    with override(form.cleaned_data["language"]):
        messages.success(request, _("Språket är sparat."))
    return redirect("account:index")


@require_POST
@page(is_logged_in)
def log_out_there(request: HubRequest) -> HttpResponse:
    """Logga ut där: one of one's own sessions."""
    if end_session(actor=request.viewer, handle=request.POST.get("handle", "")):
        messages.success(request, _("Enheten är utloggad."))
    return redirect("account:index")


@require_POST
@page(is_logged_in)
def log_out_elsewhere(request: HubRequest) -> HttpResponse:
    """Logga ut överallt annars."""
    ended = end_other_sessions(actor=request.viewer, session_key=request.session.session_key or "")
    messages.success(
        request,
        ngettext("%(num)s enhet är utloggad.", "%(num)s enheter är utloggade.", ended) % {"num": ended},
    )
    return redirect("account:index")


def _username(request: HubRequest, form: UsernameForm) -> HttpResponse:
    if changed_username(request.viewer, form):
        messages.success(request, _("Ditt användarnamn är ändrat. Nästa gång loggar du in med det nya."))
        return redirect("account:index")
    return render(request, "home/account/username.html", {"form": form})


def _password(request: HubRequest, form: PasswordForm) -> HttpResponse:
    if changed_password(request.viewer, form, request.session.session_key or ""):
        messages.success(request, _("Lösenordet är bytt. Du är utloggad på alla andra enheter."))
        return redirect("account:index")
    return render(request, "home/account/password.html", {"form": form})


def _contact(request: HubRequest, form: ContactForm, account: Account) -> HttpResponse:
    awaits = changed_contact(request.viewer, form, address=account.verified_email)
    if form.errors:
        return render(request, "home/account/contact.html", {"form": form, "account": account})
    messages.success(request, _("Dina kontaktuppgifter är sparade."))
    if awaits:
        text = _("Öppna länken som vi har skickat till %(email)s. Då gäller den adressen.")
        messages.info(request, text % {"email": form.cleaned_data["email"]})
    return redirect("account:index")


def _account(request: HubRequest) -> Account:
    return Account.objects.get(person_id=request.viewer.person_id)


def _person(request: HubRequest) -> Person:
    return Person.objects.visible_to(request.viewer).get_or_404(pk=request.viewer.person_id)
