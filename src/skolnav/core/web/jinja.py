"""The template language of our own pages: Jinja2 that stops at a name it does not know."""

from typing import Any

from django.template.backends.jinja2 import Jinja2
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from . import icons, words
from .addresses import static, url, url_if_there
from .once import new_form_id


class Jinja2Templates(Jinja2):
    """Django's backend, reading `<app>/templates/` instead of `<app>/jinja2/`."""

    app_dirname = "templates"


def environment(**options: Any) -> Environment:
    """The one environment. A missing name raises, everything is escaped, `_()` speaks the reader's language."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    options.setdefault("extensions", []).append("jinja2.ext.i18n")
    made = Environment(**options)  # noqa: S701 (Django's backend passes autoescape=True)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        url=url, url_if_there=url_if_there, static=static, icon=icons.icon, new_form_id=new_form_id
    )
    made.filters.update(words.FILTERS)
    return made
