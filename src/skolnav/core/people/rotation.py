"""After a change of secret key: every encrypted column is written anew, so that the old key can be thrown away."""

from collections.abc import Callable

from django.apps import apps
from django.db import models, transaction

from skolnav.core.tenancy.scope import over_all_organisers

from .secrets import EncryptedTextField, keyed_hash

AT_ONCE = 500


def encrypted_columns() -> dict[type[models.Model], list[str]]:
    """Every model with encrypted columns, and their names."""
    found = {
        model: [field.name for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]
        for model in apps.get_models()
    }
    return {model: names for model, names in found.items() if names}


def rewrite_secrets(advance: Callable[[int], None] = lambda rows: None) -> int:
    """Decrypt with whichever key fits and write with the present one; returns how many rows.

    A column `x` that has an `x_hash` beside it is hashed anew too. A few hundred rows to a transaction: it can
    be stopped and run again, and the house is open meanwhile. Raises DecryptionError on a row no key opens.
    """
    with over_all_organisers():
        return sum(_rewrite(model, names, advance) for model, names in encrypted_columns().items())


def _rewrite(model: type[models.Model], names: list[str], advance: Callable[[int], None]) -> int:
    hashes = {name: f"{name}_hash" for name in names if _has_column(model, f"{name}_hash")}
    done, last = 0, 0
    while True:
        with transaction.atomic():
            # Locked, so that what somebody types meanwhile is not written over.
            rows = list(
                model._base_manager.filter(pk__gt=last)
                .order_by("pk")
                .select_for_update()
                .only(*names)[:AT_ONCE]
            )
            for row in rows:
                for name, hash_name in hashes.items():
                    text = getattr(row, name)
                    setattr(row, hash_name, keyed_hash(text) if text else "")
            model._base_manager.bulk_update(rows, [*names, *hashes.values()])
        if not rows:
            return done
        done, last = done + len(rows), rows[-1].pk
        advance(len(rows))


def _has_column(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.local_fields)
