import csv
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    UNKNOWN_SEX,
    HistoryRow,
    NumericalError,
    Pedigree,
    Record,
    UnknownAnimalError,
    breeders,
    certain_fraction,
    founder_equivalents,
    founder_table,
    genetic_history,
    summarise,
)
from pedigree._running import Running
from pedigree.cli.reading import read_sheet
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees, shared_books
from tests.pedigree.test_shared_books import LORIS, SHARED, needs_golden

LIST = SHARED / "golden" / "loris_2022_mean_kinship.csv"
START = date(2000, 1, 1)
LONG = 40


def day(number: int) -> date:
    return START + timedelta(number)


@st.composite
def stays(draw, records: list[Record]) -> dict[str, list[tuple[date, date | None]]]:
    found = {}
    for record in records:
        spans = draw(st.lists(st.tuples(st.integers(0, LONG), st.none() | st.integers(0, LONG)), max_size=2))
        found[record.id] = [
            (day(first), None if length is None else day(first + length)) for first, length in spans
        ]
    return found


def there(spans: list[tuple[date, date | None]], on: date) -> bool:
    return any(first <= on and (left is None or on < left) for first, left in spans)


def naive(pedigree: Pedigree, presence, on: date, births) -> dict[str, float]:
    """Each day for itself, by the functions for one living set; breeders by the records born by then."""
    living = pedigree.mask(animal for animal, spans in presence.items() if there(spans, on))
    found = {"living": int(living.sum())}
    for name, code in (("males", MALE), ("females", FEMALE), ("unknown_sex", UNKNOWN_SEX)):
        found[name] = int((living & (pedigree.sex == code)).sum())
    first = {animal: min(start for start, _ in spans) for animal, spans in presence.items() if spans}
    born = [animal for animal in pedigree.ids if births.get(animal, first.get(animal, date.max)) <= on]
    found["breeding_males"], found["breeding_females"] = breeders_among(pedigree, living, born)
    if living.any():
        whole = summarise(pedigree, living)
        founders = founder_table(pedigree, living)
        found["founders"] = int(founders.represented.sum())
        found["founder_equivalents"] = founder_equivalents(founders.contribution)
        found["mean_kinship"], found["gene_diversity"] = whole.mean_kinship, whole.gene_diversity
        found["founder_genome_equivalents"] = whole.founder_genome_equivalents
        found["mean_inbreeding"], found["known"] = whole.mean_inbreeding, whole.known
        found["certain"] = certain_fraction(pedigree)[living].mean()
        found["known_gene_diversity"] = whole.known_only.gene_diversity
    return found


def breeders_among(pedigree: Pedigree, living, born: list[str]) -> tuple[float, float]:
    totals = []
    for role in ("sire", "dam"):
        total = 0.0
        for row in np.flatnonzero(living):
            chance_none = 1.0
            for animal in born:
                for parent, chance in pedigree.possible(pedigree.row(animal), role):
                    chance_none *= 1 - chance if parent == row else 1
            total += 1 - chance_none
        totals.append(total)
    return totals[0], totals[1]


def same(row: HistoryRow, expected: dict[str, float]) -> None:
    for name, value in expected.items():
        assert getattr(row, name) == pytest.approx(value, abs=1e-12, nan_ok=True), name


@pytest.mark.slow
@given(pedigrees(), st.data())
def test_genetic_history__equals_each_day_computed_for_itself(records, data) -> None:
    pedigree, presence = Pedigree.from_records(records), data.draw(stays(records))
    births = {
        record.id: day(data.draw(st.integers(0, LONG))) for record in records if data.draw(st.booleans())
    }
    days = [day(number) for number in data.draw(st.lists(st.integers(-2, 90), min_size=1, max_size=5))]
    rows = genetic_history(pedigree, presence, days, births=births)
    assert [row.on for row in rows] == days
    for row in rows:
        same(row, naive(pedigree, presence, row.on, births))


@pytest.mark.slow
@given(shared_books(), st.data())
def test_genetic_history__of_twins_litters_and_related_founders_is_each_day_for_itself(book, data) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    presence = data.draw(stays(book.records))
    for row in genetic_history(pedigree, presence, [day(number) for number in (10, 30, 60)]):
        expected = naive(pedigree, presence, row.on, {})
        # Breeders of tied litters are those of `breeders`; the naive product takes litter-mates as independent.
        same(row, {name: value for name, value in expected.items() if not name.startswith("breeding")})


@given(shared_books(), st.data())
def test_genetic_history__has_the_breeders_of_breeders_once_all_are_born(book, data) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    living = data.draw(chosen(book.records))
    births = {animal: day(data.draw(st.integers(0, LONG))) for animal in pedigree.ids}
    presence = {animal: [(day(LONG), None)] for animal in living}
    (row,) = genetic_history(pedigree, presence, [day(LONG)], births=births)
    found = breeders(pedigree, pedigree.mask(living))
    assert row.breeding_males == pytest.approx(found.males, abs=1e-12)
    assert row.breeding_females == pytest.approx(found.females, abs=1e-12)


def test_genetic_history__of_lacy_through_its_three_generations() -> None:
    pedigree = lacy.t1()
    presence = {
        **{founder: [(day(0), day(20))] for founder in "ABE"},
        **{animal: [(day(10), None)] for animal in "CD"},
        **{animal: [(day(15), None)] for animal in "FG"},
    }
    rows = genetic_history(pedigree, presence, [day(5), day(12), day(15), day(20)])
    assert [(row.living, row.males, row.females, row.founders) for row in rows] == [
        (3, 1, 2, 3),
        (5, 3, 2, 3),
        (7, 3, 4, 3),
        (4, 2, 2, 3),
    ]
    assert rows[2].mean_kinship == pytest.approx(10 / 49, abs=1e-15)
    assert (rows[3].mean_kinship, rows[3].gene_diversity) == (9 / 32, 23 / 32)
    assert rows[3].founder_genome_equivalents == 16 / 9
    assert [(row.breeding_males, row.breeding_females) for row in rows] == [(0, 0), (1, 1), (2, 2), (1, 0)]
    assert np.isnan(rows[0].effective_size)
    assert rows[1].effective_ratio == 2 / 5
    assert rows[3].effective_ratio == 0


def test_genetic_history__counts_the_first_day_of_a_stay_and_not_the_last() -> None:
    pedigree = Pedigree.from_records([Record("1")])
    presence = {"1": [(day(3), day(5))]}
    rows = genetic_history(pedigree, presence, [day(number) for number in range(2, 7)])
    assert [row.living for row in rows] == [0, 1, 1, 0, 0]


def test_genetic_history__counts_an_animal_once_in_stays_that_overlap_or_touch() -> None:
    pedigree = Pedigree.from_records([Record("1")])
    presence = {"1": [(day(4), day(6)), (day(1), day(4)), (day(5), None), (day(7), day(8))]}
    rows = genetic_history(pedigree, presence, [day(number) for number in range(10)])
    assert [row.living for row in rows] == [0] + [1] * 9
    assert {row.mean_kinship for row in rows[1:]} == {0.5}


def test_genetic_history__of_nobody_has_no_figures() -> None:
    (row,) = genetic_history(lacy.t1(), {}, [day(0)])
    assert (row.living, row.founders) == (0, 0)
    figures = (row.gene_diversity, row.founder_genome_equivalents, row.mean_inbreeding, row.known)
    assert np.isnan(figures).all()
    assert np.isnan((row.effective_ratio, row.known_gene_diversity, row.founder_equivalents)).all()


def test_genetic_history__counts_dead_young_that_were_never_there_as_births() -> None:
    pedigree = Pedigree.from_records(
        [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("3", "1", "2"), Record("4", "1", "2")]
    )
    presence = {"1": [(day(0), None)], "2": [(day(0), None)], "3": []}
    rows = genetic_history(pedigree, presence, [day(1), day(2)], births={"3": day(2)})
    assert [row.effective_size for row in rows][1:] == [2]
    assert np.isnan(rows[0].effective_size)


def test_genetic_history__breeders_of_today_are_those_of_breeders() -> None:
    pedigree = lacy.t3()
    living = pedigree.mask(["C", "F", "G", "H"])
    presence = {animal: [(day(0), None)] for animal in ("C", "F", "G", "H")}
    births = dict.fromkeys(pedigree.ids, day(0))
    (row,) = genetic_history(pedigree, presence, [day(1)], births=births)
    found = breeders(pedigree, living)
    assert (row.breeding_males, row.breeding_females) == (found.males, found.females)


def test_genetic_history__refuses_a_stay_that_ends_before_it_begins() -> None:
    with pytest.raises(
        ValueError, match="A stay of animal 1 ends on 2000-01-01, before it begins on 2000-01-02"
    ):
        genetic_history(Pedigree.from_records([Record("1")]), {"1": [(day(1), day(0))]}, [day(0)])


def test_genetic_history__refuses_an_animal_nobody_knows() -> None:
    with pytest.raises(UnknownAnimalError):
        genetic_history(lacy.t1(), {"Z": [(day(0), None)]}, [day(0)])


PRINTED = {
    2013: (95.94, 0.27),
    2015: (95.43, 0.41),
    2017: (94.08, 0.04),
    2019: (92.85, 1.03),
    2021: (92.65, 0.14),
}
"""GD in percent as a printed plan gives it, and how far the published table of births and deaths may be from it."""


@needs_golden
def test_genetic_history__follows_the_printed_history_as_far_as_the_dates_allow() -> None:
    sheet = read_sheet(LORIS)
    pedigree = Pedigree.from_records(sheet.records)
    ends = {animal: span[0] for animal, span in sheet.death.items()}
    presence = {animal: [(span[0], ends.get(animal))] for animal, span in sheet.birth.items()}
    rows = genetic_history(pedigree, presence, [date(year, 12, 31) for year in PRINTED])
    for row, (printed, within) in zip(rows, PRINTED.values(), strict=True):
        assert abs(100 * row.gene_diversity - printed) < within, row.on
    diversities = [row.gene_diversity for row in rows]
    assert diversities == sorted(diversities, reverse=True)


@needs_golden
def test_genetic_history__of_the_animals_listed_is_the_printed_row() -> None:
    sheet = read_sheet(LORIS)
    pedigree = Pedigree.from_records(sheet.records)
    births = {animal: span[0] for animal, span in sheet.birth.items()}
    with LIST.open() as file:
        presence = {row["id"]: [(date(2021, 1, 1), None)] for row in csv.DictReader(file)}
    (row,) = genetic_history(pedigree, presence, [date(2021, 12, 31)], births=births)
    assert (row.living, row.founders) == (39, 28)
    assert f"{100 * row.gene_diversity:.2f}" == "92.65"
    assert f"{row.mean_kinship:.4f} {row.founder_genome_equivalents:.2f}" == "0.0735 6.80"
    assert f"{row.mean_inbreeding:.4f} {row.effective_ratio:.4f}" == "0.0048 0.4344"


def _uncertain() -> tuple[Pedigree, dict[str, list[tuple[date, date | None]]]]:
    several = (("C", 0.25), ("D", 0.75))
    records = [*lacy.RECORDS, Record("J", UNKNOWN, "G"), Record("K", several, "F"), Record("L", "D", UNKNOWN)]
    pedigree = Pedigree.from_records(records)
    return pedigree, {animal: [(day(row), day(12 + row))] for row, animal in enumerate(pedigree.ids)}


@pytest.mark.parametrize("number", [0, 1, 4, 8, 11, 12, 15, 18, 20, 21])
def test_genetic_history__of_an_uncertain_book_is_each_day_for_itself(number: int) -> None:
    pedigree, presence = _uncertain()
    (row,) = genetic_history(pedigree, presence, [day(number)])
    same(row, naive(pedigree, presence, day(number), {}))
    if row.living:
        assert row.effective_size == pytest.approx(row.effective_ratio * row.living, nan_ok=True)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mean_kinship", 0.01),
        ("mean_kinship", 1.5),
        ("founder_equivalents", 0.5),
        ("founder_equivalents", 99.0),
    ],
)
def test_genetic_history__shows_no_figure_that_cannot_be(
    name: str, wrong: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    pedigree, presence = _uncertain()
    monkeypatch.setattr(Running, name, wrong)
    with pytest.raises(NumericalError, match="no figure is shown"):
        genetic_history(pedigree, presence, [day(11)])
