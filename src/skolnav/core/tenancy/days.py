"""Days in addresses: `/personal/franvaro/lektion/<pid:lesson>/<day:day>/`."""

from datetime import date


class DayConverter:
    """`<day:day>` in a URL pattern, as ISO writes it; a day that no calendar has is no route at all."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
