"""The bench reads what others print, and judges by it. (Nothing here is timed.)"""

from collections import Counter

import pytest

from tools.bench.driving import figures
from tools.bench.floors import script_of
from tools.bench.goals import ORDINARY, WRITES, Verdict, ratio, ratios, verdicts
from tools.bench.readings import Process, read_pgbench, read_stat, read_wrk, ticks_of_tree
from tools.bench.weight import totals

WRK = """Running 4s test @ http://127.0.0.1:8460
  1 threads and 16 connections
RESULT 4000 4000000 12345 45678 3 1
"""


def test_the_line_of_wrk_becomes_figures() -> None:
    seen = read_wrk(WRK)

    assert (seen.rps, seen.p50_ms, seen.p99_ms, seen.refused, seen.broken) == (1000, 12.345, 45.678, 3, 1)


def test_a_wrk_that_printed_no_line_is_not_taken_for_zero() -> None:
    with pytest.raises(ValueError, match="unable to connect"):
        read_wrk("unable to connect to 127.0.0.1:8460")


def test_cpu_is_shared_out_over_the_answers() -> None:
    found = figures(read_wrk(WRK), served=4.0, asked=2.0)

    assert (found.cpu_ms_server, found.cpu_ms_database, found.cpu_ms) == (1.0, 0.5, 1.5)


def test_the_kernels_line_is_read_also_when_the_name_holds_parentheses() -> None:
    line = "42 (a (b) c) S 7 42 42 0 -1 4194560 100 0 0 0 30 12 5 3 20 0 1 0 100 0 0"

    assert read_stat(line) == Process(pid=42, parent=7, ticks=50)


def test_a_programs_processes_are_counted_and_nobody_elses() -> None:
    processes = [Process(1, 0, 100), Process(2, 1, 10), Process(3, 2, 5), Process(4, 0, 1000)]

    assert ticks_of_tree(1, processes) == 115


def test_pgbench_is_read_and_its_failures_are_not() -> None:
    done = "number of failed transactions: 0 (0.000%)\nlatency average = 8.1 ms\ntps = 1975.3 (without initial …)"

    assert read_pgbench(done) == (1975.3, 8.1)
    with pytest.raises(ValueError, match="did not run"):
        read_pgbench(done.replace("transactions: 0", "transactions: 5"))


def test_a_pages_statements_become_a_script_with_variables_of_their_own() -> None:
    script, variables = script_of(
        [
            {"sql": "SELECT %(now)s::date,\n  7 %% 2", "parameters": {"now": "2026-11-23"}},
            {"sql": "SELECT %(keys)s::text[]", "parameters": {"keys": "{s:1,g:2}", "unused": 1}},
        ]
    )

    assert script == "SELECT :now_1::date, 7 % 2;\nSELECT :keys_2::text[];\n"
    assert variables == {"now_1": "2026-11-23", "keys_2": "{s:1,g:2}"}


def test_a_bound_itself_is_met() -> None:
    assert Verdict("at most", 1.05, 1.05).is_met
    assert not Verdict("at most", 1.05, 1.06).is_met
    assert Verdict("at least", 0.24, 0.24, at_most=False).is_met
    assert not Verdict("at least", 0.24, 0.23, at_most=False).is_met


def test_nothing_to_compare_with_is_no_ratio() -> None:
    assert ratio(5, 0) == 0


def _run() -> dict[str, object]:
    page = {"16": {"rps": 500.0, "p99_ms": 14.0, "cpu_ms_server": 0.8, "cpu_ms_database": 0.2, "sql": 4}}
    bare = {"16": {"rps": 5000.0, "cpu_ms_server": 0.1}}
    floors = {"pgbench": {"rps": 2000.0}, "bare_django": bare, "nginx": {"16": {"rps": 50_000.0}}}
    pages = dict.fromkeys(("start", *ORDINARY, *WRITES), page)
    return {**pages, "monday": {"32": page["16"]}, "floors": floors, "scale": {"ratio": 1.2}}


def test_a_run_is_held_against_its_own_floors() -> None:
    found = ratios(_run())

    assert found == {
        "start_of_pgbench": 0.25,
        "start_of_bare_django": 0.1,
        "start_of_nginx": 0.01,
        "cpu_of_bare_django": 8.0,
        "cost_at_100000_of_1000": 1.2,
    }


def test_every_goal_is_judged() -> None:
    run = _run()
    run["ratios"] = ratios(run)

    missed = [one.goal for one in verdicts(run) if not one.is_met]

    assert missed == ["start page: CPU at 100,000 pupils / at 1,000"]


def test_the_font_is_weighed_apart_and_what_came_from_the_cache_is_no_request() -> None:
    found = totals(
        {"1": "Document", "2": "Font", "3": "Script"}, Counter({"1": 9000, "2": 30_000, "3": 6000, "4": 0})
    )

    assert found == {"requests": 3, "kb": 15.0, "font_kb": 30.0}
