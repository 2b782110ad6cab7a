"""Whatever a source holds, an import says what is wrong with it and never falls over (hypothesis)."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.core.people.models import Guardianship
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock, scope
from skolnav.exchange.ss12000 import ImportRefused, UnreadableSource, run_import
from skolnav.exchange.ss12000.folder import FolderSource
from skolnav.exchange.ss12000.problems import Problem
from skolnav.exchange.ss12000.reading import read

from .conftest import TODAY, MemorySource, small_school

LIST_NAMES = sorted(set(small_school()) - {"deletedEntities"})
IDS = [
    "kim",
    "alva",
    "mother",
    "father",
    "teacher",
    "5b",
    "duty",
    "enhet",
    "skola",
    "huvudman",
    "nobody",
    "#1",
    "",
]
WORDS = [
    "Vårdnadshavare", "Förälder", "God man", "Sekretessmarkering", "Skyddad folkbokföring", "Ingen", "Avliden",
    "Utvandrad", "Lärare", "Mentor", "Klass", "Skola", "Skolenhet", "Huvudman", "GR", "FTH", "2099-12-31",
    "2019-01-01", "2026-08-17", "2026-02-30", "0001-01-01", "9999-12-31T00:00:00Z", "20150302TF01",
    "198001019804", "800101-9804", "1e9",
]  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(IDS + WORDS)
)
JUNK = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "value", "person"]), SCALARS)
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into a tree of JSON."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    inner = [place for key, value in items for place in places(value, (*path, key))]
    return [path, *inner] if path else inner


@st.composite
def broken_lists(draw: st.DrawFn) -> dict[str, Any]:
    """A sound school with a few things dropped, replaced, doubled or moved."""
    lists = small_school()
    for _ in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(LIST_NAMES))
        if not isinstance(lists[name], list) or not lists[name]:
            continue
        *parents, last = draw(st.sampled_from(places(lists[name])))
        node: Any = lists[name]
        for key in parents:
            node = node[key]
        match draw(st.sampled_from(["drop", "replace", "double"])):
            case "drop":
                del node[last]
            case "replace":
                node[last] = draw(JUNK)
            case "double" if isinstance(node, list):
                node.append(json.loads(json.dumps(node[last])))
    return lists


@given(lists=broken_lists())
@settings(max_examples=300, deadline=None)
def test_a_broken_row_becomes_a_problem_with_its_sentence(lists: dict[str, Any]) -> None:
    reading = read(MemorySource(lists), TODAY)

    assert all(isinstance(problem, Problem) and problem.message for problem in reading.problems)


@pytest.mark.django_db
@given(lists=broken_lists())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_came_in_a_second_run_changes_nothing(lists: dict[str, Any]) -> None:
    """The examples follow upon each other in one database: each also meets what those before it left."""
    try:
        run_import(source=MemorySource(lists), organiser="Granby kommun", accept_removals=True)
    except ImportRefused:
        return
    again = run_import(source=MemorySource(lists), organiser="Granby kommun", accept_removals=True)

    assert again.plan.changes == []


@pytest.mark.django_db
@given(lists=broken_lists())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_source_gives_back_what_the_office_took(lists: dict[str, Any]) -> None:
    organiser = Organiser.objects.get(name="Granby kommun")
    run_import(source=MemorySource(small_school()), organiser=organiser.name, accept_removals=True)
    with scope.of_organiser(organiser.pk):
        of_mother = Guardianship.everything.filter(guardian__source_id="mother")
        of_mother.filter(ended_at=None).update(ended_at=clock.now(), ended_by_id=1)

        run_import(source=MemorySource(lists), organiser=organiser.name, accept_removals=True)

        assert not of_mother.filter(Guardianship.gives_access_on(clock.today())).exists()


@given(name=st.sampled_from(LIST_NAMES), share=st.floats(0, 1), flipped=st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_a_cut_or_damaged_file_is_refused_or_read_by_row(name: str, share: float, flipped: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for other, content in small_school().items():
            (Path(folder) / f"{other}.json").write_text(json.dumps(content), encoding="utf-8")
        file = Path(folder) / f"{name}.json"
        sound = file.read_bytes()
        position = int(share * (len(sound) - 1))

        file.write_bytes(sound[:position])
        with pytest.raises(UnreadableSource, match=name):
            list(FolderSource(Path(folder)).entities(name))  # type: ignore[arg-type]

        file.write_bytes(sound[:position] + bytes([flipped]) + sound[position + 1 :])
        try:
            read(FolderSource(Path(folder)), TODAY)
        except UnreadableSource as error:
            assert name in str(error)  # noqa: PT017 (it may also be readable)
