"""Days in addresses: `/personal/franvaro/lektion/<pid:lesson>/<day:day>/`."""

from datetime import date

# Wide enough for every archive, and narrow enough for reckoning a year around any of them.
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)


class DayConverter:
    """`<day:day>` in a URL pattern, as ISO writes it; a day that no calendar has, or ages away, is no route."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if not EARLIEST <= day <= LATEST:
            raise ValueError("No school has that day.")
        return day

    def to_url(self, value: date | str) -> str:
        return str(value)
