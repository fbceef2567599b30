"""The genetic figures of a programme, computed once for each revision of its book."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import NumericalError, OverlayError, PedigreeError, UnknownAnimalError
from pedigree.inbreeding_coefficient import inbreeding
from pedigree.kinship import kinship_matrix, mean_kinship
from pedigree.lineage import known_fraction
from pedigree.structure import Pedigree
from pedigree.summary import Summary, summarise
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.population.cache import Kept, clear_everything
from studbook.population.codes import SEX_CODES, SEX_WORDS
from studbook.population.models import Overlay
from studbook.population.pedigrees import Book, book_of
from studbook.population.provisional import Unconfirmed
from studbook.population.ranks import ranks
from studbook.programmes.models import Programme

MOST_KEPT = 4
NOBODY_LIVING = (
    "No animal of this book is recorded as living, so there is no population to measure. "
    "Record an animal, or correct the status of one."
)


class NoFiguresError(StudbookError):
    """The book cannot be computed, or a figure came out impossible; nothing is shown instead of something wrong."""

    status = 409


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What the science says of one revision of a book, as recorded or under overlays.

    `pedigree`, `living`, `inbreeding` and `known` run over every animal; `population`, `measured`, `kinship`,
    `mean_kinships` (NaN for all when nobody lives), `population_known` and `rank` (1 = lowest mean kinship of its sex, 0 = not living)
    over the living and their ancestors. `summary` is None when nobody lives, and `reason` says so.
    Under overlays, `hypothetical` holds the ids that are no animal of the book, so that none has a page; they are
    never living. Excluded animals are not living either, for every figure. `unconfirmed` are the animals whose place
    among the living hangs on provisional entries, whether these are taken or left out.
    """

    revision: int
    pedigree: Pedigree
    living: NDArray[np.bool_]
    inbreeding: NDArray[np.float64]
    known: NDArray[np.float64]
    population: Pedigree
    measured: NDArray[np.bool_]
    kinship: NDArray[np.float64]
    mean_kinships: NDArray[np.float64]
    population_known: NDArray[np.float64]
    rank: NDArray[np.int64]
    summary: Summary | None
    reason: str = ""
    hypothetical: frozenset[str] = frozenset()
    unconfirmed: Unconfirmed = field(default_factory=Unconfirmed)

    def living_of_sex(self, sex: str) -> NDArray[np.bool_]:
        """Return which animals of `population` are living and of a sex ("M", "F" or "U")."""
        return np.asarray(self.measured & (self.population.sex == SEX_CODES[Animal.Sex(sex)]))

    def sex_of(self, studbook_number: str) -> Animal.Sex:
        """Return an animal's sex, as recorded or as an overlay assumes it."""
        return SEX_WORDS[int(self.pedigree.sex[self.pedigree.row(studbook_number)])]

    def sex_of_animal(self, animal: Animal) -> Animal.Sex:
        """Return the sex of an animal of the book, also of one that the book got since this analysis."""
        try:
            return self.sex_of(animal.studbook_number)
        except UnknownAnimalError:
            return Animal.Sex(animal.sex)


@dataclass(frozen=True, slots=True)
class AnimalGenetics:
    """One animal's figures. Mean kinship, rank and the number ranked are None for an animal that is not living."""

    inbreeding: float
    known: float
    mean_kinship: float | None = None
    rank: int | None = None
    ranked: int | None = None


_kept: Kept[tuple[int, int], Analysis] = Kept(MOST_KEPT, edition=lambda key: key)


def analysis_of(programme: Programme) -> Analysis:
    """Return the analysis of a programme's present revision; three queries when it is not kept yet.

    Raises NoFiguresError with a sentence for people where the book is no pedigree or a figure is impossible.
    """
    try:
        return _kept.get(
            (programme.pk, programme.revision), lambda: analysed(programme.revision, book_of(programme))
        )
    except PedigreeError as error:
        raise NoFiguresError(f"The parents in this book do not form a pedigree. {error}") from error
    except NumericalError as error:
        raise NoFiguresError(str(error)) from error


def analysis_under(
    programme: Programme, overlays: Sequence[Overlay], *, confirmed_only: bool = False
) -> Analysis:
    """Return the analysis of a programme's book under overlays or without provisional entries, computed now.

    Raises NoFiguresError with a sentence for people, as analysis_of.
    """
    try:
        return analysed(programme.revision, book_of(programme, overlays, confirmed_only=confirmed_only))
    except (OverlayError, NumericalError) as error:
        raise NoFiguresError(str(error)) from error
    except PedigreeError as error:
        names = " and ".join(str(overlay) for overlay in overlays)
        raise NoFiguresError(f"Under {names} the book is no pedigree. {error}") from error


def clear_cache() -> None:
    """Forget every analysis and whatever else this room keeps; for tests."""
    clear_everything()


def analysed(revision: int, book: Book) -> Analysis:
    """Return the analysis of a book at a revision; no query."""
    population = book.pedigree.pruned_to_ancestors(book.living)
    among = book.pedigree.with_ancestors(book.living)
    measured, known = book.living[among], known_fraction(book.pedigree)
    kinship = kinship_matrix(population)
    mean_kinships = mean_kinship(kinship, measured)
    return Analysis(
        revision=revision,
        pedigree=book.pedigree,
        living=book.living,
        inbreeding=inbreeding(book.pedigree),
        known=known,
        population=population,
        measured=measured,
        kinship=kinship,
        mean_kinships=mean_kinships,
        population_known=known[among],
        rank=ranked_by_sex(population, measured, mean_kinships),
        summary=summarise(book.pedigree, book.living, kinship=kinship) if book.living.any() else None,
        reason="" if book.living.any() else NOBODY_LIVING,
        hypothetical=book.hypothetical,
        unconfirmed=book.unconfirmed,
    )


def ranked_by_sex(
    population: Pedigree, measured: NDArray[np.bool_], mean_kinships: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return each living animal's rank by mean kinship among its sex, 1 for the lowest; 0 for others."""
    rank = np.zeros(len(population), dtype=np.int64)
    for code in SEX_CODES.values():
        rows = np.flatnonzero(measured & (population.sex == code))
        rank[rows] = ranks(mean_kinships[rows])
    return rank


def genetics_of(analysis: Analysis, studbook_number: str) -> AnimalGenetics:
    """Return one animal's figures."""
    row = analysis.pedigree.row(studbook_number)
    own = float(analysis.inbreeding[row]), float(analysis.known[row])
    if not analysis.living[row]:
        return AnimalGenetics(*own)
    among = analysis.population.row(studbook_number)
    ranked = analysis.measured & (analysis.population.sex == analysis.population.sex[among])
    return AnimalGenetics(
        *own, float(analysis.mean_kinships[among]), int(analysis.rank[among]), int(ranked.sum())
    )
