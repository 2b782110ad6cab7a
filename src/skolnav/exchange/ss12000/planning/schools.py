"""The tree of organisations: which school unit a row of the source is about."""

from collections.abc import Mapping

from skolnav.exchange.ss12000.entities import Organisation, OrganisationType
from skolnav.exchange.ss12000.problems import Reason

# A duty at one of these counts for every unit below it. One at the organiser or a district would open all
# its schools to somebody: too much to read out of a row.
COUNT_FOR_UNITS_BELOW = (OrganisationType.SCHOOL, OrganisationType.PRINCIPAL_AREA)


class SchoolTree:
    def __init__(self, organisations: Mapping[str, Organisation]) -> None:
        self._all = organisations
        self._below: dict[str, list[str]] = {}
        for one in organisations.values():
            if one.parent:
                self._below.setdefault(one.parent, []).append(one.id)
        self.units = {id: one for id, one in organisations.items() if self._is_unit(one)}
        self.organisers = {
            id: one for id, one in organisations.items() if one.type is OrganisationType.ORGANISER
        }

    def organiser_of(self, id: str) -> str | None:
        """The id of the organiser above; None where the chain of parents leads to none."""
        return next((above for above in self._line_up(id) if above in self.organisers), None)

    def unit_of(self, id: str) -> str | Reason:
        """The one unit that a pupil or a group at this organisation is at."""
        if id in self.units:
            return id
        found = self.units_of(id)
        if isinstance(found, Reason):
            return found
        return found[0] if len(found) == 1 else Reason.SEVERAL_SCHOOL_UNITS

    def units_of(self, id: str) -> list[str] | Reason:
        """The units that somebody on duty at this organisation works for."""
        if id not in self._all:
            return Reason.UNKNOWN_ORGANISATION
        if id in self.units:
            return [id]
        if self._all[id].type not in COUNT_FOR_UNITS_BELOW:
            return Reason.ABOVE_SCHOOLS
        return self._units_below(id) or Reason.NO_SCHOOL_UNIT

    def _is_unit(self, one: Organisation) -> bool:
        """A Skolenhet; or a Skola with a unit's code and no Skolenhet below, as some servers have it."""
        if one.type is OrganisationType.UNIT:
            return True
        children = [self._all[id] for id in self._below.get(one.id, [])]
        has_units = any(child.type is OrganisationType.UNIT for child in children)
        return one.type is OrganisationType.SCHOOL and bool(one.school_unit_code) and not has_units

    def _units_below(self, id: str) -> list[str]:
        found, waiting, seen = [], [id], set[str]()
        while waiting:
            current = waiting.pop()
            if current in seen:  # a source may name each of two organisations as the other's parent
                continue
            seen.add(current)
            if current in self.units:
                found.append(current)
            waiting += self._below.get(current, [])
        return sorted(found)

    def _line_up(self, id: str) -> list[str]:
        line: list[str] = []
        current: str | None = id
        while current and current in self._all and current not in line:
            line.append(current)
            current = self._all[current].parent
        return line
