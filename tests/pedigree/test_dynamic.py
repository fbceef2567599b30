from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    WILD,
    NumericalError,
    Pedigree,
    Population,
    Record,
    UnknownAnimalError,
    dynamic_mean_kinship_list,
    gene_diversity,
    kinship_matrix,
    known_fraction,
    next_pairs,
    rank_pairs,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.twin import Twin


def population(records: list[Record], living: list[str]) -> Population:
    pedigree = Pedigree.from_records(records)
    return Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(living))


def naive(records, living, sires, dams, wanted, most, limit) -> list[tuple[str, str, Fraction]]:
    """Every pair tried by writing its young into the records; exact fractions, so ties are ties."""
    records, living, found = list(records), list(living), []
    for number in range(wanted):
        twin, options = Twin(records), []
        for sire in sires:
            for dam in dams:
                times = [sum(sire == s for s, _, _ in found), sum(dam == d for _, d, _ in found)]
                if sire != dam and twin.kinship(sire, dam) < limit and max(times) < most:
                    options.append(
                        (-_diversity(records, living, sire, dam), twin.kinship(sire, dam), sire, dam)
                    )
        if not options:
            return found
        minus_diversity, _, sire, dam = min(options)
        found.append((sire, dam, -minus_diversity))
        records.append(Record(f"young {number}", sire, dam))
        living.append(f"young {number}")
    return found


def _diversity(records, living, sire, dam) -> Fraction:
    twin, everyone = Twin([*records, Record("tried", sire, dam)]), [*living, "tried"]
    return 1 - sum(twin.kinship(x, y) for x in everyone for y in everyone) / Fraction(len(everyone) ** 2)


@given(pedigrees(most=8), st.integers(1, 4), st.integers(1, 2), st.sampled_from((1, 1 / 8)), st.data())
def test_dynamic_mean_kinship_list__equals_trying_every_pair(records, wanted, most, limit, data) -> None:
    living = data.draw(chosen(records))
    sires = [each.id for each in records if each.id in living and each.sex == MALE]
    dams = [each.id for each in records if each.id in living and each.sex == FEMALE]
    found = dynamic_mean_kinship_list(
        population(records, living), wanted=wanted, per_sire=most, per_dam=most, inbreeding_limit=limit
    )
    expected = naive(records, living, sires, dams, wanted, most, Fraction(limit))
    assert [(each.sire, each.dam) for each in found] == [(sire, dam) for sire, dam, _ in expected]
    for each, (_, _, diversity) in zip(found, expected, strict=True):
        assert each.gene_diversity == pytest.approx(float(diversity), abs=1e-12)


def test_dynamic_mean_kinship_list__begins_as_the_ranked_pairs_do() -> None:
    pedigree = lacy.t1()
    living, kinship = pedigree.mask(lacy.LIVING), kinship_matrix(pedigree)
    first = rank_pairs(pedigree, kinship, living, known_fraction(pedigree)).pair(0)
    (choice,) = dynamic_mean_kinship_list(Population.of(pedigree, kinship, living), wanted=1)
    assert (choice.sire, choice.dam, choice.f_offspring) == (first.sire, first.dam, first.f_offspring)
    assert (choice.mk_sire, choice.mk_dam) == (first.mk_sire, first.mk_dam)
    assert choice.delta_gd == pytest.approx(first.delta_gd, abs=1e-15)


def test_dynamic_mean_kinship_list__tells_the_state_after_each_choice() -> None:
    base = population(lacy.RECORDS, lacy.LIVING)
    found = dynamic_mean_kinship_list(base, wanted=3)
    for choice in found:
        before, base = base, base.with_offspring(choice.sire, choice.dam)
        assert choice.mk_sire == pytest.approx(before.mean_kinships[before.row(choice.sire)], abs=1e-14)
        assert choice.gene_diversity == pytest.approx(base.figures.gene_diversity, abs=1e-14)
        change = base.figures.gene_diversity - before.figures.gene_diversity
        assert choice.delta_gd == pytest.approx(change, abs=1e-14)


def test_dynamic_mean_kinship_list__spreads_over_equal_founders() -> None:
    records = [Record(f"m{i}", WILD, WILD, MALE) for i in range(3)]
    records += [Record(f"f{i}", WILD, WILD, FEMALE) for i in range(3)]
    found = dynamic_mean_kinship_list(population(records, [each.id for each in records]), wanted=3)
    assert [(each.sire, each.dam) for each in found] == [("m0", "f0"), ("m1", "f1"), ("m2", "f2")]


def test_dynamic_mean_kinship_list__ends_when_no_pair_is_left() -> None:
    base = population(lacy.RECORDS, lacy.LIVING)
    assert len(dynamic_mean_kinship_list(base, wanted=9, per_dam=1)) == 2
    assert len(dynamic_mean_kinship_list(base, wanted=9, per_sire=2)) == 4
    assert dynamic_mean_kinship_list(base, wanted=9, per_sire=0) == ()
    assert dynamic_mean_kinship_list(base, wanted=9, inbreeding_limit=0.125) == ()
    assert dynamic_mean_kinship_list(base, wanted=0) == ()


def test_dynamic_mean_kinship_list__takes_those_named_living_or_not() -> None:
    base = population(lacy.RECORDS, lacy.LIVING).with_offspring("C", "F", names=["y"], sex=FEMALE)
    (choice,) = dynamic_mean_kinship_list(base, wanted=1, sires=["A"], dams=["y"])
    assert (choice.sire, choice.dam, choice.f_offspring) == ("A", "y", 3 / 16)
    assert choice.gene_diversity == pytest.approx(
        base.with_offspring("A", "y").figures.gene_diversity, abs=1e-14
    )
    with pytest.raises(UnknownAnimalError):
        dynamic_mean_kinship_list(base, wanted=1, sires=["Z"])


def test_dynamic_mean_kinship_list__of_donors_alone_has_no_change_to_tell() -> None:
    base = population([Record("1", WILD, WILD, MALE), Record("2", WILD, WILD, FEMALE)], ["1"]).without("1")
    (choice,) = dynamic_mean_kinship_list(base, wanted=1, sires=["1"], dams=["2"])
    assert np.isnan([choice.mk_sire, choice.delta_gd]).all()
    assert choice.gene_diversity == 0.5


def test_gene_diversity__of_the_chosen_is_no_worse_than_of_any_other_first_pair() -> None:
    base = population(lacy.RECORDS, lacy.LIVING)
    (choice,) = dynamic_mean_kinship_list(base, wanted=1)
    for sire in "CD":
        for dam in "FG":
            after = base.with_offspring(sire, dam).figures.gene_diversity
            assert choice.gene_diversity >= after - 1e-12
    assert gene_diversity(base.kinship, base.living) == base.figures.gene_diversity


@pytest.mark.parametrize("factor", [0.01, 9])
def test_dynamic_mean_kinship_list__shows_no_figure_that_cannot_be(factor: float) -> None:
    base = population(lacy.RECORDS, lacy.LIVING)
    with pytest.raises(NumericalError, match="no figure is shown"):
        dynamic_mean_kinship_list(replace(base, kinship_sums=factor * base.kinship_sums), wanted=1)


@given(pedigrees(most=8), st.integers(1, 5), st.sampled_from((1, 1 / 8)), st.data())
def test_next_pairs__equals_trying_every_pair_once(records, most, limit, data) -> None:
    living = data.draw(chosen(records))
    found = next_pairs(population(records, living), most=most, inbreeding_limit=limit)
    twin = Twin(records)
    sexes = {each.id: each.sex for each in records if each.id in living}
    expected = sorted(
        (-_diversity(records, living, sire, dam), twin.kinship(sire, dam), sire, dam)
        for sire, male in sexes.items()
        for dam, female in sexes.items()
        if male == MALE and female == FEMALE and twin.kinship(sire, dam) < limit
    )[:most]
    assert [(each.sire, each.dam) for each in found] == [pair[2:] for pair in expected]
    for each, (minus_diversity, inbreeding, *_) in zip(found, expected, strict=True):
        assert each.gene_diversity == pytest.approx(float(-minus_diversity), abs=1e-12)
        assert each.f_offspring == pytest.approx(float(inbreeding), abs=1e-12)


def test_next_pairs__of_lacys_pedigree() -> None:
    found = next_pairs(population(lacy.RECORDS, lacy.LIVING), most=3)
    assert [(each.sire, each.dam, each.delta_gd) for each in found] == [
        ("C", "F", pytest.approx(-0.00625)),
        ("C", "G", pytest.approx(-0.00625)),
        ("D", "F", pytest.approx(-0.01875)),
    ]


@pytest.mark.slow
@given(pedigrees(), st.integers(1, 3), st.data())
def test_next_pairs__begins_as_the_dynamic_list_does(records, steps: int, data) -> None:
    base = population(records, data.draw(chosen(records)))
    for _ in range(steps if len(base) > 1 else 0):
        base = base.with_offspring(*data.draw(st.permutations(base.ids[:5]))[:2])
    (first,) = dynamic_mean_kinship_list(base, wanted=1) or (None,)
    assert (next_pairs(base, most=1) or (None,))[0] == first
