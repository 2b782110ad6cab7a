import re

from skolnav.core.accounts.initial_passwords import new_initial_password


def test_initial_passwords_are_easy_to_read_and_never_the_same():
    made = {new_initial_password() for _ in range(500)}

    assert len(made) == 500
    for password in made:
        assert re.fullmatch(
            r"([bdfghjkmnprstv][aeiou]){2}(-([bdfghjkmnprstv][aeiou]){2}){3}-[2346789]{4}", password
        )
