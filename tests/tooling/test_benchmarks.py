"""The generator and the table of the benchmarks; nothing here depends on time."""

import json
import subprocess
import sys

import numpy as np
import pytest

from benchmarks import plans
from benchmarks.__main__ import MEASURED, PAGE, PLANS, with_runs
from benchmarks.measure import OURS, pedigree_of
from benchmarks.peers import QUESTIONS
from benchmarks.synthetic import UNKNOWN, WILD, captive_book
from benchmarks.table import duration, lines, missed, name
from benchmarks.targets import COMPARISONS, PARTS, Comparison, compared, keys
from benchmarks.timing import MOST_RUNS, SMALL, Measured, Task, measured
from pedigree import FEMALE, MALE, Pedigree, Population, Record, kinship_matrix, solve_plan

OURS_KEY, PEER_KEY = ("kinship", "numpy", 1_000), ("kinship", "sgkit", 1_000)


def found(ours: float, peer: float, value: float = 0.25) -> dict[tuple[str, str, int], Measured]:
    return {OURS_KEY: Measured(ours, 9, 0.25, 100), PEER_KEY: Measured(peer, 3, value, 1_500)}


def test_captive_book__is_the_same_for_one_seed() -> None:
    one, again, other = captive_book(300, seed=3), captive_book(300, seed=3), captive_book(300, seed=4)
    assert np.array_equal(one.sire, again.sire)
    assert not np.array_equal(one.sire, other.sire)


def test_captive_book__is_a_pedigree_of_the_kind_it_says() -> None:
    book = captive_book(3_000)
    pedigree = pedigree_of(book)
    assert np.array_equal(pedigree.generation, book.generation)
    assert np.array_equal(pedigree.sire, book.sire)
    founders = (book.sire == WILD) & (book.dam == WILD)
    assert 20 <= founders.sum() <= 103
    assert 0.005 < np.mean(book.sire[~founders] == UNKNOWN) < 0.05
    assert book.generation.max() > 20
    assert 50 < book.living.sum() < 300


def test_book__chooses_among_the_living() -> None:
    book = captive_book(1_000)
    chosen = book.chosen(20)
    assert chosen.sum() == 20
    assert not (chosen & ~book.living).any()


def test_measured__is_warm_before_it_counts() -> None:
    done: list[int] = []
    answer = measured(lambda size: Task(lambda: done.append(size), lambda _: 0.5, times=2), 7)
    assert done == [SMALL, *[7] * MOST_RUNS]
    assert (answer.runs, answer.value) == (MOST_RUNS, 0.5)


def test_measure__prints_one_answer() -> None:
    command = [sys.executable, "-m", "benchmarks.measure", "inbreeding", "numpy", "200"]
    answer = subprocess.run(
        command, cwd=PAGE.parents[1], capture_output=True, text=True, check=True, timeout=120
    )
    assert Measured(**json.loads(answer.stdout)).runs > 0


def test_comparison__asks_for_a_ratio() -> None:
    twice = Comparison("kinship", OURS_KEY, PEER_KEY, least=2)
    assert twice.is_met(found(1, 2))
    assert not twice.is_met(found(1, 1.9))
    seven = Comparison("kinship", OURS_KEY, PEER_KEY, most=7)
    assert seven.is_met(found(7, 1))
    assert not seven.is_met(found(7.1, 1))
    assert Comparison("kinship", OURS_KEY, PEER_KEY).is_met(found(9, 1)) is None


def test_comparison__is_not_met_by_another_number() -> None:
    same = Comparison("kinship", OURS_KEY, PEER_KEY, least=2, same_value=True)
    assert not same.is_met(found(1, 9, value=0.2500001))


def test_table__has_a_line_for_each_comparison() -> None:
    comparisons = (
        Comparison("kinship", OURS_KEY, PEER_KEY, least=2),
        Comparison("kinship", PEER_KEY, OURS_KEY),
    )
    one, other = (f"kinship of all pairs, 1,000 animals: {how}" for how in ("numpy", "sgkit"))
    assert list(lines(comparisons, found(0.004, 0.002)))[1:] == [
        f"| {one} | 4.0 ms | {other} | 2.0 ms | 0.5 times faster | at least 2 | **no** |",
        f"| {other} | 2.0 ms | {one} | 4.0 ms | 0.5 |  |  |",
    ]
    assert missed(comparisons, found(0.004, 0.002)) == ["kinship of all pairs, 1,000 animals: numpy"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(12.4, "12 s"), (1.25, "1.2 s"), (0.0304, "30 ms"), (4.2e-5, "42 us"), (2e-7, "0.2 us")],
)
def test_duration__has_two_figures(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_comparisons__name_what_can_be_measured() -> None:
    for question, how, _size in keys(COMPARISONS):
        assert question in (QUESTIONS if how == "sgkit" else OURS)
    assert all(name(key) for key in keys(COMPARISONS))
    assert sum((compared((part,)) for part in PARTS), ()) != ()


def test_page__takes_a_run_between_its_marks() -> None:
    runs = {MEASURED: "| a run |", PLANS: plans.HEADER}
    page = with_runs(PAGE.read_text(), runs)
    for mark, run in runs.items():
        assert f"<!-- {mark} -->\n{run}\n<!-- /{mark} -->" in page
    assert with_runs(page, runs) == page
    assert page.count(plans.HEADER) == 1


def test_plans__are_told_by_what_they_keep() -> None:
    founders = [Record(each, sex=MALE if each in "AB" else FEMALE) for each in "ABCD"]
    pedigree = Pedigree.from_records(founders)
    base = Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask("ABCD"))
    problem = plans.free_problem(base, 2)
    line = plans.line("four", "few", problem, solve_plan(problem))
    assert line.startswith("| four | 4 | 4 | few | 2 | ")
    assert line.count("|") == plans.HEADER.splitlines()[1].count("|")
    assert "0.861111" in line
