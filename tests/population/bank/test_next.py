"""Whom to bank next: the order is the science's, and each row tells why."""

import csv
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from pedigree.banking import bank_next
from pedigree.demography.dying import chance_of_death
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.population.bank.next import Asked, bank_order
from studbook.population.bank.next_words import reason_of
from studbook.population.basis import Basis
from studbook.population.demography.filters import Filters
from studbook.population.demography.tables import tables_on
from studbook.population.wider import analysis_with
from studbook.reproduction.models import Sample
from tests.factories import ObservationFactory, SampleFactory, animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/bank/next/"


@pytest.fixture
def aged(bank: Family) -> Family:
    """Return the family with its bank and, so that a life table tells of ages, some that lived and died apart."""
    for number, (born, died) in enumerate(
        [("2001", "2003"), ("2002", "2010"), ("2003", "2015"), ("2004", "2017"), ("2005", "2019")], start=100
    ):
        for sex in ("M", "F"):
            animal_at(
                bank.zoo,
                programme=bank.programme,
                studbook_number=f"{number}{sex}",
                sex=sex,
                birth=DateInterval.parse(born),
                status=Animal.Status.DEAD,
                death=DateInterval.parse(died),
            )
    return bank


def test_bank_order__is_that_of_the_science(aged: Family) -> None:
    basis = Basis(aged.programme)
    found = bank_order(basis, Asked(years=2))
    analysis, tables = analysis_with(basis, ["1"]), tables_on(basis, Filters())
    chance = np.zeros(len(analysis.population))
    for number in ("5", "6", "7", "8", "9", "10"):
        table = tables.male if int(number) % 2 else tables.female
        age = aged[int(number)].age_on(aged.programme.as_of)
        chance[analysis.population.row(number)] = chance_of_death(table, np.array([age]), 2.0)[0]
    donors, candidates = analysis.population.mask(["1", "5"]), analysis.population.mask(["7", "9"])
    expected = bank_next(analysis.kinship, analysis.measured, donors, chance, candidates=candidates)
    assert [(row.number, row.chance, row.lost, row.expected) for row in found.rows] == [
        (analysis.population.ids[each.animal], each.chance, each.lost, each.expected) for each in expected
    ]
    assert found.enough == 1


def test_bank_order__asks_of_one_sex_or_of_both(aged: Family) -> None:
    basis = Basis(aged.programme)
    assert {row.number for row in bank_order(basis, Asked("F")).rows} == {"6", "8", "10"}
    assert {row.number for row in bank_order(basis, Asked("")).rows} == {"6", "7", "8", "9", "10"}


def test_bank_order__lists_who_has_fewer_doses_than_enough(aged: Family) -> None:
    basis = Basis(aged.programme)
    row = next(row for row in bank_order(basis, Asked(enough=4)).rows if row.number == "5")
    assert row.few is not None
    assert (row.few.units, row.few.doses) == (3, 3)
    assert "3 units of semen banked, 3 doses for use" in reason_of(row, 1)
    assert bank_order(basis, Asked(enough=4)).enough == 0


def test_bank_order__counts_the_reserve_and_oocytes_as_banked_and_calls_neither_doses_for_use(
    aged: Family,
) -> None:
    place = {"programme": aged.programme, "institution": aged.zoo}
    SampleFactory(donor=aged[7], account=Sample.Account.RESERVE, per_dose=2, units_stored=7, **place)
    SampleFactory(donor=aged[8], kind=Sample.Kind.OOCYTES, units_stored=10, **place)
    basis = Basis(aged.programme)
    assert {row.number for row in bank_order(basis, Asked("", enough=3)).rows} == {"6", "9", "10"}
    rows = {row.number: row for row in bank_order(basis, Asked("", enough=11)).rows}
    assert "7 units of semen banked, 0 doses for use" in reason_of(rows["7"], 1)
    assert "10 units of oocytes banked" in reason_of(rows["8"], 1)
    assert "dose" not in reason_of(rows["8"], 1)


def test_bank_order__counts_a_dead_donor_however_much_is_enough_of_the_living(aged: Family) -> None:
    Sample.objects.filter(donor=aged[1]).update(per_dose=9)
    basis = Basis(aged.programme)
    found = bank_order(basis, Asked(enough=4))
    analysis, tables = analysis_with(basis, ["1"]), tables_on(basis, Filters())
    chance = np.zeros(len(analysis.population))
    for number in ("5", "6", "7", "8", "9", "10"):
        table = tables.male if int(number) % 2 else tables.female
        age = aged[int(number)].age_on(aged.programme.as_of)
        chance[analysis.population.row(number)] = chance_of_death(table, np.array([age]), 1.0)[0]
    expected = bank_next(
        analysis.kinship,
        analysis.measured,
        analysis.population.mask(["1"]),
        chance,
        candidates=analysis.population.mask(["5", "7", "9"]),
    )
    assert [(row.number, row.expected) for row in found.rows] == [
        (analysis.population.ids[each.animal], each.expected) for each in expected
    ]
    assert found.enough == 0


def test_bank_order__leaves_out_the_too_young(aged: Family) -> None:
    aged.programme.male_first_breeding_days = 10 * 365
    aged.programme.save()
    found = bank_order(Basis(aged.programme), Asked())
    assert (found.too_young, {row.number for row in found.rows}) == (1, {"7"})
    assert {row.number for row in bank_order(Basis(aged.programme), Asked(young=True)).rows} == {"7", "9"}


@pytest.mark.parametrize(("kind", "what"), [("contraception", "neutered"), ("reproduction", "infertile")])
def test_bank_order__leaves_out_who_has_nothing_to_give(aged: Family, kind: str, what: str) -> None:
    before = bank_order(Basis(aged.programme), Asked())
    ObservationFactory(animal=aged[7], kind=kind, what=what, date=DateInterval.parse("2020-01-01"))
    after = bank_order(Basis(aged.programme), Asked())
    assert (before.barren, after.barren) == (0, 1)
    assert {row.number for row in before.rows} - {row.number for row in after.rows} == {"7"}


def test_bank_order__counts_a_longer_span_as_more_dangerous(aged: Family) -> None:
    one, five = (
        {row.number: row.chance for row in bank_order(Basis(aged.programme), Asked(years=years)).rows}
        for years in (1, 5)
    )
    assert all(five[number] > one[number] for number in one)


def test_chance__of_the_table_of_both_sexes_is_told(aged: Family, olga: Any, signed_in: Any) -> None:
    # Nobody knows when a male was born, so that the table of the males tells of nobody.
    Animal.objects.filter(programme=aged.programme, sex="M").update(birth_earliest=None, birth_latest=None)
    basis = Basis(aged.programme)
    males, females = (bank_order(basis, Asked(sex)).rows for sex in ("M", "F"))
    assert (all(row.by_pooled for row in males), any(row.by_pooled for row in females)) == (True, False)
    pooled = chance_of_death(tables_on(basis, Filters()).pooled, np.array([np.nan]), 1.0)[0]
    assert {row.chance for row in males} == {pooled}
    assert "chance to die within a year by the table of both sexes" in reason_of(males[0], 1)
    client = signed_in(olga)
    assert "Of 2 animals it is that of the table of both sexes" in client.get(URL).content.decode()
    assert "the table of both sexes" not in client.get(URL, {"sex": "F"}).content.decode()
    text = b"".join(client.get(f"{URL}export.csv", {"sex": "both"}).streaming_content).decode()
    tables = {row["sex"]: row["life_table"] for row in csv.DictReader(StringIO(text))}
    assert tables == {"M": "both sexes", "F": "F"}


def test_bank_order__without_a_death_on_record_says_why_there_is_none(bank: Family) -> None:
    # The founders died in no holder's care, so no life table holds them.
    found = bank_order(Basis(bank.programme), Asked())
    assert found.rows == []
    assert found.reason.startswith("No death after the first year of an animal in human care is on record")


def test_reason__tells_age_chance_genes_and_what_is_banked(aged: Family) -> None:
    row = bank_order(Basis(aged.programme), Asked()).rows[0]
    words = reason_of(row, 1)
    assert words.startswith(
        f"{int(row.age or 0)} years old, {100 * row.chance:.0f} % chance to die within a year, "
    )
    assert "unique genes, nothing banked" in words


def test_page__lists_the_order_with_reasons(aged: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    told = [row.number for part in ("chosen", "rest", "common") for row, _ in page.context[part]]
    assert told == [row.number for row in bank_order(Basis(aged.programme), Asked()).rows]
    assert "chance to die within a year" in page.content.decode()
    assert "1 animal has enough in store and is not listed" in page.content.decode()


def test_chosen__are_those_with_whom_something_is_lost(aged: Family, olga: Any, signed_in: Any) -> None:
    # So many young hold the genes of 9 that nothing is lost with it.
    for number in range(200, 212):
        animal_at(
            aged.zoo,
            programme=aged.programme,
            studbook_number=str(number),
            sex="F",
            birth=DateInterval.parse("2023-05-01"),
            sire=aged[9],
            dam=aged[10],
        )
    client = signed_in(olga)
    page = client.get(URL)
    found, common = page.context["found"], page.context["common"]
    assert common
    assert not any(row.chosen for row, _ in common)
    assert found.chosen == len(page.context["chosen"])
    assert f"once the {found.chosen} chosen are banked." in page.content.decode()
    assert found.kept_then == page.context["chosen"][-1][0].gene_diversity
    text = b"".join(client.get(f"{URL}export.csv").streaming_content).decode()
    told = [row["chosen"] for row in csv.DictReader(StringIO(text))]
    assert told == ["yes"] * found.chosen + ["no"] * len(common)


def test_page__tells_how_many_of_the_chosen_pass_the_filters(aged: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"sex": "both", "institution": aged.zoo.pk})
    here, every = len(page.context["chosen"]), page.context["found"].chosen
    assert 0 < here < every
    assert f"once the {every} chosen are banked, of whom {here} pass" in page.content.decode()


def test_page__narrowed_to_an_institution_keeps_the_places(aged: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"sex": "F", "institution": aged.kazan.pk})
    every = {row.number: row.place for row in bank_order(Basis(aged.programme), Asked("F")).rows}
    shown = [row for part in ("chosen", "rest", "common") for row, _ in page.context[part]]
    assert {row.number for row in shown} == {"6", "8", "10"}
    assert all(every[row.number] == row.place for row in shown)
    assert signed_in(olga).get(URL, {"sex": "M", "institution": aged.kazan.pk}).context["chosen"] == []


@pytest.mark.parametrize(
    "query", [{"years": "6"}, {"enough": "0"}, {"enough": "9" * 30}, {"sex": "x"}, {"institution": "x\x00"}]
)
def test_page__says_what_cannot_be_read(aged: Family, olga: Any, signed_in: Any, query: dict) -> None:
    client = signed_in(olga)
    page = client.get(URL, query)
    assert page.status_code == 200
    assert "The filter cannot be read" in page.content.decode()
    assert client.get(f"{URL}export.csv", query).status_code == 400


def test_files__hold_the_order(aged: Family, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    text = b"".join(client.get(f"{URL}export.csv", {"years": "3"}).streaming_content).decode()
    rows = list(csv.DictReader(StringIO(text)))
    found = bank_order(Basis(aged.programme), Asked(years=3)).rows
    assert [row["studbook_number"] for row in rows] == [row.number for row in found]
    assert float(rows[0]["expected_loss"]) == found[0].expected
    assert rows[0]["years"] == "3"
    sheet = load_workbook(BytesIO(client.get(f"{URL}export.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == 1 + len(found)


def test_bank_order__takes_the_most_endangered_rare_genes_first(aged: Family) -> None:
    old = animal_at(
        aged.zoo,
        programme=aged.programme,
        studbook_number="500",
        sex="M",
        birth=DateInterval.parse("2008-05-01"),
    )
    assert bank_order(Basis(aged.programme), Asked()).rows[0].number == old.studbook_number
    SampleFactory(programme=aged.programme, donor=old, institution=aged.zoo)
    assert old.studbook_number not in {row.number for row in bank_order(Basis(aged.programme), Asked()).rows}
