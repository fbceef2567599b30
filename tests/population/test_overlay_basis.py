"""An analysis under overlays is the engine's on the altered records; the book and its own analysis stay."""

import threading
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.test import RequestFactory

from pedigree.structure import FEMALE, MALE, WILD, Pedigree, Record
from pedigree.summary import summarise
from studbook.animals.models import Animal, ParentKind
from studbook.population import basis as basis_module
from studbook.population.analysis import NoFiguresError, analysis_of
from studbook.population.basis import Basis, NoOverlayError, analysis_on, basis_of
from studbook.population.models import Overlay
from studbook.population.overlays.comparison import figures_beside, moves_of
from studbook.population.set_beside import archive
from tests.factories import AnimalFactory, AssumedParentFactory, AssumptionFactory, OverlayFactory
from tests.population.conftest import Family

LIVING = ("5", "6", "7", "8", "9", "10")


def parents_of(**changed: Any) -> list[Record]:
    """Return the family's records as written by hand, some of them changed."""
    records = {number: Record(number, WILD, WILD, sex_of(number)) for number in ("1", "2", "3", "4")}
    for number, sire, dam in (
        ("5", "1", "2"),
        ("6", "1", "2"),
        ("7", "3", "4"),
        ("8", "3", "4"),
        ("9", "5", "8"),
        ("10", "7", "6"),
    ):
        records[number] = Record(number, sire, dam, sex_of(number))
    return list((records | {key.removeprefix("n"): record for key, record in changed.items()}).values())


def sex_of(number: str) -> int:
    return FEMALE if int(number) % 2 == 0 else MALE


def expected(records: list[Record], living: tuple[str, ...] = LIVING, **options: Any) -> Any:
    pedigree = Pedigree.from_records(records, **options)
    return summarise(pedigree, pedigree.mask(living))


@pytest.fixture
def letters(family: Family) -> Overlay:
    """Return an overlay: the sire of 9 is 5 or the hypothetical H1."""
    overlay: Overlay = OverlayFactory(programme=family.programme, name="Letters")
    wild = AssumptionFactory(overlay=overlay, kind="hypothetical", animal=None, label="H1", sex="M")
    for role in ("sire", "dam"):
        AssumedParentFactory(assumption=wild, role=role, kind=ParentKind.WILD, animal=None)
    sire = AssumptionFactory(overlay=overlay, kind="parent", role="sire", animal=family[9])
    AssumedParentFactory(assumption=sire, animal=family[5], probability=Decimal("0.25"))
    AssumedParentFactory(assumption=sire, animal=None, hypothetical=wild, probability=Decimal("0.75"))
    return overlay


@pytest.fixture
def old(family: Family) -> Overlay:
    """Return an overlay that leaves 7 out and takes founders 1 and 3 as full sibs."""
    overlay: Overlay = OverlayFactory(programme=family.programme, name="Old")
    AssumptionFactory(overlay=overlay, animal=family[7])
    AssumptionFactory(overlay=overlay, kind="related", animal=family[1], other_animal=family[3], kinship=0.25)
    return overlay


def under(family: Family, *overlays: Overlay) -> Any:
    return analysis_on(Basis(family.programme, overlays))


def test_analysis_on__without_overlays_is_that_of_the_book(family: Family) -> None:
    assert analysis_on(Basis(family.programme)) is analysis_of(family.programme)


def test_analysis_on__assumed_parents_give_the_numbers_of_the_altered_records(
    family: Family, letters: Overlay
) -> None:
    records = [
        *parents_of(n9=Record("9", (("5", 0.25), ("H1", 0.75)), "8", MALE)),
        Record("H1", WILD, WILD, MALE),
    ]
    analysis = under(family, letters)
    assert analysis.summary == expected(records)
    assert analysis.summary != analysis_of(family.programme).summary


def test_analysis_on__a_hypothetical_animal_is_in_the_pedigree_and_never_living(
    family: Family, letters: Overlay
) -> None:
    analysis = under(family, letters)
    assert analysis.hypothetical == {"H1"}
    assert not analysis.living[analysis.pedigree.row("H1")]
    assert int(analysis.living.sum()) == 6
    assert analysis_of(family.programme).hypothetical == frozenset()


def test_analysis_on__an_excluded_animal_leaves_rows_and_averages(family: Family, old: Overlay) -> None:
    analysis = under(family, old)
    living = tuple(number for number in LIVING if number != "7")
    assert analysis.summary == expected(parents_of(), living, founder_kinship={("1", "3"): 0.25})
    assert analysis.rank[analysis.population.row("7")] == 0
    assert analysis.summary.living == 5


def test_analysis_on__takes_several_overlays_together_in_any_order(
    family: Family, letters: Overlay, old: Overlay
) -> None:
    records = [
        *parents_of(n9=Record("9", (("5", 0.25), ("H1", 0.75)), "8", MALE)),
        Record("H1", WILD, WILD, MALE),
    ]
    living = tuple(number for number in LIVING if number != "7")
    both = under(family, letters, old)
    assert both.summary == expected(records, living, founder_kinship={("1", "3"): 0.25})
    assert under(family, old, letters).summary == both.summary


def test_analysis_on__sex_and_twins_are_taken(family: Family) -> None:
    overlay = OverlayFactory(programme=family.programme)
    twin = AnimalFactory(
        programme=family.programme,
        studbook_number="11",
        sex="M",
        sire=family[1],
        dam=family[2],
        birth=family[5].birth,
    )
    AssumptionFactory(overlay=overlay, kind="twins", animal=family[5], other_animal=twin)
    AssumptionFactory(overlay=overlay, kind="sex", animal=family[10], sex="M")
    analysis = under(family, overlay)
    row, other = analysis.population.row("5"), analysis.population.row("11")
    assert analysis.kinship[row, other] == 0.5
    assert analysis.living_of_sex("M").sum() == 5
    assert analysis.rank[analysis.population.row("10")] > 0


def test_analysis_on__leaves_the_book_and_its_revision_alone(family: Family, letters: Overlay) -> None:
    before, revision = analysis_of(family.programme).summary, family.programme.revision
    under(family, letters)
    family.programme.refresh_from_db()
    assert family.programme.revision == revision
    assert analysis_of(family.programme).summary == before
    assert family.programme.animals.count() == 10


def test_analysis_on__is_kept_until_revision_or_version_grows(
    family: Family, old: Overlay, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        first = under(family, old)
    with django_assert_num_queries(0):
        assert under(family, old) is first
    Overlay.objects.filter(pk=old.pk).update(version=2)
    old.refresh_from_db()
    assert under(family, old) is not first


def test_analysis_on__computes_once_when_many_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from studbook.programmes.models import Programme

    programme, computed, answers = Programme(pk=1), [], []
    started = threading.Barrier(8)

    def compute(*_: object, **__: object) -> object:
        computed.append(1)
        threading.Event().wait(0.05)
        return computed

    def ask() -> None:
        started.wait()
        answers.append(analysis_on(Basis(programme, (Overlay(pk=3, programme=programme),))))

    monkeypatch.setattr(basis_module, "analysis_under", compute)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(answers), len(computed)) == (8, 1)


def test_analysis_on__a_book_that_moved_on_is_a_sentence_and_no_number(
    family: Family, letters: Overlay
) -> None:
    AnimalFactory(programme=family.programme, studbook_number="H1", sex="M")
    with pytest.raises(NoFiguresError, match="The overlay “Letters” calls a hypothetical animal H1, but"):
        under(family, letters)


def test_analysis_on__a_parent_recorded_since_may_close_a_loop(family: Family, letters: Overlay) -> None:
    sire = AssumptionFactory(overlay=letters, kind="parent", role="sire", animal=family[5])
    young = AnimalFactory(programme=family.programme, studbook_number="12", sex="M")
    AssumedParentFactory(assumption=sire, animal=young)
    Animal.objects.filter(pk=young.pk).update(sire=family[5], sire_kind=ParentKind.KNOWN)
    with pytest.raises(NoFiguresError, match=r"Under Letters the book is no pedigree\. Ancestry loop"):
        under(family, letters)


def test_analysis_on__two_overlays_that_differ_on_one_field_are_refused(
    family: Family, letters: Overlay
) -> None:
    other = OverlayFactory(programme=family.programme, name="Genes")
    sire = AssumptionFactory(overlay=other, kind="parent", role="sire", animal=family[9])
    AssumedParentFactory(assumption=sire, animal=family[7])
    with pytest.raises(
        NoFiguresError, match=r"The overlay “Letters” says .* the overlay “Genes” that it is 7"
    ):
        under(family, letters, other)


def asked(family: Family, query: str) -> Basis:
    return basis_of(RequestFactory().get(f"/?{query}"), family.programme)


def test_basis_of__without_words_asks_nothing(family: Family, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        basis = asked(family, "page=2")
    assert (basis.overlays, basis.query, basis.assumption_count) == ((), "", 0)


def test_basis_of__reads_several_overlays_once_each_in_order(
    family: Family, letters: Overlay, old: Overlay, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        basis = asked(family, f"overlay={old.pk}&overlay={letters.pk}&overlay={old.pk}")
        assert basis.assumption_count == 4
    assert basis.overlays == (letters, old)
    assert basis.query == f"overlay={letters.pk}&overlay={old.pk}"
    assert basis.key == (
        family.programme.pk,
        family.programme.revision,
        ((letters.pk, 1), (old.pk, 1)),
        False,
    )


def test_basis_of__an_overlay_that_is_not_there_is_one_sentence(family: Family, letters: Overlay) -> None:
    foreign = OverlayFactory()
    archive(letters, by=None, reason="Settled.", opened_version=1)
    for words in (str(foreign.pk), str(letters.pk), "999999", "-1", "x", "9" * 40, "", "1.0", "٣"):
        with pytest.raises(NoOverlayError, match="stands in Leopards") as refusal:
            asked(family, f"overlay={words}")
        assert refusal.value.status == 404


def test_basis_of__takes_only_so_many_together(family: Family) -> None:
    with pytest.raises(NoOverlayError, match="At most 8 overlays"):
        asked(family, "&".join(f"overlay={number}" for number in range(9)))


def test_figures_beside__tells_each_difference_from_the_book(
    family: Family, letters: Overlay, old: Overlay
) -> None:
    comparison = figures_beside(family.programme, [letters, old])
    rows = {row.figure.label: row.cells for row in comparison.rows}
    recorded, assumed = analysis_of(family.programme).summary, under(family, letters).summary
    assert recorded is not None
    assert rows["Gene diversity"][0].shown == f"{100 * recorded.gene_diversity:.2f} %"
    assert rows["Gene diversity"][1].shown == f"{100 * assumed.gene_diversity:.2f} %"
    points = 100 * (assumed.gene_diversity - recorded.gene_diversity)
    assert rows["Gene diversity"][1].changed == f"{points:+.2f}".replace("-", "−")
    assert [cell.shown for cell in rows["Living animals measured"]] == ["6", "6", "5"]
    assert rows["Living animals measured"][2].changed == "−1"
    assert comparison.reasons == ()


def test_figures_beside__an_overlay_without_figures_tells_why(family: Family, letters: Overlay) -> None:
    AnimalFactory(programme=family.programme, studbook_number="H1", sex="M")
    comparison = figures_beside(family.programme, [letters])
    assert comparison.reasons[0][0] == "Letters"
    assert {row.cells[1].shown for row in comparison.rows} == {"–"}
    assert "of that id is recorded" in moves_of(family.programme, [letters])[0].reason


def test_moves_of__tells_whose_rank_moves(family: Family, old: Overlay) -> None:
    moves = moves_of(family.programme, [old])[0]
    before, after = analysis_of(family.programme), under(family, old)
    moved = {
        number
        for number in LIVING
        if number != "7"
        and before.rank[before.population.row(number)] != after.rank[after.population.row(number)]
    }
    assert {move.animal.studbook_number for move in moves.moves} == moved
    assert moves.total == len(moved) > 0
    assert np.all([move.rank > 0 for move in moves.moves])
