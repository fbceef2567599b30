"""The page on gene diversity with the bank: the figures are the science's, on the stock of the book."""

import csv
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from pedigree.banking import gene_diversity_with_bank, kept_by_bank
from studbook.animals.models import Animal
from studbook.population.analysis import analysis_of
from studbook.population.bank.kept import bank_genes
from studbook.population.basis import Basis
from studbook.population.wider import analysis_with
from studbook.reproduction.bank.stock import stock_by_donor
from studbook.reproduction.models import Sample
from tests.factories import AssumptionFactory, FounderFactory, OverlayFactory, SampleFactory
from tests.population.conftest import DEAD, Family

URL = "/programmes/leopards/genetics/bank/"


def test_bank_genes__are_those_of_the_science(bank: Family) -> None:
    analysis = analysis_of(bank.programme)
    donors = analysis.population.mask(["1", "5"])
    expected = gene_diversity_with_bank(analysis.kinship, analysis.measured, donors)
    found = bank_genes(Basis(bank.programme))
    assert (found.today.without, found.today.with_bank, found.today.plain) == (
        expected.without,
        expected.with_bank,
        expected.plain,
    )
    kept = kept_by_bank(analysis.kinship, analysis.measured, donors)
    assert {row.donor.number: row.kept for row in found.rows} == {
        number: kept[analysis.population.row(number)] for number in ("1", "5")
    }
    assert found.today.gain is not None
    assert found.today.gain > 0


def test_bank_genes__tell_each_account_by_itself(bank: Family) -> None:
    found = bank_genes(Basis(bank.programme))
    gains = {share.account: share.diversity.gain for share in found.accounts}
    # Only the reserve holds a dead donor; the donor of the checking account lives.
    assert gains["reserve"] == found.today.gain
    assert (gains["savings"], gains["checking"]) == (0, 0)
    assert [share.diversity.donors for share in found.accounts] == [1, 0, 1]


def test_bank_genes__tell_what_is_left_were_every_living_donor_dead(bank: Family) -> None:
    analysis = analysis_of(bank.programme)
    donors = analysis.population.mask(["1", "5"])
    expected = gene_diversity_with_bank(analysis.kinship, analysis.measured & ~donors, donors)
    found = bank_genes(Basis(bank.programme)).donors_dead
    assert (found.without, found.with_bank) == (expected.without, expected.with_bank)


def test_bank_genes__carry_no_fewer_founder_genomes_with_the_bank(bank: Family) -> None:
    genomes = bank_genes(Basis(bank.programme)).genomes
    assert genomes is not None
    assert genomes.added > 0
    # Two pairs of founders; of each the first generation has two young.
    assert genomes.without == pytest.approx(3, abs=0.1)
    assert genomes.with_bank == pytest.approx(3.25, abs=0.1)


def test_bank_genes__of_a_donor_that_left_no_young(bank: Family) -> None:
    stranger = FounderFactory(programme=bank.programme, studbook_number="77", sex="M", **DEAD)
    SampleFactory(programme=bank.programme, donor=stranger, institution=bank.zoo)
    before = bank_genes(Basis(bank.programme))
    row = next(row for row in before.rows if row.donor.number == "77")
    assert row.count == 1
    assert row.mean_kinship == 0
    # The living stay as they are measured.
    assert before.today.without == analysis_of(bank.programme).summary.gene_diversity  # type: ignore[union-attr]


def test_analysis_with__leaves_every_number_of_the_living(bank: Family) -> None:
    FounderFactory(programme=bank.programme, studbook_number="77", sex="M", **DEAD)
    basis = Basis(bank.programme)
    plain, wider = analysis_with(basis, []), analysis_with(basis, ["77", "not in the book"])
    assert set(wider.population.ids) == {*plain.population.ids, "77"}
    for number in plain.population.ids:
        one, other = plain.population.row(number), wider.population.row(number)
        assert wider.rank[other] == plain.rank[one]
        assert wider.mean_kinships[other] == pytest.approx(plain.mean_kinships[one], abs=1e-15)
    assert not wider.measured[wider.population.row("77")]
    assert wider.summary == plain.summary


def test_bank_genes__follow_the_stock_without_a_new_revision(bank: Family) -> None:
    before = bank_genes(Basis(bank.programme))
    bank[1].samples.update(units=0)
    after = bank_genes(Basis(bank.programme))
    assert [row.donor.number for row in before.rows] != [row.donor.number for row in after.rows]
    assert after.today.gain == 0


def test_bank_genes__of_a_void_donor_are_none(bank: Family) -> None:
    twice = FounderFactory(programme=bank.programme, studbook_number="77", sex="M", **DEAD)
    SampleFactory(programme=bank.programme, donor=twice, institution=bank.zoo)
    Animal.objects.filter(pk=twice.pk).update(status=Animal.Status.VOID)
    assert {row.donor.number for row in bank_genes(Basis(bank.programme)).rows} == {"1", "5"}


def test_page__shows_the_figures_and_the_donors(bank: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    genes = page.context["genes"]
    text = page.content.decode()
    assert f"{100 * genes.today.with_bank:.3f} %" in text
    assert "Every donor counted once" in text
    assert "1 sample of tissue, cells, blood or embryos is not counted" in text
    assert [row.donor.number for row in genes.rows] == sorted(
        ("1", "5"), key=lambda number: -next(row.kept for row in genes.rows if row.donor.number == number)
    )


def test_page__of_an_empty_bank_adds_nothing(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    assert page.context["genes"].today.gain == 0
    assert "the bank adds nothing yet" in page.content.decode()


def test_page__under_an_overlay_stands_on_it(bank: Family, olga: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=bank.programme)
    AssumptionFactory(overlay=overlay, animal=bank[9])
    page = signed_in(olga).get(URL, {"overlay": overlay.pk})
    assert page.context["genes"].today.without != bank_genes(Basis(bank.programme)).today.without


def test_page__of_related_founders_says_why_there_are_no_genomes(
    bank: Family, olga: Any, signed_in: Any
) -> None:
    overlay = OverlayFactory(programme=bank.programme)
    AssumptionFactory(overlay=overlay, kind="related", animal=bank[1], other_animal=bank[3], kinship=0.125)
    page = signed_in(olga).get(URL, {"overlay": overlay.pk})
    assert page.context["genes"].genomes is None
    assert "No founder genomes: Founders are taken as related" in page.content.decode()


def test_files__hold_every_donor(bank: Family, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    text = b"".join(client.get(f"{URL}export.csv").streaming_content).decode()
    rows = {row["studbook_number"]: row for row in csv.DictReader(StringIO(text))}
    found = {row.donor.number: row for row in bank_genes(Basis(bank.programme)).rows}
    assert rows.keys() == found.keys()
    assert float(rows["1"]["gene_diversity_kept"]) == found["1"].kept
    assert (rows["1"]["living"], rows["5"]["living"]) == ("no", "yes")
    assert (rows["1"]["units_reserve"], rows["1"]["units_checking"]) == ("4", "0")
    sheet = load_workbook(BytesIO(client.get(f"{URL}export.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == 3


def test_donors__have_the_doses_of_the_bank(bank: Family, olga: Any, signed_in: Any) -> None:
    SampleFactory(
        programme=bank.programme,
        donor=bank[2],
        institution=bank.zoo,
        kind=Sample.Kind.OOCYTES,
        units_stored=10,
    )
    doses = {row.donor.number: row.donor.doses for row in bank_genes(Basis(bank.programme)).rows}
    assert doses == {"1": 0, "2": 0, "5": 3}
    assert {each.donor.studbook_number: each.doses for each in stock_by_donor(bank.programme)} == {
        "7": 0,
        **doses,
    }
    page = " ".join(signed_in(olga).get(URL).content.decode().split())
    assert '4 units of semen<span class="second">4 in national reserve; 0 doses for use<' in page
    assert '10 units of oocytes<span class="second">10 in savings<' in page


@pytest.mark.parametrize("living", [True, False])
def test_counts__never_lower_the_gene_diversity(bank: Family, living: bool) -> None:
    for number in (2, 4, 6, 8, 9):
        SampleFactory(programme=bank.programme, donor=bank[number], institution=bank.zoo)
    found = bank_genes(Basis(bank.programme))
    assert found.today.with_bank >= found.today.without  # type: ignore[operator]
    assert np.all([share.diversity.gain >= 0 for share in found.accounts])  # type: ignore[operator]
