"""An index of words: the database's own, so that nothing more has to run. Words are matched by their beginning."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """
CREATE VIRTUAL TABLE feed_words USING fts5(text, content='feed_searchtext', content_rowid='entry_id', tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER feed_words_new AFTER INSERT ON feed_searchtext BEGIN
  INSERT INTO feed_words(rowid, text) VALUES (new.entry_id, new.text); END;
CREATE TRIGGER feed_words_gone AFTER DELETE ON feed_searchtext BEGIN
  INSERT INTO feed_words(feed_words, rowid, text) VALUES ('delete', old.entry_id, old.text); END;
CREATE TRIGGER feed_words_changed AFTER UPDATE ON feed_searchtext BEGIN
  INSERT INTO feed_words(feed_words, rowid, text) VALUES ('delete', old.entry_id, old.text);
  INSERT INTO feed_words(rowid, text) VALUES (new.entry_id, new.text); END;
"""


def make_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            cursor.execute("CREATE INDEX feed_words ON feed_searchtext USING gin(to_tsvector('simple', text))")
        else:
            for statement in SQLITE.split(";\nCREATE"):
                cursor.execute(statement if statement.startswith("\nCREATE") else f"CREATE{statement}")


def drop_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            cursor.execute("DROP INDEX feed_words")
        else:
            for trigger in ("new", "gone", "changed"):
                cursor.execute(f"DROP TRIGGER feed_words_{trigger}")
            cursor.execute("DROP TABLE feed_words")


class Migration(migrations.Migration):
    dependencies = [("feed", "0001_initial")]
    operations = [migrations.RunPython(make_index, drop_index)]
