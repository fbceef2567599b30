import pytest
from hypothesis import given, settings

from pedigree import (
    NumericalError,
    Pedigree,
    Record,
    complete_generations,
    completeness,
    completeness_index,
    depth,
    equivalent_generations,
    generations,
)
from pedigree._passes import Links, links
from tests.pedigree.strategies import pedigrees
from tests.pedigree.traced import Traced

HALF_KNOWN = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3"), Record("5", "4", "2")]


def test_equivalent_generations__count_each_known_ancestor() -> None:
    assert equivalent_generations(Pedigree.from_records(HALF_KNOWN)).tolist() == [0, 0, 1, 1, 1.5]


@given(pedigrees(most=10))
def test_equivalent_generations__equal_a_walk_up_every_line(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    found = dict(zip(pedigree.ids, equivalent_generations(pedigree), strict=True))
    assert found == pytest.approx({animal: float(twin.equivalents(animal)) for animal in found}, abs=1e-14)


@given(pedigrees(most=10))
def test_completeness__equals_a_walk_up_every_line(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    found, index = completeness(pedigree, generations=3), completeness_index(pedigree, generations=3)
    for row, animal in enumerate(pedigree.ids):
        expected = [float(twin.completeness(animal, n)) for n in (1, 2, 3)]
        assert found[row].tolist() == pytest.approx(expected, abs=1e-14)
        assert index[row] == pytest.approx(float(twin.index(animal, 3)), abs=1e-14)


@given(pedigrees(most=12))
def test_completeness__adds_up_to_equivalent_generations(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    everything = completeness(pedigree, generations=12).sum(axis=1)
    assert everything == pytest.approx(equivalent_generations(pedigree), abs=1e-13)


@settings(max_examples=50)
@given(pedigrees(most=12))
def test_complete_generations__equal_the_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    found = complete_generations(pedigree)
    assert found.tolist() == [twin.complete(animal) for animal in pedigree.ids]
    assert (found <= generations(pedigree)).all()


def test_completeness__needs_a_generation() -> None:
    with pytest.raises(ValueError, match="Ask for 1 or more"):
        completeness(Pedigree.from_records(HALF_KNOWN), generations=0)
    with pytest.raises(ValueError, match="Ask for 1 or more"):
        completeness_index(Pedigree.from_records(HALF_KNOWN), generations=-1)


def test_completeness_index__is_0_when_a_side_is_empty() -> None:
    pedigree = Pedigree.from_records(HALF_KNOWN)
    assert completeness_index(pedigree, generations=2)[pedigree.row("4")] == 0


def test_completeness__counts_candidates_by_their_probability() -> None:
    records = [Record("1"), Record("2"), Record("3"), Record("4", (("1", 0.25), ("2", 0.75)), "3")]
    pedigree = Pedigree.from_records(records)
    assert completeness(pedigree, generations=1)[3].tolist() == [1.0]
    assert complete_generations(pedigree)[3] == 0


def test_equivalent_generations__have_no_limit_of_depth() -> None:
    chain = [Record("0"), *(Record(str(i), str(i - 1)) for i in range(1, 3000))]
    pedigree = Pedigree.from_records(chain)
    assert equivalent_generations(pedigree)[pedigree.row("2999")] == pytest.approx(1, abs=1e-12)
    assert complete_generations(pedigree).max() == 0


def test_complete_generations__of_a_line_of_full_sibs_is_its_generation() -> None:
    line = [Record("0m"), Record("0f")]
    for n in range(1, 5):
        line += [Record(f"{n}{sex}", f"{n - 1}m", f"{n - 1}f") for sex in "mf"]
    pedigree = Pedigree.from_records(line)
    assert pedigree.row("0f") == 0
    assert complete_generations(pedigree).tolist() == pedigree.generation.tolist()
    assert completeness_index(pedigree, generations=4)[-1] == 1


def test_equivalent_generations__that_cannot_be_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(pedigree: Pedigree) -> Links:
        found = links(pedigree)
        return Links(found.offspring, found.parent, 2 * found.chance)

    monkeypatch.setattr(depth, "links", doubled)
    with pytest.raises(NumericalError, match="equivalent generations less the generations there are"):
        equivalent_generations(Pedigree.from_records(HALF_KNOWN))
