"""The group to release: all groups tried, in exact fractions, and the figures of the worked example."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    MaskError,
    Pedigree,
    Record,
    ReleaseError,
    choose_release,
    gene_diversity,
    kinship_matrix,
    release_alternatives,
    release_curve,
)
from pedigree._releasing import GroupCosts, Search
from tests.pedigree import lacy
from tests.pedigree.strategies import pedigrees
from tests.pedigree.twin import Twin

CLOSE = 1e-11


def asked(records: list[Record], living: list[str], candidates: list[str], males: int, females: int, **more):
    pedigree = Pedigree.from_records(records)
    masks = pedigree.mask(living), pedigree.mask(candidates)
    male = np.asarray(pedigree.sex == MALE)
    return choose_release(
        kinship_matrix(pedigree), *masks, is_male=male, males=males, females=females, **more
    )


def value(twin: Twin, living: list[str], group: tuple[str, ...], weight: Fraction) -> Fraction:
    """Return what a group is worth, from the definition and in exact fractions."""
    left = [each for each in living if each not in group]
    return _diversity(twin, left) + weight * _diversity(twin, group)


def _diversity(twin: Twin, animals) -> Fraction:
    return 1 - sum((twin.kinship(x, y) for x in animals for y in animals), Fraction(0)) / len(animals) ** 2


def groups(twin: Twin, candidates: list[str], males: int, females: int, limit: Fraction | None):
    """Yield every group within the limit."""
    sexes = [[each for each in candidates if twin.records[each].sex == sex] for sex in (MALE, FEMALE)]
    for some in combinations(sexes[0], males):
        for others in combinations(sexes[1], females):
            group = (*some, *others)
            if limit is None or all(twin.kinship(x, y) <= limit for x, y in combinations(group, 2)):
                yield group


@settings(max_examples=300)
@given(
    records=pedigrees(most=12),
    males=st.integers(0, 3),
    females=st.integers(0, 3),
    weight=st.sampled_from([Fraction(0), Fraction(1, 50), Fraction(1, 3), Fraction(1), Fraction(5)]),
    limit=st.sampled_from([None, Fraction(0), Fraction(1, 8), Fraction(1, 4)]),
    left_out=st.sets(st.integers(0, 11)),
)
def test_choose_release__equals_the_best_of_all_groups(
    records, males, females, weight, limit, left_out
) -> None:
    twin, living = Twin(records), [each.id for each in records if int(each.id) % 5 != 4]
    candidates = [each for each in living if int(each) not in left_out]
    options = list(groups(twin, candidates, males, females, limit)) if males + females else []
    limits = {"weight": float(weight), "kinship_limit": None if limit is None else float(limit)}
    if not options or males + females >= len(living):
        with pytest.raises(ReleaseError):
            asked(records, living, candidates, males, females, **limits)
        return
    choice = asked(records, living, candidates, males, females, **limits)
    ids = Pedigree.from_records(records).ids
    group = tuple(ids[row] for row in choice.rows)
    assert sorted(group) in [sorted(each) for each in options]
    best = max(value(twin, living, each, weight) for each in options)
    assert choice.is_best
    assert choice.value == pytest.approx(float(best), abs=CLOSE)
    assert value(twin, living, group, weight) >= best - Fraction(1, 10**11)
    assert choice.gap == 0
    assert choice.captive_gd_before == pytest.approx(float(_diversity(twin, living)), abs=CLOSE)
    assert choice.group_gd == pytest.approx(float(_diversity(twin, group)), abs=CLOSE)


@settings(max_examples=100)
@given(records=pedigrees(most=10), weight=st.sampled_from([Fraction(0), Fraction(1)]), limited=st.booleans())
def test_release_alternatives__are_the_best_of_all_exchanges(records, weight, limited) -> None:
    twin, living = Twin(records), [each.id for each in records]
    limit = Fraction(1, 4) if limited else None
    options = list(groups(twin, living, 1, 2, limit))
    if not options or len(living) < 4:
        return
    choice = asked(
        records, living, living, 1, 2, weight=float(weight), kinship_limit=0.25 if limited else None
    )
    ids = Pedigree.from_records(records).ids
    group = tuple(ids[row] for row in choice.rows)
    for found in release_alternatives(choice):
        gone = ids[found.row]
        others = [
            each for each in options if gone not in each and len(set(each) & set(group)) == len(group) - 1
        ]
        assert (found.by is None) == (not others)
        if others:
            best = max(value(twin, living, each, weight) for each in others)
            assert found.cost == pytest.approx(float(value(twin, living, group, weight) - best), abs=CLOSE)
            assert found.cost >= -CLOSE


def test_choose_release__is_the_worked_example() -> None:
    living = list(lacy.LIVING)
    for weight, members in ((0.5, {("D", "F"), ("D", "G")}), (2.0, {("C", "F"), ("C", "G")})):
        choice = asked(lacy.RECORDS, living, living, 1, 1, weight=weight)
        assert tuple(lacy.t1().ids[row] for row in choice.rows) in members
        after, own = (11 / 16, 5 / 8) if weight < 1 else (5 / 8, 11 / 16)
        figures = choice.captive_gd_before, choice.captive_gd_after, choice.group_gd
        assert figures == (23 / 32, after, own)
        assert choice.loss == 23 / 32 - after
    alone = asked(lacy.RECORDS, living, living, 1, 0)
    assert [lacy.t1().ids[row] for row in alone.rows] == ["D"]
    assert (alone.captive_gd_after, alone.loss) == pytest.approx((13 / 18, 23 / 32 - 13 / 18))


def test_release_curve__goes_from_the_least_loss_to_the_most_diverse_group() -> None:
    living = list(lacy.LIVING)
    curve = release_curve(asked(lacy.RECORDS, living, living, 1, 1), weights=(2.0, 0.5))
    assert [(each.loss, each.group_gd) for each in curve] == [(1 / 32, 5 / 8), (3 / 32, 11 / 16)]


def herd(seed: int, size: int = 120, founders: int = 12) -> tuple[list[Record], list[str]]:
    rng = np.random.default_rng(seed)
    records = [Record(str(i), sex=(MALE, FEMALE)[i % 2]) for i in range(founders)]
    for i in range(founders, size):
        parents = [int(rng.integers(0, i // 2)) * 2 + side for side in (0, 1)]
        records.append(
            Record(
                str(i),
                *(str(min(each, i - 1 - (i - 1 - each) % 2)) for each in parents),
                (MALE, FEMALE)[i % 2],
            )
        )
    return records, [str(i) for i in range(size // 3, size)]


@pytest.mark.parametrize("seed", range(4))
def test_choose_release__on_a_larger_herd_bounds_every_random_group(seed: int) -> None:
    records, living = herd(seed)
    choice = asked(records, living, living, 3, 3, weight=0.05, effort=20_000)
    kinship, rng = choice.problem.kinship, np.random.default_rng(seed)
    rows = np.flatnonzero(choice.problem.living)
    male = choice.problem.is_male[rows]
    for _ in range(300):
        group = [*rng.choice(rows[male], 3, replace=False), *rng.choice(rows[~male], 3, replace=False)]
        own, left = np.zeros(len(kinship), dtype=bool), choice.problem.living.copy()
        own[group], left[group] = True, False
        worth = gene_diversity(kinship, left) + 0.05 * gene_diversity(kinship, own)
        assert worth <= choice.value + CLOSE <= choice.bound + 2 * CLOSE
    assert choice.gap >= 0


def test_choose_release__tells_the_gap_when_the_work_allowed_ends() -> None:
    records, living = herd(1)
    short = asked(records, living, living, 4, 4, weight=0.02, effort=1)
    long = asked(records, living, living, 4, 4, weight=0.02)
    assert not short.is_best
    assert 0 < short.gap < np.inf
    assert short.value <= long.value <= short.bound
    assert short.steps < long.steps


def test_choose_release__does_not_depend_on_the_order_of_the_animals() -> None:
    records, living = herd(2, size=60)
    mixed = [records[at] for at in np.random.default_rng(3).permutation(len(records))]
    once, again = (asked(each, living, living, 3, 2, weight=0.1) for each in (records, mixed))
    assert once.value == pytest.approx(again.value, abs=CLOSE)
    assert once.is_best
    assert again.is_best


@pytest.mark.parametrize("seed", range(60))
def test_search__finds_the_cheapest_group_without_a_good_start(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size, first, males, females = 13, 6, int(rng.integers(0, 4)), int(rng.integers(1, 4))
    both = rng.integers(0, 9, (size, size)) / 8
    both = (both + both.T) / 2
    both[2], both[:, 2] = both[1], both[:, 1]
    both[rng.random((size, size)) < (seed % 3) / 8] = np.inf
    both = np.maximum(both, both.T)
    each = rng.integers(-4, 4, size) / 4
    each[2] = each[1]
    costs = GroupCosts(each, both, first, males, females)
    found = {
        (*some, *others): costs.of((*some, *others))
        for some in combinations(range(first), males)
        for others in combinations(range(first, size), females)
    }
    search = Search(costs)
    low = search.close(10**9)
    assert search.ended
    assert low == search.cost == min(found.values())
    if search.group is not None:
        assert found[search.group] == search.cost
    for effort in (1, 20, 100):
        short = Search(costs)
        assert short.close(effort) <= search.cost


WANTED = [(1, 0), (0, 1), (2, 0), (0, 2), (1, 1), (3, 0), (0, 3), (2, 1), (1, 2)]


@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("wanted", WANTED)
def test_search__takes_as_many_of_each_sex_as_are_wanted(wanted: tuple[int, int], limited: bool) -> None:
    rng = np.random.default_rng(sum(wanted))
    for _ in range(100):
        size, first = 9, int(rng.integers(3, 7))
        both = np.triu(rng.integers(0, 9, (size, size)), 1) / 8
        if limited:
            both[rng.random((size, size)) < rng.random() / 2] = np.inf
        costs = GroupCosts(rng.integers(-4, 4, size) / 4, np.maximum(both, both.T), first, *wanted)
        sides = combinations(range(first), wanted[0]), list(combinations(range(first, size), wanted[1]))
        found = {(*some, *others): costs.of((*some, *others)) for some in sides[0] for others in sides[1]}
        for begun in (False, True):
            search = Search(costs)
            if begun:
                search.begin()
            assert search.close(10**9) == search.cost == min(found.values())
            if search.group is not None:
                assert found[tuple(sorted(search.group))] == search.cost
                assert costs.missing(search.group) == (0, 0)


@pytest.mark.parametrize("wanted", [(3, 0), (0, 3)])
def test_choose_release__of_one_sex_takes_none_of_the_other(wanted: tuple[int, int]) -> None:
    # Only 0, 1 and 2 may all go together; each of them has one who is less kin to it, and leads nowhere.
    kinship = np.full((9, 9), 0.25)
    kinship[:3, :3], kinship[:6, 6:], kinship[6:, :6] = 0.1, 0.0, 0.0
    for one in range(3):
        kinship[one, one + 3] = kinship[one + 3, one] = 0.0
    np.fill_diagonal(kinship, 0.5)
    everyone, male = np.full(9, True), (np.arange(9) < 6) == bool(wanted[0])
    choice = choose_release(
        kinship, everyone, everyone, is_male=male, males=wanted[0], females=wanted[1], kinship_limit=0.1
    )
    assert choice.rows == (0, 1, 2)
    assert choice.is_best


@pytest.mark.parametrize(
    ("case", "sentence"),
    {
        "too few": ((3, 1, {}), "The group asked for has 3 males, but the candidates 2 males. Ask for fewer"),
        "nobody": ((0, 0, {}), "A group of 0 males and 0 females was asked for."),
        "below": ((-1, 1, {}), "A group of -1 males and 1 female was asked for."),
        "everybody": ((2, 2, {}), "A group of 4 leaves nobody of a captive population of 4."),
        "weight": ((1, 1, {"weight": -1.0}), "The weight of the group's gene diversity is -1.0."),
        "no weight": ((1, 1, {"weight": float("nan")}), "The weight of the group's gene diversity is nan."),
        "limit": ((1, 1, {"kinship_limit": float("nan")}), "The limit of kinship is nan."),
        "too close": (
            (1, 2, {"kinship_limit": 0.125}),
            "There is no group of 1 male and 2 females among the 4 candidates in which no two have a kinship above 0.125. With a limit of 0.25 there",
        ),
    }.items(),
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_choose_release__says_what_stands_in_the_way(case: str, sentence) -> None:
    (males, females, more), expected = sentence
    with pytest.raises(ReleaseError) as refused:
        asked(lacy.RECORDS, list(lacy.LIVING), list(lacy.LIVING), males, females, **more)
    assert str(refused.value).startswith(expected)


def test_choose_release__finds_a_group_with_the_limit_it_tells() -> None:
    kinship, everyone = np.full((4, 4), 0.1234564), np.full(4, True)
    np.fill_diagonal(kinship, 0.5)
    question = {"is_male": np.arange(4) < 2, "males": 1, "females": 1}
    with pytest.raises(ReleaseError, match=r"With a limit of 0\.123457 there is one"):
        choose_release(kinship, everyone, everyone, **question, kinship_limit=0.1)
    choose_release(kinship, everyone, everyone, **question, kinship_limit=0.123457)


def test_choose_release__refuses_candidates_that_are_not_captive_and_what_is_no_mask() -> None:
    with pytest.raises(ReleaseError, match=r"Of the candidates 1 do not live in the captive"):
        asked(lacy.RECORDS, list(lacy.LIVING), ["A", *lacy.LIVING], 1, 1)
    kinship = kinship_matrix(lacy.t1())
    with pytest.raises(MaskError):
        choose_release(kinship, np.ones(7), np.full(7, True), is_male=np.full(7, True), males=1, females=0)
