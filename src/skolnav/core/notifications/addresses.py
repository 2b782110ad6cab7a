"""Where people can be reached: their accounts. Those stand a floor above, so Django is asked for the model."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Contact:
    """How one person is reached outside the house: only addresses that their owner has confirmed."""

    person_id: int
    language: str
    email: str = ""


def people_with_accounts() -> QuerySet[Any, int]:
    """The ids of everybody who can log in, as a subquery."""
    return get_user_model().objects.filter(is_active=True).values_list("person_id", flat=True)


def contacts_of(person_ids: Collection[int]) -> dict[int, Contact]:
    """The contacts of those who have an open account, by person."""
    rows = get_user_model().objects.filter(person_id__in=person_ids, is_active=True)
    return {
        person_id: Contact(person_id, language or settings.LANGUAGE_CODE, email)
        for person_id, language, email in rows.values_list("person_id", "language", "verified_email")
    }
