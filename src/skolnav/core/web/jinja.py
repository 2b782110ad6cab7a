"""The template language of our own pages: Jinja2 that stops at a name it does not know."""

from collections.abc import Callable
from typing import Any

from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Context

from . import speech, words
from .addresses import static, url, url_if_there
from .badges import badge_child
from .icons import icon
from .once import new_form_id
from .printing import PlainPrinting, printed


class Jinja2Templates(Jinja2):
    """Django's backend, reading `<app>/templates/` instead of `<app>/jinja2/`."""

    app_dirname = "templates"


class PlainContext(Context):
    """Calls what a template calls. Jinja2's own first asks each function, seventy times a page, whether it wants the
    context as an argument; none of ours does."""

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if kwargs:  # the compiler's own, for functions that want the context
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return function(*args, **kwargs)


class OurEnvironment(Environment):
    """Jinja2's, calling functions and printing values the short way (printing.py)."""

    code_generator_class = PlainPrinting
    context_class = PlainContext
    printed = staticmethod(printed)


def environment(**options: Any) -> Environment:
    """The one environment. A missing name raises, everything is escaped, `_()` speaks the reader's language."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    options.setdefault("extensions", []).append("jinja2.ext.i18n")
    made = OurEnvironment(**options)
    speech.install(made)
    made.policies["ext.i18n.trimmed"] = True  # as tools/messages.py extracts them
    made.globals.update(
        url=url,
        url_if_there=url_if_there,
        static=static,
        icon=icon,
        _badge=badge_child,
        new_form_id=new_form_id,
    )
    # As filters of a constant these are worked out once, when the template is compiled: `{{ "bell"|icon }}`.
    made.filters.update(words.FILTERS, icon=icon, static=static)
    return made
