"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OneLaneArgon2(Argon2PasswordHasher):
    """Django's Argon2 (100 MB, twice over) on one processor instead of eight threads that all want one.

    It is as dear to guess, and a rush of logins takes its fair share of the processors instead of most of them. A
    hash with other lanes is made anew when its owner logs in.
    """

    parallelism = 1
