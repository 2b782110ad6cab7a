"""`skolnav setup`: from an empty folder to an administrator who can log in."""


def setup() -> None:
    """Make the first organiser, school and administrator, and print the administrator's first credential."""
