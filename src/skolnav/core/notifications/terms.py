"""The words of this package: by which channels people are told, when, and in which of their roles."""

from enum import Flag

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a notice comes to somebody. The bell is always there; the rest leave the house (`channels`)."""

    BELL = "bell", _("Klockan")
    EMAIL = "email", _("Mejl")
    PUSH = "push", _("Telefonen")
    SMS = "sms", _("Sms")


class When(models.TextChoices):
    """What a person has chosen for a kind of notice and a channel."""

    AT_ONCE = "at_once", _("Direkt")
    OFF = "off", _("Av")


class Who(Flag):
    """In which role a kind of notice concerns people. Whoever loses the role loses the notice."""

    GUARDIANS = 1
    PUPILS = 2
    STAFF = 4
    FAMILY = 3
