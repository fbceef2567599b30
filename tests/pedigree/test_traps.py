"""Where other programs were seen to go wrong, in silence or by a crash: one named test for each trap."""

import csv
import inspect
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    WILD,
    CyclicPedigreeError,
    DuplicateAnimalError,
    Pedigree,
    Record,
    SelfingError,
    UnknownParentError,
    ancestors,
    ancestral_inbreeding,
    descendants,
    equivalent_generations,
    exact_gene_drop,
    find_problems,
    find_refusals,
    founder_contributions,
    founder_genome_equivalents,
    founder_genome_equivalents_1989,
    founder_table,
    gene_drop,
    inbreeding,
    kinship_matrix,
    known_fraction,
    lineage_share,
    mean_kinship,
    mean_kinship_to,
)
from tests.pedigree import lacy

DEEP = 5_000
CHAIN = [Record(f"c{i}", f"c{i - 1}" if i else WILD, WILD, MALE) for i in range(DEEP)]
"""A line of sires, each with a wild dam, as deep as the pedigrees that stop programs that recurse."""


def table(text: str) -> dict[str, str]:
    return dict(list(csv.reader(io.StringIO(text)))[1:])


def F(records: Sequence[Record], **options: bool) -> dict[str, float]:  # noqa: N802
    pedigree = Pedigree.from_records(records, **options)
    return dict(zip(pedigree.ids, inbreeding(pedigree).tolist(), strict=True))


# An animal that is its own ancestor: others crash, loop for ever, or cut the loop and go on.


def test_loop__is_refused_with_its_animals() -> None:
    records = [Record("12", "40"), Record("40", "77"), Record("77", "12"), Record("5", "12")]
    with pytest.raises(CyclicPedigreeError, match="Ancestry loop: 12 -> 40 -> 77 -> 12"):
        Pedigree.from_records(records)


def test_loop__through_a_possible_parent_is_refused_too() -> None:
    records = [Record("1", (("2", 0.5), ("3", 0.5))), Record("2", "1"), Record("3")]
    with pytest.raises(CyclicPedigreeError, match="1 -> 2 -> 1"):
        Pedigree.from_records(records)


def test_loop__of_an_animal_with_itself_is_refused() -> None:
    with pytest.raises(CyclicPedigreeError, match="1 -> 1"):
        Pedigree.from_records([Record("1", "1")], allow_selfing=True)


def test_loop__of_5_000_animals_is_named_whole() -> None:
    records = [Record(f"{i:04}", f"{(i + 1) % DEEP:04}") for i in range(DEEP)]
    with pytest.raises(CyclicPedigreeError) as caught:
        Pedigree.from_records(records)
    assert len(caught.value.animals) == DEEP + 1
    assert len(find_refusals(records)) == 1


# A parent that has no row: others take the animal for a founder, so that F is 0 without a word.


def test_parent_without_a_row__is_refused() -> None:
    with pytest.raises(UnknownParentError, match="Animal 7 names 99 as its dam, but 99 has no row"):
        Pedigree.from_records([Record("7", WILD, "99")])


def test_parent_without_a_row__is_refused_among_several_too() -> None:
    with pytest.raises(UnknownParentError, match="names 99 as its sire"):
        Pedigree.from_records([Record("6"), Record("7", (("6", 0.5), ("99", 0.5)))])


# One animal as sire and dam.


def test_selfing__is_refused_by_default() -> None:
    with pytest.raises(SelfingError, match="Animal 2 has 1 as both sire and dam"):
        Pedigree.from_records([Record("1"), Record("2", "1", "1")])


def test_selfing__is_right_where_it_is_allowed() -> None:
    records = [Record("1"), Record("2", "1", "1"), Record("3", "2", "2")]
    assert F(records, allow_selfing=True) == {"1": 0.0, "2": 0.5, "3": 0.75}
    kinship = kinship_matrix(Pedigree.from_records(records, allow_selfing=True))
    assert kinship.diagonal().tolist() == [0.5, 0.75, 0.875]


# One parent known and the other not: others give a negative F, or refuse.


@pytest.mark.parametrize("missing", [WILD, UNKNOWN])
def test_half_known_parent__counts_as_a_founder(missing: int) -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", missing)]
    assert F([*records, Record("5", "3", "4")])["5"] == 0.125


# Full sibs mated again and again: others pass 1.


def test_repeated_full_sibs__are_the_textbook_values() -> None:
    records = [Record("s0"), Record("d0")]
    for i in range(6):
        records += [Record(f"{each}{i + 1}", f"s{i}", f"d{i}") for each in "sd"]
    found = F(records)
    assert [found[f"s{i}"] for i in range(7)] == [0, 0, 0.25, 0.375, 0.5, 0.59375, 0.671875]


# Young before their parents in the file.


def test_unsorted_rows__change_nothing() -> None:
    records = [Record("5", "4", "3"), Record("4", "1", "2"), Record("3", "1", "2"), Record("2"), Record("1")]
    assert F(records)["5"] == 0.25
    assert F(records) == F(records[::-1])


def test_duplicate_id__is_refused_even_when_the_rows_agree() -> None:
    with pytest.raises(DuplicateAnimalError, match="Animal 1 has more than one row"):
        Pedigree.from_records([Record("1"), Record("1")])


# Ids are text: never a number, never cut at a point.


def test_ids__with_points_are_animals_of_their_own() -> None:
    records = [Record("1"), Record("1.2"), Record("1.20"), Record("01"), Record("7", "1", "1.2")]
    pedigree = Pedigree.from_records([*records, Record("8", "01", "1.20"), Record("9", "7", "8")])
    assert inbreeding(pedigree)[pedigree.row("9")] == 0
    labels = founder_table(pedigree, pedigree.mask(["9"])).labels(pedigree)
    assert labels == ("01", "1", "1.2", "1.20")


def test_ids__with_points_stay_as_written_on_the_command_line(ask) -> None:
    text = "id,sire,dam\n1.2,,\n1.20,,\n1,1.2,1.20\n1e3,1,1.2\n"
    assert table(ask("inbreeding", text)[1]) == {"1.2": "0.0", "1.20": "0.0", "1": "0.0", "1e3": "0.25"}


# Codes for a missing parent are not animals, however often they stand there.


@pytest.mark.parametrize("code", ["0", "NA", "WILD", "UNK", "UND", "MULT", ""])
def test_parent_codes__are_not_one_animal(ask, code: str) -> None:
    code_, out, _ = ask("inbreeding", f"id,sire,dam\n1,{code},{code}\n2,{code},{code}\n3,1,2\n")
    assert code_ == 0
    assert table(out) == {"1": "0.0", "2": "0.0", "3": "0.0"}


@pytest.mark.parametrize("code", ["0", "NA", "WILD", "UNK", "UND", "MULT"])
def test_parent_codes__are_refused_as_ids(ask, code: str) -> None:
    answer = ask("inbreeding", f"id,sire,dam\n{code},,\n")
    assert answer[0] == 1
    assert f"has the id {code}, which stands for a missing parent" in answer[2]


# An unknown parent taken as 0 kinship understates it; the known share stands beside every number.


def test_unknown_parent__is_told_apart_from_a_wild_one() -> None:
    pedigree = Pedigree.from_records(
        [Record("1", WILD, WILD), Record("2", UNKNOWN, UNKNOWN), Record("3", "1", "2")]
    )
    assert known_fraction(pedigree).tolist() == [1, 0, 0.5]


# Mean kinship counts the animal with itself.


def test_mean_kinship__counts_the_animal_with_itself() -> None:
    kinship = kinship_matrix(Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")]))
    assert mean_kinship(kinship, np.array([False, True, True])).tolist() == [0.125, 0.375, 0.375]


# Depth: nothing recurses.


def test_chain_of_5_000_generations__is_placed_and_not_inbred() -> None:
    pedigree = Pedigree.from_records(CHAIN)
    assert pedigree.generation.tolist() == list(range(DEEP))
    assert not inbreeding(pedigree).any()
    assert pedigree.with_ancestors(pedigree.mask([f"c{DEEP - 1}"])).all()


def test_chain_of_5_000_generations__has_its_founders() -> None:
    pedigree = Pedigree.from_records(CHAIN)
    youngest = pedigree.mask([f"c{DEEP - 1}"])
    contribution = founder_contributions(pedigree, youngest)
    assert len(contribution) == DEEP
    assert contribution[-3:].tolist() == [0.125, 0.25, 0.5]
    assert contribution.sum() == pytest.approx(1, abs=1e-15)


WALKS: dict[str, Callable[[Pedigree, np.ndarray], object]] = {
    "ancestors": lambda pedigree, _: ancestors(pedigree, pedigree.ids[-1]),
    "descendants": lambda pedigree, _: descendants(pedigree, pedigree.ids[0]),
    "known_fraction": lambda pedigree, _: known_fraction(pedigree),
    "equivalent_generations": lambda pedigree, _: equivalent_generations(pedigree),
    "ancestral_inbreeding": lambda pedigree, _: ancestral_inbreeding(pedigree, np.zeros(DEEP)),
    "mean_kinship_to": lambda pedigree, living: mean_kinship_to(pedigree, living),
    "lineage_share": lambda pedigree, _: lineage_share(pedigree, [pedigree.ids[0]]),
    "gene_drop": lambda pedigree, living: gene_drop(pedigree, living, drops=10),
    "find_problems": lambda pedigree, _: find_problems(pedigree),
}


@pytest.mark.slow
@pytest.mark.parametrize("walk", WALKS)
def test_chain_of_5_000_generations__is_walked_without_recursion(walk: str) -> None:
    pedigree = Pedigree.from_records(CHAIN)
    with recursion_limited_to_100_more():
        WALKS[walk](pedigree, pedigree.mask([f"c{DEEP - 1}"]))


@contextmanager
def recursion_limited_to_100_more() -> Iterator[None]:
    before = sys.getrecursionlimit()
    depth = len(inspect.stack(0))
    sys.setrecursionlimit(depth + 100)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def test_chain_of_5_000_generations__goes_through_the_command_line(ask) -> None:
    rows = "".join(f"{each.id},{each.sire if each.sire != WILD else 'WILD'},WILD,M\n" for each in CHAIN)
    code, out, _ = ask("inbreeding", "id,sire,dam,sex\n" + rows)
    assert code == 0
    assert set(table(out).values()) == {"0.0"}
    assert ask("check", "id,sire,dam,sex\n" + rows)[:2] == (0, "")


@pytest.mark.slow
def test_chain_of_5_000_generations__has_its_kinships() -> None:
    pedigree = Pedigree.from_records(CHAIN[:2_000])
    kinship = kinship_matrix(pedigree)
    assert kinship[:4, 0].tolist() == [0.5, 0.25, 0.125, 0.0625]
    assert (kinship.diagonal() == 0.5).all()


def test_backcrosses__of_1_000_generations_come_to_one_half() -> None:
    records = [Record("a", WILD, WILD, MALE), Record("b", WILD, WILD, FEMALE), Record("0", "a", "b", FEMALE)]
    records += [Record(str(i), "a", str(i - 1), FEMALE) for i in range(1, 1_000)]
    found = F(records)
    assert found["0"] == 0
    assert (found["1"], found["2"], found["3"]) == (0.25, 0.375, 0.4375)
    assert found["999"] == 0.5


# One random stream shared by all chunks of a drop: the mean is right, its error several times too large.


def test_gene_drop__draws_each_chunk_from_a_stream_of_its_own() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1"), Record("3", "1")])
    living = pedigree.mask(["2", "3"])
    drops = (gene_drop(pedigree, living, drops=8_192, seed=seed) for seed in range(200))
    z = np.array([(drop.retention[0] - 0.75) / (0.25 / np.sqrt(8_192)) for drop in drops])
    assert abs(z.mean()) < 4 / np.sqrt(200)
    assert abs(z.var() - 1) < 4 * np.sqrt(2 / 200)


# Two numbers that both go by the name of founder genome equivalents.


def test_founder_genome_equivalents__and_those_of_1989_are_two_numbers() -> None:
    pedigree = lacy.t1()
    living = pedigree.mask(lacy.LIVING)
    assert founder_genome_equivalents(kinship_matrix(pedigree), living) == 16 / 9
    retention = exact_gene_drop(pedigree, living).retention
    found = founder_genome_equivalents_1989(founder_contributions(pedigree, living), retention)
    assert found == pytest.approx(24 / 11, abs=1e-15)
