"""The open mate-suitability index: by hand, by a naive twin, and within its bounds."""

from dataclasses import asdict, replace
from math import isfinite, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    WILD,
    PairTable,
    Pedigree,
    Record,
    Suitability,
    Thresholds,
    ThresholdsError,
    kinship_matrix,
    known_fraction,
    mate_suitability,
    mean_kinship,
    rank_pairs,
    suitability_sentence,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees

PUBLISHED = Thresholds()
EDGE = 1e-12


def measured(
    pedigree: Pedigree,
    living: np.ndarray,
    thresholds: Thresholds = PUBLISHED,
    known: np.ndarray | None = None,
) -> Suitability:
    kinship = kinship_matrix(pedigree)
    table = rank_pairs(pedigree, kinship, living, known_fraction(pedigree) if known is None else known)
    return mate_suitability(table, mean_kinship(kinship, living)[living], thresholds)


def by_pair(found: Suitability) -> dict[tuple[str, str], int]:
    told = [found.pair(place) for place in range(len(found))]
    return {(each.pair.sire, each.pair.dam): each.index for each in told}


def sibs_and_founders() -> tuple[Pedigree, np.ndarray]:
    sexes = {"A": MALE, "B": FEMALE, "X": MALE, "Y": FEMALE}
    founders = [Record(each, WILD, WILD, sex) for each, sex in sexes.items()]
    sibs = [
        Record(each, "A", "B", sex) for each, sex in zip("pqrs", (MALE, MALE, FEMALE, FEMALE), strict=True)
    ]
    pedigree = Pedigree.from_records([*founders, *sibs])
    return pedigree, pedigree.mask("XYpqrs")


def test_mate_suitability__is_the_worked_example() -> None:
    found = measured(*sibs_and_founders())
    expected = {("X", "Y"): 1, ("X", "r"): 5, ("X", "s"): 5, ("p", "Y"): 5, ("q", "Y"): 5}
    assert by_pair(found) == expected | {(male, female): 0 for male in "pq" for female in "rs"}
    first, second, last = (found.pair(place) for place in (0, 1, 8))
    assert first.pair.delta_gd == pytest.approx(1 / 6 - 7.5 / 49, abs=1e-15)
    assert (first.band, first.better, first.rivals, first.rules) == (1, 0, 1, ())
    assert (second.band, second.better, second.rivals, second.rules) == (4, 0, 8, ("mk-difference",))
    assert (last.band, last.better, last.rivals) == (5, 4, 8)
    assert last.rules == ("inbreeding", "too-close")
    assert found.mean_kinship == pytest.approx(1 / 6)
    assert found.mk_deviation == pytest.approx(((4 / 24**2 + 2 / 12**2) / 6) ** 0.5)
    assert found.counts() == (4, 1, 0, 0, 0, 4, 0)


def test_mate_suitability__of_lacy_is_a_dash_throughout() -> None:
    pedigree = lacy.t1()
    living = pedigree.mask(lacy.LIVING)
    assert set(measured(pedigree, living).index.tolist()) == {0}
    wide = measured(pedigree, living, replace(PUBLISHED, inbreeding_limit=0.5))
    assert by_pair(wide) == {("C", "F"): 5, ("C", "G"): 5, ("D", "F"): 6, ("D", "G"): 6}
    assert all(wide.pair(place).rules == ("mk-difference",) for place in range(4))


def made(change: list[float], **columns: list[float]) -> PairTable:
    size = len(change)
    zero = [0.0] * size
    told = {"f_offspring": zero, "mk_difference": zero, "unknown_ancestry": zero} | columns
    names = tuple(str(each) for each in range(size))
    rows, means = np.arange(size), np.full(size, 0.1)
    numbers = {name: np.array(values, dtype=float) for name, values in told.items()}
    return PairTable(
        ids=names,
        sire=rows,
        dam=rows,
        mk_sire=means,
        mk_dam=means,
        delta_gd=np.array(change, dtype=float),
        **numbers,
    )


MEANS = np.array([0.08, 0.12])


def indices(table: PairTable, **given) -> list[int]:
    return mate_suitability(table, MEANS, **given).index.tolist()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ([0.3, 0.2, 0.1, -0.1, -0.2, -0.3], [1, 2, 3, 4, 5, 6]),
        ([0.1], [1]),
        ([-0.1], [4]),
        ([0.0], [4]),
        ([5e-13, -0.1], [4, 5]),
        ([0.2, 0.2, 0.2, 0.1], [1, 1, 1, 3]),
        ([0.1, 0.1 + 5e-13], [1, 1]),
        ([-0.1, -0.2], [4, 5]),
        ([], []),
        ([nan, 0.1], [0, 1]),
    ],
)
def test_mate_suitability__cuts_each_side_by_who_is_better(change: list[float], expected: list[int]) -> None:
    assert indices(made(change)) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"mk_difference": [0.02]}, 1),
        ({"mk_difference": [0.021]}, 2),
        ({"f_offspring": [0.1]}, 1),
        ({"f_offspring": [0.11]}, 2),
        ({"f_offspring": [0.125]}, 0),
        ({"f_offspring": [0.125 - 1e-14]}, 0),
        ({"unknown_ancestry": [0.1]}, 1),
        ({"unknown_ancestry": [0.11]}, 2),
        ({"unknown_ancestry": [0.3]}, 3),
        ({"unknown_ancestry": [0.5]}, 0),
        ({"unknown_ancestry": [0.3], "mk_difference": [0.3], "f_offspring": [0.11]}, 5),
        ({"unknown_ancestry": [nan]}, 0),
    ],
)
def test_mate_suitability__adds_what_each_rule_says(columns: dict[str, list[float]], expected: int) -> None:
    # The mean of the mean kinships is .1, their standard deviation .02.
    assert indices(made([0.1], **columns)) == [expected]


def test_mate_suitability__high_inbreeding_adds_two_where_the_limit_lets_it() -> None:
    wide = replace(PUBLISHED, inbreeding_limit=0.5)
    assert indices(made([0.1], f_offspring=[0.21]), thresholds=wide) == [3]


def test_mate_suitability__others_are_set_against_the_candidates() -> None:
    candidates = made([0.3, 0.2, 0.1, -0.1])
    asked = made([0.4, 0.15, 0.05, -0.3])
    assert indices(asked, candidates=candidates) == [1, 3, 3, 6]
    assert indices(asked, candidates=made([])) == [1, 1, 1, 4]


def test_mate_suitability__of_nobody_living_is_a_dash() -> None:
    found = mate_suitability(made([nan]), np.array([]))
    assert found.index.tolist() == [0]
    assert found.pair(0).rules == ("unmeasured",)
    assert "cannot be measured" in suitability_sentence(found.pair(0))


@pytest.mark.parametrize(
    "wrong",
    [
        {"best_share": 0.9},
        {"best_share": -0.1},
        {"middle_share": 1.1},
        {"mk_deviations": -1.0},
        {"high_inbreeding": 0.5},
        {"much_unknown": 0.05},
        {"much_unknown": 0.6},
        {"too_unknown": 0.0},
        {"inbreeding_limit": 0.0},
        {"inbreeding_limit": nan},
    ],
)
def test_thresholds__that_contradict_each_other_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ThresholdsError, match=r"The threshold .* Give "):
        Thresholds(**wrong)


def naive(found: Suitability, place: int) -> tuple[int, tuple[str, ...]]:
    """Return a pair's index and rules as the page tells them, one pair after the other."""
    pair, limits = found.table.pair(place), found.thresholds
    numbers = [pair.delta_gd, pair.mk_difference, pair.f_offspring, pair.unknown_ancestry]
    if not all(isfinite(each) for each in numbers):
        return 0, ("unmeasured",)
    helps = pair.delta_gd > EDGE
    changes = [float(each) for each in found.table.delta_gd if isfinite(each) and (each > EDGE) == helps]
    share = sum(each > pair.delta_gd + EDGE for each in changes) / len(changes)
    index = (1 if helps else 4) + (share >= limits.best_share) + (share >= limits.middle_share)
    rules = []
    if pair.mk_difference > limits.mk_deviations * found.mk_deviation + EDGE:
        index, rules = index + 1, [*rules, "mk-difference"]
    for value, low, high, words in (
        (pair.f_offspring, limits.inbreeding * found.mean_kinship, limits.high_inbreeding * found.mean_kinship, ("inbreeding", "high-inbreeding")),
        (pair.unknown_ancestry, limits.unknown, limits.much_unknown, ("unknown", "much-unknown")),
    ):  # fmt: skip
        if value > high + EDGE:
            index, rules = index + 2, [*rules, words[1]]
        elif value > low + EDGE:
            index, rules = index + 1, [*rules, words[0]]
    if pair.f_offspring >= limits.inbreeding_limit - EDGE:
        index, rules = -99, [*rules, "too-close"]
    if pair.unknown_ancestry >= limits.too_unknown - EDGE:
        index, rules = -99, [*rules, "too-unknown"]
    return max(0, min(index, 6)), tuple(rules)


limits = st.builds(
    Thresholds,
    best_share=st.sampled_from([0.2, 1 / 3]),
    middle_share=st.sampled_from([0.5, 2 / 3, 1.0]),
    mk_deviations=st.sampled_from([0.5, 1.0]),
    inbreeding=st.sampled_from([0.5, 1.0]),
    unknown=st.sampled_from([0.0, 0.1]),
    inbreeding_limit=st.sampled_from([0.0625, 0.125, 0.5]),
)


@given(pedigrees(), limits, st.data())
def test_mate_suitability__is_its_naive_twin(records, thresholds: Thresholds, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    found = measured(pedigree, pedigree.mask(data.draw(chosen(records))), thresholds)
    for place in range(len(found)):
        told = found.pair(place)
        assert (told.index, told.rules) == naive(found, place)
        assert 0 <= told.index <= 6
        assert told.is_dash == (told.index == 0)
        assert told.is_dash or told.index >= told.band
        assert suitability_sentence(told).endswith(".")
    assert sum(found.counts()) == len(found)


@given(pedigrees(), st.data())
def test_mate_suitability__is_alike_whether_asked_for_one_pair_or_all(records, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(data.draw(chosen(records)))
    found = measured(pedigree, living)
    means = mean_kinship(kinship_matrix(pedigree), living)[living]
    for place in range(len(found)):
        alone = found.table.taken(np.array([place]))
        one = mate_suitability(alone, means, candidates=found.table).pair(0)
        assert one == found.pair(place)


def test_mate_suitability__helping_pairs_are_never_worse_for_a_greater_change() -> None:
    change = np.random.default_rng(1).normal(size=60 * 60)
    found = mate_suitability(made(change.tolist()), MEANS)
    order = np.argsort(-change)
    assert (np.diff(found.index[order]) >= 0).all()
    positive, negative = int((change > 0).sum()), int((change <= 0).sum())
    for side, size in ((found.counts()[1:4], positive), (found.counts()[4:7], negative)):
        assert max(side) - min(side) <= 1
        assert sum(side) == size


def test_thresholds__published_are_those_of_the_page() -> None:
    assert list(asdict(PUBLISHED).values()) == [1 / 3, 2 / 3, 1.0, 1.0, 2.0, 0.1, 0.25, 0.5, 0.125]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, "1, very beneficial: a change in gene diversity of +0.10000 is in the best band of those above zero, which gives 1."),
        ({"mk_difference": [0.03]}, "; 1 more for mean kinships 0.0300 apart (over 0.0200)."),
        ({"f_offspring": [0.11]}, "; 1 more for an inbreeding of 0.1100 (over 0.1000)."),
        ({"unknown_ancestry": [0.3]}, "; 2 more for 30.0% of unknown ancestry (over 25.0%)."),
        ({"f_offspring": [0.2]}, "A dash, not without advice: the young's inbreeding of 0.2000 reaches the limit of 0.1250."),
        ({"unknown_ancestry": [0.6]}, "60.0% of the young's ancestry is unknown, 50.0% or more."),
    ],
)  # fmt: skip
def test_suitability_sentence__says_what_fired(columns: dict[str, list[float]], words: str) -> None:
    told = mate_suitability(made([0.1], **columns), MEANS).pair(0)
    assert words in suitability_sentence(told)


def test_suitability_sentence__tells_a_threshold_that_is_no_whole_per_cent() -> None:
    limits = replace(PUBLISHED, too_unknown=0.275)
    told = mate_suitability(made([0.1], unknown_ancestry=[0.276]), MEANS, limits).pair(0)
    assert "27.6% of the young's ancestry is unknown, 27.5% or more." in suitability_sentence(told)


def test_suitability_sentence__says_where_the_scale_ends() -> None:
    found = mate_suitability(made([-0.1, -0.2, -0.3], mk_difference=[0.0, 0.0, 0.3]), MEANS)
    assert suitability_sentence(found.pair(2)).endswith("; 6 is the worst there is.")
