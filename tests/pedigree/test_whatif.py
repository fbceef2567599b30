from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    WILD,
    Death,
    Exclusion,
    Import,
    ImpossibleStepError,
    Inclusion,
    NumericalError,
    Offspring,
    Pedigree,
    Population,
    Record,
    SexCodeError,
    UnknownAnimalError,
    founding,
    inbreeding,
    kinship_matrix,
    mean_kinship,
    population_mean_kinship,
    what_if_offspring,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees, shared_books
from tests.pedigree.test_mating import T2

KINDS = ("offspring", "import", "death", "exclusion", "inclusion")


def population(records: list[Record], living: list[str]) -> Population:
    pedigree = Pedigree.from_records(records)
    return Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(living))


class Rebuilt:
    """The second opinion: the records with the steps written into them, everything computed from the start."""

    def __init__(self, records: list[Record], living: list[str], founder_kinship=None) -> None:
        self.records, self.living, self.founder_kinship = list(records), list(living), founder_kinship

    def take(self, step) -> None:
        if isinstance(step, Offspring):
            self.records += [Record(name, step.sire, step.dam) for name in step.names]
            self.living += step.names
        elif isinstance(step, Import):
            self.records.append(Record(step.animal, WILD, WILD))
            self.living.append(step.animal)
        elif isinstance(step, Inclusion):
            self.living.append(step.animal)
        else:
            self.living.remove(step.animal)

    def same_as(self, found: Population) -> None:
        pedigree = Pedigree.from_records(self.records, founder_kinship=self.founder_kinship)
        kinship, mask = kinship_matrix(pedigree), pedigree.mask(self.living)
        rows = pedigree.rows(found.ids)
        means = mean_kinship(kinship, mask)[rows]
        assert found.mean_kinships == pytest.approx(means, abs=1e-12, nan_ok=True)
        mean = population_mean_kinship(kinship, mask)
        bred = mask & ~founding(pedigree)
        mean_f = inbreeding(pedigree)[bred].mean() if bred.any() else np.nan
        figures = (len(self.living), mean, 1 - mean, 1 / (2 * mean), mean_f)
        got = found.figures
        assert (
            got.living,
            got.mean_kinship,
            got.gene_diversity,
            got.founder_genome_equivalents,
            got.mean_inbreeding,
        ) == pytest.approx(figures, abs=1e-12, nan_ok=True)


def steps_for(draw, everyone: list[str], living: list[str], number: int):
    """A step that is possible now, by what is drawn; None where this kind is not."""
    kind, one, other = draw(st.tuples(st.sampled_from(KINDS), st.integers(0, 999), st.integers(0, 999)))
    gone = [animal for animal in everyone if animal not in living]
    if kind == "offspring" and len(everyone) > 1:
        sire = everyone[one % len(everyone)]
        dam = [animal for animal in everyone if animal != sire][other % (len(everyone) - 1)]
        return Offspring(sire, dam, 1 + one % 3, tuple(f"y{number}.{i}" for i in range(1 + one % 3)))
    if kind == "import":
        return Import(f"import {number}")
    if kind == "inclusion" and gone:
        return Inclusion(gone[one % len(gone)])
    if kind in ("death", "exclusion") and living:
        return (Death if kind == "death" else Exclusion)(living[one % len(living)])
    return None


@pytest.mark.slow
@given(pedigrees(), st.data())
def test_population__equals_the_records_with_the_steps_written_into_them(records, data) -> None:
    living = data.draw(chosen(records))
    found, rebuilt = population(records, living), Rebuilt(records, living)
    rebuilt.same_as(found)
    for number in range(6):
        step = steps_for(data.draw, list(found.ids), rebuilt.living, number)
        if step is not None:
            rebuilt.take(step)
            found = step.applied(found)
    rebuilt.same_as(found)


@pytest.mark.slow
@given(shared_books(), st.data())
def test_population__of_twins_litters_and_related_founders_equals_the_records(book, data) -> None:
    living, pedigree = (
        data.draw(chosen(book.records)),
        Pedigree.from_records(book.records, founder_kinship=book.founder_kinship),
    )
    found = Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(living))
    rebuilt = Rebuilt(book.records, living, book.founder_kinship)
    for number in range(4):
        step = steps_for(data.draw, list(found.ids), rebuilt.living, number)
        if step is not None:
            rebuilt.take(step)
            found = step.applied(found)
    rebuilt.same_as(found)


@given(pedigrees(), st.sampled_from((1 / 16, 1 / 8, 1 / 4)), st.data())
def test_with_import__of_a_relative_equals_related_founders(records, kinship: float, data) -> None:
    living = data.draw(chosen(records))
    base = population(records, living)
    # An animal with several possible parents, all outside, is a founder to whom no kinship can be given.
    founders = [each.id for each in records if {each.sire, each.dam} <= {WILD, UNKNOWN}]
    if not founders:
        return
    relative = data.draw(st.sampled_from(founders))
    found = base.with_offspring(*base.ids[:2]) if len(base.ids) > 1 else base
    found = found.with_import("new", kinship={relative: kinship})
    born = [Record(each.id, *base.ids[:2]) for each in found.newcomers[:-1]]
    whole = Pedigree.from_records(
        [*records, *born, Record("new", WILD, WILD)], founder_kinship={("new", relative): kinship}
    )
    mask = whole.mask([*living, "new", *(each.id for each in born)])
    means = mean_kinship(kinship_matrix(whole), mask)[whole.rows(found.ids)]
    assert found.mean_kinships == pytest.approx(means, abs=1e-12)


def test_with_import__of_an_inbred_founder() -> None:
    found = population([Record("1")], ["1"]).with_import("2", inbreeding=0.25)
    assert found.mean_kinships.tolist() == [0.25, 0.3125]
    assert np.isnan(found.figures.mean_inbreeding)


@pytest.mark.parametrize("pair", T2)
def test_with_offspring__is_t2_of_lacy(pair: tuple[str, str]) -> None:
    before = population(lacy.RECORDS, lacy.LIVING)
    after = before.with_offspring(*pair)
    assert before.figures.gene_diversity == 0.71875
    change = after.figures.gene_diversity - before.figures.gene_diversity
    assert change == pytest.approx(T2[pair][1], abs=1e-15)
    assert after.self_kinship[-1] == (1 + T2[pair][0]) / 2


def test_with_offspring__leaves_the_population_it_came_from_as_it_is() -> None:
    before = population(lacy.RECORDS, lacy.LIVING)
    means, living = before.mean_kinships.copy(), before.living.copy()
    before.with_offspring("C", "F", 3).without("C").with_import("X")
    assert np.array_equal(before.mean_kinships, means)
    assert np.array_equal(before.living, living)
    assert before.newcomers == ()


def test_with_offspring__branches_from_one_population() -> None:
    base = population(lacy.RECORDS, lacy.LIVING).with_offspring("C", "F", names=["y"])
    one, other = base.with_offspring("C", "y", names=["one"]), base.with_offspring("D", "y", names=["other"])
    assert one.self_kinship[-1] == (1 + base.kinship_of(base.row("y"))[base.row("C")]) / 2
    assert other.self_kinship[-1] == (1 + base.kinship_of(base.row("y"))[base.row("D")]) / 2


@given(pedigrees(), st.integers(1, 3), st.data())
def test_with_offspring__equals_what_if_offspring(records, litter: int, data) -> None:
    living, pedigree = data.draw(chosen(records)), Pedigree.from_records(records)
    if len(records) < 2:
        return
    sire, dam = data.draw(st.lists(st.sampled_from(pedigree.ids), min_size=2, max_size=2, unique=True))
    found = population(records, living).with_offspring(sire, dam, litter)
    what_if = what_if_offspring(
        kinship_matrix(pedigree), pedigree.mask(living), *pedigree.rows([sire, dam]), litter=litter
    )
    assert found.figures.mean_kinship == pytest.approx(what_if.mean_kinship_after, abs=1e-14)
    assert found.mean_kinships[: len(pedigree)] == pytest.approx(what_if.mean_kinships_after, abs=1e-14)
    assert found.mean_kinships[-1] == pytest.approx(what_if.offspring_mean_kinship, abs=1e-14)


def test_with_offspring__names_the_young_after_their_parents() -> None:
    base = population(lacy.RECORDS, lacy.LIVING).with_offspring("C", "F", 2).with_offspring("C", "F")
    assert base.ids[-3:] == ("C x F #1", "C x F #2", "C x F #3")


def test_population__of_nobody_has_no_figures() -> None:
    found = population([Record("1", UNKNOWN, UNKNOWN)], ["1"]).without("1")
    assert found.figures.living == 0
    assert np.isnan(found.figures.gene_diversity)
    assert np.isnan(found.mean_kinships).all()


REFUSED = {
    "has no young": lambda base: base.with_offspring("C", "F", 0),
    "cannot be both sire and dam": lambda base: base.with_offspring("C", "C"),
    "was given 1 names": lambda base: base.with_offspring("C", "F", 2, names=["x"]),
    "records already": lambda base: base.with_offspring("C", "F", names=["A"]),
    "Choose another name": lambda base: base.with_import("A"),
    "empty name": lambda base: base.with_import(""),
    "cannot have the kinship nan with A": lambda base: base.with_import("X", kinship={"A": np.nan}),
    "at least 0 and below 1": lambda base: base.with_import("X", inbreeding=1),
    "cannot have the kinship 0.75 with A": lambda base: base.with_import("X", kinship={"A": 0.75}),
    "cannot have the kinship -0.1 with E": lambda base: base.with_import("X", kinship={"E": -0.1}),
    "so it cannot leave it": lambda base: base.without("A"),
    "in the population measured already": lambda base: base.including("C"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_population__refuses_an_impossible_step(reason: str) -> None:
    with pytest.raises(ImpossibleStepError, match=reason):
        REFUSED[reason](population(lacy.RECORDS, lacy.LIVING))


def test_population__refuses_an_animal_nobody_knows() -> None:
    with pytest.raises(UnknownAnimalError, match="Animal Z is not in the pedigree"):
        population(lacy.RECORDS, lacy.LIVING).with_offspring("C", "Z")


def test_sex__is_that_of_the_pedigree_and_the_newcomers() -> None:
    found = population(lacy.RECORDS, lacy.LIVING).with_import("X", sex=FEMALE)
    assert found.sex[[found.row("C"), found.row("X")]].tolist() == [MALE, FEMALE]


def test_population__refuses_a_sex_that_is_none() -> None:
    with pytest.raises(SexCodeError, match="The sex of animal X is 7"):
        population(lacy.RECORDS, lacy.LIVING).with_import("X", sex=7)


def test_figures__tell_the_inbreeding_of_those_that_are_no_founders() -> None:
    found = population([*lacy.RECORDS, Record("K", "D", "F")], ["A", "C", "K"])
    assert found.figures.mean_inbreeding == 0.125
    assert found.with_offspring("K", "F").figures.mean_inbreeding == (0.25 + 0.375) / 3


def test_kinship_among__is_that_of_animals_and_newcomers() -> None:
    grown = population(lacy.RECORDS, lacy.LIVING).with_offspring("C", "F").with_offspring("C", "G")
    whole = np.array([grown.kinship_of(row) for row in range(len(grown))])
    assert np.array_equal(whole, whole.T)
    for chosen_rows in ([0, 3], [8, 2, 7], [7], []):
        rows = np.array(chosen_rows, dtype=np.intp)
        assert np.array_equal(grown.kinship_among(rows), whole[np.ix_(rows, rows)])


@pytest.mark.parametrize("factor", [0.1, 9])
def test_figures__that_cannot_be_are_not_shown(factor: float) -> None:
    base = population(lacy.RECORDS, lacy.LIVING)
    with pytest.raises(NumericalError, match="no figure is shown"):
        _ = replace(base, kinship_sums=factor * base.kinship_sums).figures
