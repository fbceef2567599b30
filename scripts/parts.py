"""The parts of a test run, what became of each, and what that means for the run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

SHARED = "../shared"
KNOWN_ANSWERS = f"known answers from {SHARED}"
NAMED_AT_MOST = 3


class State(StrEnum):
    PASSED = "passed"
    FAILED = "FAILED"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    state: State
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Which tests a pytest run ran, and which it skipped, with the reason."""

    ran: frozenset[str] = frozenset()
    skipped: dict[str, str] = field(default_factory=dict)


def read_report(path: Path) -> Report:
    """Read pytest's JUnit report; an expected failure counts as run."""
    if not path.exists():
        return Report()
    ran, skipped = set(), {}
    for case in ElementTree.parse(path).getroot().iter("testcase"):  # noqa: S314  # our own file
        test = f"{case.get('classname')}.{case.get('name')}"
        mark = case.find("skipped[@type='pytest.skip']")
        if mark is None:
            ran.add(test)
        else:
            skipped[test] = mark.get("message") or "no reason given"
    return Report(frozenset(ran), skipped)


def parts_not_run(reports: Sequence[Report]) -> list[Part]:
    """Return what skipped tests mean: one part for all that need the shared folder, one for each other reason.

    A test that one database cannot have and the other ran has run.
    """
    ran = {test for report in reports for test in report.ran}
    tests_by_reason: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for test, reason in report.skipped.items():
            if test not in ran:
                tests_by_reason[reason].add(test)
    return [_part_not_run(reason, sorted(tests)) for reason, tests in sorted(tests_by_reason.items())]


def _part_not_run(reason: str, tests: list[str]) -> Part:
    if SHARED in reason:
        return Part(KNOWN_ANSWERS, State.NOT_RUN, f"{reason} ({_count(tests)})")
    return Part(_some(tests), State.NOT_RUN, reason)


def _some(tests: list[str]) -> str:
    more = len(tests) - NAMED_AT_MOST
    return ", ".join(tests[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _count(tests: list[str]) -> str:
    return f"{len(tests)} {'test' if len(tests) == 1 else 'tests'}"


def summary(parts: Sequence[Part]) -> str:
    """Return one line a part that was timed, and a sentence for everything that could not run here."""
    lines = [f"{part.state:8} {part.seconds:6.1f} s  {part.name}" for part in parts if part.seconds]
    missing = [part for part in parts if part.state is State.NOT_RUN]
    if missing:
        lines += ["", "Could not run on this machine:"]
        lines += [f"- {part.name}: {part.reason.rstrip('.')}." for part in missing]
    return "\n".join(lines)


def exit_status(parts: Sequence[Part], *, strict: bool) -> int:
    """Return 1 when a part failed or, where every part is expected to run, did not run."""
    states = {part.state for part in parts}
    return int(State.FAILED in states or (strict and State.NOT_RUN in states))
