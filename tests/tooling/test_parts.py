"""What a run says at its end, and when it counts as failed."""

from pathlib import Path

import pytest

from scripts.parts import Part, Report, State, exit_status, parts_not_run, read_report, summary
from scripts.run_tests import pytest_part

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_runs"/>
<testcase classname="tests.a" name="test_skips"><skipped type="pytest.skip" message="../shared is absent"/></testcase>
<testcase classname="tests.a" name="test_known"><skipped type="pytest.xfail" message="known"/></testcase>
</testsuite></testsuites>"""


def test_read_report__tells_run_from_skipped(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(REPORT)
    report = read_report(path)
    assert report.ran == {"tests.a.test_runs", "tests.a.test_known"}
    assert report.skipped == {"tests.a.test_skips": "../shared is absent"}


def test_read_report__is_empty_when_pytest_wrote_none(tmp_path: Path) -> None:
    assert read_report(tmp_path / "none.xml") == Report()


def test_parts_not_run__makes_one_part_of_the_shared_folder() -> None:
    skipped = {"a": "../shared is absent", "b": "../shared is absent"}
    (part,) = parts_not_run([Report(skipped=skipped), Report(skipped=skipped)])
    assert part.name == "known answers from ../shared"
    assert part.reason == "../shared is absent (2 tests)"


def test_parts_not_run__counts_a_test_that_one_database_ran() -> None:
    assert parts_not_run([Report(skipped={"a": "SQLite cannot"}), Report(ran=frozenset({"a"}))]) == []


@pytest.mark.parametrize(
    ("tests", "named"), [("ba", "a, b"), ("abc", "a, b, c"), ("edcba", "a, b, c and 2 more")]
)
def test_parts_not_run__names_tests_by_their_reason(tests: str, named: str) -> None:
    (part,) = parts_not_run([Report(skipped=dict.fromkeys(tests, "no printer"))])
    assert part == Part(named, State.NOT_RUN, "no printer")


def test_summary__ends_with_what_could_not_run() -> None:
    parts = [
        Part("check", State.PASSED, seconds=1.5),
        Part("browser tests", State.NOT_RUN, "no Chromium was found"),
    ]
    assert summary(parts).splitlines() == [
        "passed      1.5 s  check",
        "",
        "Could not run on this machine:",
        "- browser tests: no Chromium was found.",
    ]


@pytest.mark.parametrize(
    ("state", "strict", "status"),
    [
        (State.PASSED, True, 0),
        (State.NOT_RUN, False, 0),
        (State.NOT_RUN, True, 1),
        (State.FAILED, False, 1),
    ],
)
def test_exit_status__is_strict_where_everything_must_run(state: State, strict: bool, status: int) -> None:
    assert exit_status([Part("check", State.PASSED), Part("suite", state)], strict=strict) == status


@pytest.mark.parametrize(
    ("status", "state"), [(0, State.PASSED), (1, State.FAILED), (2, State.FAILED), (5, State.NOT_RUN)]
)
def test_pytest_part__reads_the_status(status: int, state: State) -> None:
    assert pytest_part("suite", status).state is state
