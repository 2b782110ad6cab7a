"""`skolnav migrate`: everything a new version needs before it serves."""

from .console import errors
from .surroundings import make_data_folder, start_django


def migrate() -> None:
    """Prepare the data folder and the database for this version; safe to repeat.

    Makes the folder, brings the database up to date, compiles the translations and gathers the static files.
    """
    make_data_folder()
    start_django()
    prepare_installation()
    errors.print("The database is up to date.")


def prepare_installation() -> None:
    """Migrations, translations and static files; quick when there is nothing to do."""
    from django.core.management import call_command

    from skolnav.config.messages import compile_catalogues

    compile_catalogues()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
