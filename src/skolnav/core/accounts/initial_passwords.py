"""The password on a letter: easy to read aloud and to type on any keyboard, impossible to guess."""

import secrets

# No l, q, w, x, y, z and no 0, 1, 5: nothing that looks or sounds like something else.
_CONSONANTS = "bdfghjkmnprstv"
_VOWELS = "aeiou"
_DIGITS = "2346789"
_WORDS = 4
# Syllables by chance; what must not stand in a letter from a school.
_REFUSED = ("kuk", "fita", "hora", "nige", "nega", "negu", "pita", "rova", "bog", "fagi", "dago")


def new_initial_password() -> str:
    """Such as "kamo-reti-supa-vedu-4739": four words and four digits, 60 bits."""
    while True:
        words = [_syllable() + _syllable() for _ in range(_WORDS)]
        if not any(refused in "".join(words) for refused in _REFUSED):
            return "-".join([*words, "".join(secrets.choice(_DIGITS) for _ in range(4))])


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
