"""What a school has chosen for absence, or the defaults where it has chosen nothing."""

from collections.abc import Iterable

from skolnav.boxes.absence.models import AbsenceSettings


def settings_of(school_ids: Iterable[int]) -> dict[int, AbsenceSettings]:
    """School id -> its settings, for schools that came through a door. One statement.

    A school without a row gets the defaults as an object that is not saved (`pk` is None).
    """
    wanted = set(school_ids)
    found = {one.school_id: one for one in AbsenceSettings.everything.filter(school__in=wanted)}
    return {school_id: found.get(school_id) or AbsenceSettings(school_id=school_id) for school_id in wanted}
