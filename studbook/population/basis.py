"""What a page's numbers stand on: the book as recorded, or the book under analytical overlays."""

from dataclasses import dataclass

from django.http import HttpRequest

from studbook.population.analysis import Analysis, analysis_of
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Basis:
    """A programme's book. `query` is what a link adds to its address to stand on the same basis."""

    programme: Programme

    @property
    def key(self) -> tuple[int, int]:
        """What a cache of anything computed on this basis is kept by."""
        return self.programme.pk, self.programme.revision

    @property
    def query(self) -> str:
        return ""


def basis_of(request: HttpRequest, programme: Programme) -> Basis:
    """Return the basis that a request asks for."""
    return Basis(programme)


def analysis_on(basis: Basis) -> Analysis:
    """Return the analysis on a basis. Raises NoFiguresError with a sentence for people."""
    return analysis_of(basis.programme)
