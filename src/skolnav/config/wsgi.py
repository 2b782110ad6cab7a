"""The WSGI application that granian serves."""

import gc
import io

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
# Only Django's own server runs the system checks by itself. Here they stop any server, at its start, that would
# open a view without a rule (core/access/checks.py). Raises SystemCheckError.
call_command("check", stdout=io.StringIO(), stderr=io.StringIO())

# What is loaded now stays for good. Python's collector would walk all of it again every few requests: 7 % of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
