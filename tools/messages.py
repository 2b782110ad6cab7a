"""Gathers the texts of every app into its catalogues; the Swedish text itself is the key.

    python -m tools.messages              all apps: add new texts, drop those that are gone, keep translations
    python -m tools.messages login home   those apps alone
    python -m tools.messages --check      change nothing; fail when an English translation is missing or unsound

English is demanded. Arabic is kept up where an app has begun it (core/web has), and may be half done.
Catalogues bear no line numbers or times, so that a change of them shows texts and nothing else.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "skolnav"
DEMANDED = "en"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JINJA_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
TIMED_HEADERS = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator'
    rb"|Generated-By|Language-Team):.*\n",
    re.MULTILINE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def apps() -> list[Path]:
    """The folder of every installed app of ours; only there does Django look for catalogues."""
    import os

    os.environ.setdefault("SKOLNAV_ENVIRONMENT", "test")
    from skolnav.config import settings

    names = [name for name in settings.INSTALLED_APPS if name.startswith("skolnav.")]
    return [SOURCE.joinpath(*name.split(".")[1:]) for name in names]


def sources(app: Path) -> Iterator[tuple[Path, str]]:
    """The app's files that may hold texts, each with Babel's name for how to read it."""
    others = [other for other in apps() if other != app and other.is_relative_to(app)]
    for file in sorted(app.rglob("*")):
        inside = set(file.relative_to(app).parts)
        if inside & {"tests", "migrations", "static", "locale"} or any(
            file.is_relative_to(o) for o in others
        ):
            continue
        if file.suffix == ".py":
            yield file, "python"
        elif "templates" in inside and file.suffix in (".html", ".txt", ".xml"):
            yield file, "jinja2.ext:babel_extract"


def texts(app: Path) -> Catalog:
    """Every text that the app's templates and modules hold."""
    found = Catalog()
    for file, method in sources(app):
        options = JINJA_OPTIONS if method.startswith("jinja2") else {}
        for _, message, comments, context in extract_from_file(
            method,
            file,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            options=options,
            strip_comment_tags=True,
        ):
            found.add(message, auto_comments=comments, context=context)
    return found


def languages(app: Path) -> list[str]:
    """English, and what else the app has begun. What is Swedish there is Django's words, kept by hand."""
    begun = {folder.name for folder in app.glob("locale/*") if folder.is_dir()}
    return sorted((begun | {DEMANDED}) - {"sv"})


def place(app: Path, language: str) -> Path:
    """Where the catalogue lies."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def kept(app: Path, language: str) -> Catalog:
    """The catalogue as it stands; empty when there is none."""
    file = place(app, language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def renewed(found: Catalog, old: Catalog) -> Catalog:
    """What was found, with the translations that there are. Nothing is guessed from a text that is like it."""
    old.update(found, no_fuzzy_matching=True)
    old.obsolete.clear()
    return old


def write(app: Path, language: str, catalogue: Catalog) -> None:
    """Writes the catalogue, sorted; an app without texts has none."""
    file = place(app, language)
    if not len(catalogue):
        file.unlink(missing_ok=True)
        return
    buffer = io.BytesIO()
    write_po(buffer, catalogue, no_location=True, sort_output=True, omit_header=False, width=110)
    file.parent.mkdir(parents=True, exist_ok=True)
    content = TIMED_HEADERS.sub(b"", buffer.getvalue())
    content = content[content.index(b'msgid ""') :]  # the comment on top bears a year and a template's names
    if not file.exists() or file.read_bytes() != content:
        file.write_bytes(content)


def translations(message: Message) -> list[str]:
    """The message's translations: one, or one for each plural form."""
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string or ""]


def unsound(message: Message) -> str:
    """What is wrong with the translation of a message; an empty text when nothing is."""
    wanted = set(PLACEHOLDER.findall(_ids(message)[-1]))
    for translation in translations(message):
        if not translation or message.fuzzy:
            return "is not translated"
        strangers = set(PLACEHOLDER.findall(translation)) - wanted
        if strangers:
            return f"has {', '.join(sorted(strangers))} in its translation only"
        if not message.pluralizable and wanted - set(PLACEHOLDER.findall(translation)):
            return "has lost a placeholder in its translation"
    return ""


def _ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]


def complaints(chosen: list[Path]) -> Iterator[str]:
    """One line for each text without sound English, and for each that two apps translate differently."""
    first: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for app in chosen:
        name = str(app.relative_to(SOURCE))
        for message in renewed(texts(app), kept(app, DEMANDED)):
            if not message.id:
                continue
            key = (message.context or "", _ids(message)[0])
            problem = unsound(message)
            if problem:
                yield f"{name}: {key[1]!r} {problem}"
                continue
            elsewhere, other = first.setdefault(key, (name, translations(message)))
            if other != translations(message):
                yield f"{name}: {key[1]!r} is translated otherwise in {elsewhere}; give one a context (pgettext)"


def main() -> int:
    """Extracts or checks; the exit code says whether anything is missing."""
    parser = argparse.ArgumentParser(prog="tools.messages", description=__doc__.splitlines()[0])
    parser.add_argument("apps", nargs="*", help="such as login or core/web; none means all")
    parser.add_argument("--check", action="store_true", help="change nothing, fail on missing English")
    options = parser.parse_args()
    chosen = [app for app in apps() if not options.apps or str(app.relative_to(SOURCE)) in options.apps]
    if not options.check:
        for app in chosen:
            found = texts(app)
            for language in languages(app):
                write(app, language, renewed(found, kept(app, language)))
    missing = list(complaints(chosen))
    print("\n".join(missing) if missing else "Every text has its English.")
    if missing and not options.check:
        print(f"\n{len(missing)} left: fill them in under locale/en/LC_MESSAGES/django.po of those apps.")
    return 1 if missing and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
