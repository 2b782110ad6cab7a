"""A password's hash leaves the processors to the pages, and older hashes follow."""

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password


def test_a_password_is_hashed_in_one_lane():
    assert ",p=1$" in make_password("ekdal-demo")


def test_a_hash_of_many_lanes_opens_and_is_made_anew():
    older, renewed = Argon2PasswordHasher(), []
    stored = older.encode("ekdal-demo", older.salt())

    assert check_password("ekdal-demo", stored, setter=renewed.append)
    assert renewed == ["ekdal-demo"]
