"""Public ids: unguessable, so that changing one in a URL leads nowhere (and four nets stand behind it)."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models

# Generic for the type checker alone: the class of Django takes no parameters when it runs.
if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 16


def new_public_id() -> str:
    """Sixteen random characters without look-alikes: 93 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(CharField):
    """The id of a row as the world sees it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.update(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "unique", "default", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class PublicIdConverter:
    """`<pid:pupil>` in a URL pattern; anything else is no route at all."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
