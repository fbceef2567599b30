"""What a page on demography is asked for: the basis, the filters, and who passes them."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from studbook.core.downloads import UNREADABLE
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, basis_of
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.forms import SetForm
from studbook.population.demography.sets import PopulationSet
from studbook.population.demography.tables import set_on
from studbook.programmes.models import Programme

FormT = TypeVar("FormT", bound=SetForm)


@dataclass(frozen=True, slots=True)
class Asked(Generic[FormT]):
    """The answer to a request: its basis, its form, bound, and the set that the form asks for."""

    basis: Basis
    form: FormT
    chosen: PopulationSet

    @property
    def filters(self) -> Filters:
        return self.chosen.filters

    @property
    def query(self) -> str:
        """What a link to another page adds to its address to be about the same animals on the same basis."""
        return "&".join(each for each in (self.basis.query, self.filters.query) if each)


def asked_of(request: HttpRequest, programme: Programme, form: type[FormT]) -> Asked[FormT]:
    """Return what a page is asked for; a form that cannot be read narrows nothing and says so at its field."""
    basis = basis_of(request, programme)
    bound = form(request.GET, book=book_on(basis))
    return Asked(basis, bound, set_on(basis, bound.filters))


def asked_in_full(request: HttpRequest, programme: Programme, form: type[FormT]) -> Asked[FormT]:
    """Return what a file is asked for; one that cannot be read is refused with a sentence."""
    asked = asked_of(request, programme, form)
    if not asked.form.is_valid():
        raise StudbookError(UNREADABLE)
    return asked
