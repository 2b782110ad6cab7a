"""A change of secret key from beginning to end."""

from datetime import date

import pytest

from skolnav.core.people.models import Person
from skolnav.core.people.rotation import encrypted_columns, rewrite_secrets
from skolnav.core.people.secrets import DecryptionError, keyed_hash, keyed_hashes
from skolnav.demo.identity import number_for

pytestmark = pytest.mark.requirement("15-security-1")

NEW_KEY = "another key of the same length as the first one, for this test"


def test_every_row_is_written_with_the_new_key_and_the_old_one_can_go(cast, settings, monkeypatch):
    monkeypatch.setattr("skolnav.core.people.rotation.AT_ONCE", 3)
    numbers = dict(Person.everything.values_list("pk", "identity_number"))
    somebody = next(pk for pk, number in numbers.items() if number)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW_KEY
    found_by = keyed_hashes(numbers[somebody])
    assert Person.everything.get(identity_number_hash__in=found_by).pk == somebody
    steps = []

    rows = rewrite_secrets(steps.append)

    settings.SECRET_KEY_FALLBACKS = []
    assert dict(Person.everything.values_list("pk", "identity_number")) == numbers
    assert Person.everything.get(identity_number_hash=keyed_hash(numbers[somebody])).pk == somebody
    assert sum(steps) == rows >= len(numbers)
    assert Person in encrypted_columns()


def test_a_row_that_no_key_opens_stops_it(cast, settings):
    Person.everything.filter(pk=cast.kim.pk).update(identity_number=number_for(date(2015, 4, 11), 3))
    settings.SECRET_KEY = NEW_KEY

    with pytest.raises(DecryptionError):
        rewrite_secrets()
