"""What a projection is given, and the sentences that refuse what cannot be."""

from dataclasses import replace

import numpy as np
import pytest

from pedigree import (
    FEMALE,
    MALE,
    Pedigree,
    Record,
    RelatedFoundersError,
    ScenarioError,
    UnknownAnimalError,
    gene_diversity,
    kinship_matrix,
)
from pedigree.projection import (
    Arrivals,
    Catastrophe,
    Departures,
    GenomeBank,
    LivingPopulation,
    Rates,
    Scenario,
    SexRates,
    run_projection,
)
from tests.pedigree.projection.cases import RATES, book, population


def test_living_population__has_the_kinship_of_the_pedigree() -> None:
    pedigree = book()
    start = population(straws={"f01": 3, "f07": 1})
    rows = [pedigree.row(animal) for animal in (*start.ids, *start.donors)]
    assert np.allclose(start.kinship, kinship_matrix(pedigree)[np.ix_(rows, rows)])
    assert (start.donors, start.straws.tolist()) == (("f01", "f07"), [3, 1])
    assert "f07" in start.ids


def test_run_projection__starts_with_the_gene_diversity_of_the_pedigree() -> None:
    pedigree = book()
    living = pedigree.mask(population().ids)
    found = run_projection(population(), RATES, Scenario(years=1), runs=1)
    assert found.gene_diversity[0, 0] == pytest.approx(gene_diversity(kinship_matrix(pedigree), living))


def test_run_projection__starts_with_the_gene_diversity_of_uncertain_parents_in_the_mean() -> None:
    young = [Record(f"y{i}", (("a", 0.25), ("b", 0.75)), "c", litter=f"l{i % 2}") for i in range(4)]
    founders = [Record("a", sex=MALE), Record("b", sex=MALE), Record("c", sex=FEMALE)]
    pedigree = Pedigree.from_records(
        [*founders, *young, Record("twin", (("a", 0.25), ("b", 0.75)), "c", twin_of="y0", litter="l0")]
    )
    living = np.array([animal[0] in "yt" for animal in pedigree.ids])
    start = LivingPopulation.of(pedigree, living, np.full(len(pedigree), 1))
    found = run_projection(start, RATES, Scenario(years=1, loci=1024), runs=20)
    drawn = found.heterozygosity[:, 0]
    error = drawn.std(ddof=1) / np.sqrt(20)
    assert abs(drawn.mean() - found.gene_diversity[0, 0]) < 4 * error


AGES = np.full(32, 2.0)
WRONG_AGES = {
    "Give a number for each of the 32 animals": AGES[1:],
    "The age of animal y00 is -1. Give whole years": np.where(np.arange(32) == 8, -1.0, AGES),
    "The age of animal y00 is nan": np.where(np.arange(32) == 8, np.nan, AGES),
    "The age of animal y00 is 2.5": np.where(np.arange(32) == 8, 2.5, AGES),
}


@pytest.mark.parametrize("sentence", WRONG_AGES)
def test_living_population__refuses_what_is_no_age(sentence: str) -> None:
    pedigree = book()
    ages = WRONG_AGES[sentence]
    if len(ages) == 32:
        ages = np.where(np.array(pedigree.ids) == "y00", ages[8], 2.0)
    with pytest.raises(ScenarioError, match=sentence):
        LivingPopulation.of(pedigree, np.ones(32, dtype=np.bool_), ages)


def test_living_population__takes_any_age_of_the_dead() -> None:
    pedigree = book()
    living = pedigree.mask(["y00"])
    ages = np.where(living, 4.0, np.nan)
    assert LivingPopulation.of(pedigree, living, ages).age.tolist() == [4]


def test_living_population__refuses_donors_that_are_none() -> None:
    pedigree, everyone = book(), np.ones(32, dtype=np.bool_)
    for straws, sentence in (({"f00": 1}, "f00 is a female"), ({"f01": -1}, "f01 has -1 straws")):
        with pytest.raises(ScenarioError, match=sentence):
            LivingPopulation.of(pedigree, everyone, AGES, straws=straws)
    with pytest.raises(UnknownAnimalError):
        LivingPopulation.of(pedigree, everyone, AGES, straws={"nobody": 1})


def test_run_projection__carries_no_loci_of_related_founders_and_says_so() -> None:
    records = [Record("1", sex=MALE), Record("2", sex=FEMALE)]
    pedigree = Pedigree.from_records(records, founder_kinship={("1", "2"): 0.25})
    start = LivingPopulation.of(pedigree, np.array([True, True]), np.array([2, 2]))
    with pytest.raises(ScenarioError, match="Founders of this population are related"):
        run_projection(start, RATES, Scenario(years=1), runs=1)
    found = run_projection(start, RATES, Scenario(years=1, loci=0), runs=1)
    assert found.gene_diversity[0, 0] == 0.625
    assert np.isnan(found.alleles).all()
    assert issubclass(RelatedFoundersError, ValueError)


def test_projection__of_nobody_has_no_gene_diversity() -> None:
    pedigree = book()
    start = LivingPopulation.of(pedigree, np.zeros(32, dtype=np.bool_), AGES)
    found = run_projection(start, RATES, Scenario(years=2), runs=2)
    assert found.animals.tolist() == [[0] * 3] * 2
    assert np.isnan(found.gene_diversity).all()
    assert found.extinct.all()


def test_projection__of_nobody_begins_with_imports() -> None:
    pedigree = book()
    start = LivingPopulation.of(pedigree, np.zeros(32, dtype=np.bool_), AGES)
    found = run_projection(start, RATES, Scenario(years=1, imports=(Arrivals(5, 5),)), runs=1)
    assert found.imports[0, 1] == 10
    assert found.alleles[0, 1] == 20


def test_projection__grows_beyond_its_first_room() -> None:
    fertile = Rates(SexRates.of([0, 0, 0, 1], [0, 1, 1, 1]), SexRates.of([0, 0, 0, 1], [0, 2, 2, 2]))
    found = run_projection(population(), fertile, Scenario(years=4, strategy="random"), runs=1)
    counted = found.animals[0, :-1] + found.births[0, 1:] - found.deaths[0, 1:]
    assert np.array_equal(found.animals[0, 1:], counted)
    assert found.animals[0, -1] > 500
    assert found.gene_diversity[0, -1] == pytest.approx(found.heterozygosity[0, -1], abs=0.05)


RATES_REFUSED = {
    "Qx has 2 ages and Mx has 1": ([0, 1], [0]),
    "Qx at age 0 is 1.5. Give a chance": ([1.5, 1], [0, 0]),
    "Qx at age 1 is nan": ([0, np.nan], [0, 0]),
    "Mx at age 1 is -1. Give a number": ([0, 1], [0, -1]),
    "Mx at age 0 is inf": ([0, 1], [np.inf, 0]),
    "Qx at the last age, 1, is 0.5.*Set it to 1": ([0, 0.5], [0, 0]),
}


@pytest.mark.parametrize("sentence", RATES_REFUSED)
def test_sex_rates__refuse_what_is_no_rate(sentence: str) -> None:
    with pytest.raises(ScenarioError, match=sentence):
        SexRates.of(*RATES_REFUSED[sentence])


def test_rates__value_an_animal_by_the_young_it_has_before_it() -> None:
    table = SexRates.of([0.5, 0.2, 1], [0, 1, 2])
    worth = Rates(table, SexRates.of([0.5, 1], [0, 3])).reproductive_values()
    assert worth[1].tolist() == pytest.approx([0.5 * (1 + 0.8 * 2), 0.8 * 2, 0])
    assert worth[0].tolist() == pytest.approx([1.5, 0, 0])


REFUSED = {
    "'best' is no strategy. Give one of random": {"strategy": "best"},
    "'dense' is no kinship": {"kinship": "dense"},
    "years is 0. Give a whole number from 1": {"years": 0},
    "seed is -1": {"seed": -1},
    "years is 2.5": {"years": 2.5},
    "capacity is 0": {"capacity": 0},
    "litters_per_sire is 0": {"litters_per_sire": 0},
    "share_male is 1.5. Give a share": {"share_male": 1.5},
    "fulfilment is -1": {"fulfilment": -1},
    "kinship_limit is 2": {"kinship_limit": 2},
    "There are -1 lethal equivalents": {"lethal_equivalents": -1},
    "estimated from 32 loci. Give 100": {"kinship": "loci"},
    "loci is 1025. Give a whole number from 0 to 1024": {"loci": 1025},
    r"litters of 1, 2, 3 ... young are \(0.5,\)": {"litter_sizes": (0.5,)},
    r"litters of 1, 2, 3 ... young are \(\)": {"litter_sizes": ()},
    "males is -1": {"imports": (Arrivals(males=-1),)},
    "age is -1": {"imports": (Arrivals(1, age=-1),)},
    "every is 0": {"exports": (Departures(1, every=0),)},
    "last is 0": {"exports": (Departures(1, last=0),)},
    "youngest is -1": {"exports": (Departures(1, youngest=-1),)},
    "chance is 2": {"catastrophes": (Catastrophe(2),)},
    "success is 1.5": {"bank": GenomeBank(1.5)},
    "per_year is -1": {"bank": GenomeBank(per_year=-1)},
    "exported above the capacity, but none is given": {"exports_surplus": True},
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_scenario__refuses_what_cannot_be(sentence: str) -> None:
    with pytest.raises(ScenarioError, match=sentence):
        Scenario(**REFUSED[sentence])
    with pytest.raises(ScenarioError, match=sentence):
        replace(Scenario(), **REFUSED[sentence])
