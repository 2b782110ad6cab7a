"""Columns that a stolen database must not give away: encrypted to keep, hashed with a key to find.

Every key is derived from SECRET_KEY, one per purpose (HKDF, RFC 5869), so that none of them opens another's
lock. To change SECRET_KEY, move the old one to SECRET_KEY_FALLBACKS: it still decrypts and is still searched.
Saving a row writes with the present key; when all rows are saved anew, the old key can go.
Why so, and what it does not protect against: docs/decisions/0010-encrypted-columns.md.
"""

import base64
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

# Generic for the type checker alone: the class of Django takes no parameters when it runs.
if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField

NONCE_BYTES = 12
# Says how a stored value is to be read, so that another cipher can come one day.
PREFIX = "a1."


class DecryptionError(RuntimeError):
    """A stored value was written with a key that this installation does not have, or was tampered with."""

    def __init__(self) -> None:
        super().__init__(
            "An encrypted value cannot be read with the present secret key. If the key was changed, "
            "put the old one in SKOLNAV_OLD_SECRET_KEYS."
        )


def encrypt(text: str) -> str:
    """Text for the database: AES-256-GCM with a random nonce, so equal texts do not look equal."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derived_key(settings.SECRET_KEY, "field encryption")).encrypt(nonce, text.encode(), None)
    return PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(stored: str) -> str:
    """What `encrypt` was given, whichever of the known keys it was written with. Raises DecryptionError."""
    if not stored.startswith(PREFIX):
        raise DecryptionError
    raw = base64.urlsafe_b64decode(stored.removeprefix(PREFIX))
    for secret in _secrets():
        cipher = AESGCM(_derived_key(secret, "field encryption"))
        try:
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
        except InvalidTag:
            continue
    raise DecryptionError


def keyed_hash(text: str) -> str:
    """A fingerprint to store and to find by: HMAC-SHA256 with this installation's present key, 64 characters.

    Identity numbers are few enough to try them all; without the key the fingerprint cannot be tried.
    """
    return _fingerprint(settings.SECRET_KEY, text)


def keyed_hashes(text: str) -> list[str]:
    """The fingerprints with the present and the old keys, to search while a change of key is under way."""
    return [_fingerprint(secret, text) for secret in _secrets()]


class EncryptedTextField(TextField):
    """Text that the database holds encrypted. It cannot be searched: keep a `keyed_hash` beside it.

    An empty text is stored as it is.
    """

    description = "Encrypted text"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def get_lookup(self, lookup_name: str) -> Any:
        # Two encryptions of one text differ, so a comparison would silently find nothing.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else self._refuse(lookup_name)

    def _refuse(self, lookup_name: str) -> NoReturn:
        raise FieldError(
            f"{self.name} is encrypted: {lookup_name} would find nothing. Search its keyed hash."
        )


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _fingerprint(secret: str, text: str) -> str:
    return hmac.digest(_derived_key(secret, "lookup hash"), text.encode(), "sha256").hex()


@lru_cache(maxsize=32)
def _derived_key(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"skolnav/{purpose}/1".encode()).derive(secret.encode())
