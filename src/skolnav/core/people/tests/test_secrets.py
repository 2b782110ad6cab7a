"""Encrypted columns: what the database holds, what Python sees, and what a change of key does."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from skolnav.core.people.secrets import (
    DecryptionError,
    EncryptedTextField,
    decrypt,
    encrypt,
    keyed_hash,
    keyed_hashes,
)

pytestmark = pytest.mark.requirement("15-security-1")

NUMBER = "201306129805"


def test_equal_texts_do_not_look_equal_and_read_back():
    one, other = encrypt(NUMBER), encrypt(NUMBER)

    assert one != other
    assert NUMBER not in one
    assert decrypt(one) == decrypt(other) == NUMBER


def test_a_changed_value_is_refused():
    stored = encrypt(NUMBER)
    changed = stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:]

    with pytest.raises(DecryptionError):
        decrypt(changed)
    with pytest.raises(DecryptionError, match="SKOLNAV_OLD_SECRET_KEYS"):
        decrypt(NUMBER)


def test_a_new_secret_key_reads_and_finds_what_the_old_one_wrote(settings):
    stored, fingerprint = encrypt(NUMBER), keyed_hash(NUMBER)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the same length as the first one, for this test"

    assert decrypt(stored) == NUMBER
    assert keyed_hash(NUMBER) != fingerprint
    assert keyed_hashes(NUMBER) == [keyed_hash(NUMBER), fingerprint]


def test_without_the_old_key_nothing_reads(settings):
    stored = encrypt(NUMBER)
    settings.SECRET_KEY = "another key of the same length as the first one, for this test"

    with pytest.raises(DecryptionError):
        decrypt(stored)


@pytest.fixture
def vault(transactional_db):
    """A table with an encrypted column, made for this test."""
    with isolate_apps("skolnav.core.people"):

        class Vault(models.Model):
            text = EncryptedTextField(blank=True, null=True)

            class Meta:
                app_label = "people"

    with connection.schema_editor() as editor:
        editor.create_model(Vault)
    yield Vault
    with connection.schema_editor() as editor:
        editor.delete_model(Vault)


def test_the_column_is_encrypted_however_it_is_written(vault):
    saved = vault.objects.create(text=NUMBER)
    empty, none = vault.objects.create(text=""), vault.objects.create(text=None)
    updated, bulk = vault.objects.bulk_create([vault(text="x"), vault(text="y")])
    vault.objects.filter(pk=updated.pk).update(text=NUMBER)
    bulk.text = NUMBER
    vault.objects.bulk_update([bulk], ["text"])

    with connection.cursor() as cursor:
        cursor.execute("select text from people_vault where text <> ''")
        stored = [row[0] for row in cursor.fetchall()]

    assert len(stored) == 3
    assert all(value.startswith("a1.") and NUMBER not in value for value in stored)
    for row, text in ((saved, NUMBER), (updated, NUMBER), (bulk, NUMBER), (empty, ""), (none, None)):
        assert vault.objects.get(pk=row.pk).text == text


def test_an_encrypted_column_refuses_to_be_searched(vault):
    with pytest.raises(FieldError, match="keyed hash"):
        vault.objects.filter(text=NUMBER)
    assert not vault.objects.filter(text__isnull=True).exists()
