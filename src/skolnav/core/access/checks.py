"""System checks: no view without a rule, no sensitive model without a guard. The server refuses to start."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models.fields.related import RelatedField
from django.urls import URLPattern, URLResolver, get_resolver

from skolnav.core.tenancy.managers import Doors, Guarded

from .pages import RULE


def walk(resolver: URLResolver | None = None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every pattern of the installation: (route, full name, view), in order."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, ":".join((*names, pattern.name or "")), pattern.callback
        else:
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from walk(pattern, route, inner)


@register("urls")
def every_view_names_its_rule(**_: Any) -> list[CheckMessage]:
    """An Error for each view, our own or a library's, that no `@page(…)` guards."""
    return [
        Error(f"The view at /{route} names no rule.", hint="Put @page(may_…) on it.", id="skolnav.E001")
        for route, _name, view in walk()
        if not hasattr(view, RULE)
    ]


@register("models")
def every_guarded_model_keeps_its_guard(**_: Any) -> list[CheckMessage]:
    """An Error for each model that replaced the guarded manager, or that others can walk into from behind."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, Guarded):
            continue
        if not isinstance(model.objects, Doors):
            errors.append(Error(f"{model.__name__}.objects is not guarded.", obj=model, id="skolnav.E002"))
        errors += [
            Error(
                f"{field} can be reached from behind.", hint='related_name="+"', obj=model, id="skolnav.E003"
            )
            for field in model._meta.get_fields()
            if isinstance(field, RelatedField) and not field.remote_field.hidden
        ]
    return errors
