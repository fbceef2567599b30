import threading
from typing import Any

import numpy as np
import pytest

from pedigree.structure import Pedigree
from studbook.animals.models import Animal, ParentKind
from studbook.population.analysis import NoFiguresError, analysis_of, genetics_of
from studbook.population.cache import Kept
from studbook.population.ranks import ranks
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory
from tests.population.conftest import Family


def test_analysis_of__gives_the_figures_worked_by_hand(family: Family) -> None:
    # 5, 6 | 7, 8 full sibs of two founder pairs, 9 = 5x8, 10 = 7x6: rows of 1.125 four times and 1.375 twice make 7.25.
    analysis = analysis_of(family.programme)
    summary = analysis.summary
    assert summary is not None
    rows = [analysis.population.row(str(number)) for number in range(5, 11)]
    assert analysis.kinship[np.ix_(rows, rows)].sum() == 7.25
    assert summary.mean_kinship == 7.25 / 36
    assert summary.gene_diversity == 1 - 7.25 / 36
    assert summary.founder_genome_equivalents == 36 / 14.5
    assert (summary.founders, summary.living, summary.known) == (4, 6, 1.0)


def test_genetics_of__ranks_the_rarest_of_a_sex_first_and_ties_alike(family: Family) -> None:
    analysis = analysis_of(family.programme)
    figures = {number: genetics_of(analysis, str(number)) for number in (5, 7, 9)}
    assert figures[5].mean_kinship == figures[7].mean_kinship == pytest.approx(1.125 / 6)
    assert [figures[number].rank for number in (5, 7, 9)] == [1, 1, 3]
    assert {each.ranked for each in figures.values()} == {3}


def test_genetics_of__the_dead_have_only_their_own_figures(family: Family) -> None:
    figures = genetics_of(analysis_of(family.programme), "1")
    assert (figures.inbreeding, figures.known) == (0.0, 1.0)
    assert (figures.mean_kinship, figures.rank, figures.ranked) == (None, None, None)


def test_analysis_of__nobody_living_is_no_answer_with_a_reason(programme: Programme) -> None:
    AnimalFactory(programme=programme, status=Animal.Status.LOST)
    analysis = analysis_of(programme)
    assert analysis.summary is None
    assert "No animal of this book is recorded as living" in analysis.reason


def test_analysis_of__an_empty_book_is_no_answer_with_a_reason(programme: Programme) -> None:
    analysis = analysis_of(programme)
    assert analysis.summary is None
    assert analysis.reason


def test_analysis_of__a_loop_is_a_sentence_and_no_number(programme: Programme) -> None:
    first = AnimalFactory(programme=programme, studbook_number="12", sex="M")
    second = AnimalFactory(programme=programme, studbook_number="40", sex="M", sire=first)
    Animal.objects.filter(pk=first.pk).update(sire=second, sire_kind=ParentKind.KNOWN)
    with pytest.raises(NoFiguresError, match="12 -> 40 -> 12"):
        analysis_of(programme)


def test_analysis_of__is_kept_until_the_revision_grows(
    family: Family, ada, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    first = analysis_of(family.programme)
    with django_assert_num_queries(0):
        assert analysis_of(family.programme) is first
    with changing(family.programme, "record loss", by=ada):
        Animal.objects.filter(studbook_number="10").update(status=Animal.Status.LOST)
    second = analysis_of(family.programme)
    assert second.revision == first.revision + 1
    assert (first.summary and first.summary.living, second.summary and second.summary.living) == (6, 5)


def test_analysis_of__two_programmes_never_share_figures(family: Family) -> None:
    stranger = AnimalFactory(studbook_number="5")
    assert stranger.programme.revision == family.programme.revision
    assert isinstance(analysis_of(stranger.programme).pedigree, Pedigree)
    assert len(analysis_of(stranger.programme).pedigree) == 1
    assert len(analysis_of(family.programme).pedigree) == 10


def test_kept__computes_once_when_many_ask_at_once() -> None:
    kept: Kept[str, int] = Kept(2)
    started, computed = threading.Barrier(8), []

    def compute() -> int:
        computed.append(1)
        threading.Event().wait(0.05)
        return 42

    def ask() -> None:
        started.wait()
        answers.append(kept.get("key", compute))

    answers: list[int] = []
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, computed) == ([42] * 8, [1])


def test_kept__forgets_the_longest_unused_and_keeps_no_failure() -> None:
    kept: Kept[str, int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1
    kept.get("b", lambda: 2)
    kept.get("a", lambda: 9)
    kept.get("c", lambda: 3)
    assert kept.get("a", lambda: 9) == 1
    assert kept.get("b", lambda: 8) == 8


def test_ranks__rounding_is_a_tie_and_nobody_has_no_rank() -> None:
    assert ranks(np.array([0.3, 0.1, 0.1 + 1e-15, 0.2])).tolist() == [4, 1, 1, 3]
    assert ranks(np.array([])).tolist() == []


def test_analysis_of__an_impossible_figure_is_a_sentence_and_is_not_kept(
    family: Family, olga: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(kinship: object, living: object) -> float:
        return 1.5

    with monkeypatch.context() as patched:
        patched.setattr("pedigree.summary.population_mean_kinship", impossible)
        text = signed_in(olga).get("/programmes/leopards/").content.decode()
        assert "so no figure is shown" in text
        assert "Gene diversity" not in text
    assert analysis_of(family.programme).summary is not None
