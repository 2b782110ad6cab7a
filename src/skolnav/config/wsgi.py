"""The WSGI application that granian serves."""

import io

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
# Only Django's own server runs the system checks by itself. Here they stop any server, at its start, that would
# open a view without a rule (core/access/checks.py). Raises SystemCheckError.
call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
