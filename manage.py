"""For Django's own commands while developing; operators use `skolnav`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skolnav.config.settings")
execute_from_command_line(sys.argv)
