"""Where a form leads back to. The browser says it, so it is believed only where it is a page of ours."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, asked: str, otherwise: str) -> HttpResponseRedirect:
    """A redirect to the page that was asked for, or to `otherwise` where that is no path of this site.

    A path alone, and not Django's `redirect`: that takes a word for the name of a view, and fails on another.
    """
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, request.is_secure()
    )
    return HttpResponseRedirect(asked if is_ours else otherwise)
