"""Limits that stop guessing and lock nobody else out. Counted in the database, for all processes together.

- Ten attempts a quarter of an hour for a user name from one place (an address, or a browser that has logged in
  as that name before). Somebody elsewhere who guesses shuts their own place only; and since nothing is counted
  by address alone, a school behind one address is not shut by one of its pupils.
- Fifty an hour for a user name from all unknown places together, so that guessing from many addresses is slow
  too. Places from which the name has logged in before do not count there and are not stopped by it.

An attempt is taken before the password is looked at and given back when it was right, so that a hundred at
once are counted as a hundred. Names without an account are counted in the same statements.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import F

from skolnav.core.people.secrets import keyed_hash
from skolnav.core.tenancy import clock

from .models import AttemptCount, KnownPlace, as_typed

KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Budget:
    """So many attempts in each window of time."""

    name: str
    at_most: int
    window: timedelta

    def current_window(self) -> datetime:
        length = int(self.window.total_seconds())
        return datetime.fromtimestamp(int(clock.now().timestamp()) // length * length, UTC)


FROM_ONE_PLACE = Budget("place", 10, timedelta(minutes=15))
FROM_UNKNOWN_PLACES = Budget("unknown places", 50, timedelta(hours=1))


class TooManyAttempts(Exception):
    """The budget is used up until `until` (aware)."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True)
class Place:
    """Where somebody logs in from: an address, and the random name that we gave the browser, if it has one."""

    address: str
    device: str = ""

    def keys(self, username: str) -> list[str]:
        """What is counted and remembered for a user name, the browser first."""
        marks = ([f"device {self.device}"] if self.device else []) + [f"address {self.address}"]
        return [keyed_hash(f"{mark}|{as_typed(username)}") for mark in marks]


@dataclass(frozen=True)
class Taken:
    """Attempts taken from budgets."""

    counts: tuple[tuple[str, datetime], ...]

    def give_back(self) -> None:
        """The attempt was none: the password was right, or it was never looked at."""
        for key, window in self.counts:
            AttemptCount.objects.filter(key=key, window=window, count__gt=0).update(count=F("count") - 1)


def take_login(username: str, place: Place) -> Taken:
    """One attempt at a user name from a place; raises `TooManyAttempts`."""
    keys = place.keys(username)
    recently = clock.now() - KNOWN_FOR
    known = set(
        KnownPlace.objects.filter(key__in=keys, last_login_at__gte=recently).values_list("key", flat=True)
    )
    # A known browser has a budget of its own: what others guess from the same address does not shut it.
    counted = next((key for key in keys if key in known), keys[-1])
    everywhere = keyed_hash(f"unknown places|{as_typed(username)}")
    budgets = [(FROM_ONE_PLACE, counted)] + ([] if known else [(FROM_UNKNOWN_PLACES, everywhere)])
    return _take_all(budgets)


def take(budget: Budget, subject: str) -> Taken:
    """One attempt from a budget of another kind; `subject` is hashed with a key. Raises `TooManyAttempts`."""
    return _take_all([(budget, keyed_hash(f"{budget.name}|{subject}"))])


def remember_place(username: str, place: Place) -> None:
    """A login from here was right: the place has its own budget from now on."""
    now = clock.now()
    KnownPlace.objects.bulk_create(
        [KnownPlace(key=key, last_login_at=now) for key in place.keys(username)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["last_login_at"],
    )


def welcome_back(username: str, place: Place) -> None:
    """Somebody here has proved by a mailed link that the name is theirs: what was counted for the place is forgiven."""
    AttemptCount.objects.filter(key__in=place.keys(username)).delete()
    remember_place(username, place)


def _take_all(budgets: list[tuple[Budget, str]]) -> Taken:
    """One more from each, or from none: counted in a single statement, so that two at once cannot both be the last."""
    windows = {key: budget.current_window() for budget, key in budgets}
    counts = _count_one_more(windows)
    taken = Taken(tuple(windows.items()))
    for budget, key in budgets:
        if counts[key] > budget.at_most:
            taken.give_back()
            raise TooManyAttempts(windows[key] + budget.window)
    return taken


def _count_one_more(windows: dict[str, datetime]) -> dict[str, int]:
    """What has been counted of each key in its window, with this time; the same words for both databases."""
    values = ", ".join(["(%s, %s, 1)"] * len(windows))
    statement = f"""
        INSERT INTO accounts_attemptcount AS known ("key", "window", "count") VALUES {values}
        ON CONFLICT ("key", "window") DO UPDATE SET "count" = known."count" + 1
        RETURNING "key", "count"
    """  # noqa: S608 (placeholders alone)
    adapt = connection.ops.adapt_datetimefield_value
    parameters = [value for key, window in windows.items() for value in (key, adapt(window))]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return dict(cursor.fetchall())
