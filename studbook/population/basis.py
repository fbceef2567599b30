"""What a page's numbers stand on: the book as recorded, or the book under analytical overlays."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import slugify

from studbook.animals.models import Animal, AnimalQuerySet
from studbook.core.errors import StudbookError
from studbook.core.keys import key_of, keys_of
from studbook.population.analysis import Analysis, NoFiguresError, analysis_of, analysis_under
from studbook.population.cache import Kept
from studbook.population.models import Overlay
from studbook.programmes.models import Programme

PROVISIONAL, LEFT_OUT = "provisional", "out"
MOST_KEPT = 4
MOST_TOGETHER = 8
LONGEST_NAME = 20  # of an overlay in the name of a file, which may hold eight of them

Key = tuple[int, int, tuple[tuple[int, int], ...], bool]


class NoOverlayError(StudbookError):
    """The request names an overlay that is not there for it."""

    status = 404


@dataclass(frozen=True, slots=True)
class Basis:
    """A programme's book, and the overlays it is analysed under, none twice and in the order of their keys.

    `confirmed_only` leaves out what provisional entries say of who lives.
    """

    programme: Programme
    overlays: tuple[Overlay, ...] = ()
    confirmed_only: bool = False

    @property
    def key(self) -> Key:
        """What a cache of anything computed on this basis is kept by."""
        versions = tuple((overlay.pk, overlay.version) for overlay in self.overlays)
        return self.programme.pk, self.programme.revision, versions, self.confirmed_only

    @property
    def query(self) -> str:
        """What a link adds to its address to stand on the same basis; empty for the book as recorded."""
        asked = [("overlay", str(overlay.pk)) for overlay in self.overlays]
        return urlencode(asked + ([(PROVISIONAL, LEFT_OUT)] if self.confirmed_only else []))

    def file_name(self, subject: str) -> str:
        """Return what a file is called, its ending left out: numbers under overlays must not pass as the recorded ones."""
        names = [
            slugify(overlay.name)[:LONGEST_NAME].strip("-") or f"overlay-{overlay.pk}"
            for overlay in self.overlays
        ]
        under = f"-under-{'-and-'.join(names)}" if names else ""
        confirmed = "-confirmed-only" if self.confirmed_only else ""
        return f"{self.programme.code}-{subject}{under}{confirmed}"

    @property
    def is_as_recorded(self) -> bool:
        return not self.overlays and not self.confirmed_only

    @property
    def unconfirmed_count(self) -> int:
        """How many animals live, or do not, by provisional entries alone; no query once the analysis is kept."""
        try:
            return len(analysis_on(self).unconfirmed)
        except NoFiguresError:
            return 0  # a book without figures says so itself, in their place

    def living(self) -> AnimalQuerySet:
        """Return the animals that count as living on this basis, excluded ones included."""
        animals: AnimalQuerySet = self.programme.animals.all()
        if not self.confirmed_only:
            return animals.living()
        unconfirmed = analysis_on(self).unconfirmed
        now = Q(status=Animal.Status.LIVING) & ~Q(studbook_number__in=unconfirmed.arrived)
        return animals.filter(now | Q(studbook_number__in=unconfirmed.left))

    @property
    def assumption_count(self) -> int:
        """How many assumptions the overlays make together; a query for each overlay not counted by `basis_of`."""
        return sum(
            overlay.assumption_count if hasattr(overlay, "assumption_count") else overlay.assumptions.count()
            for overlay in self.overlays
        )


_kept: Kept[Key, Analysis] = Kept(MOST_KEPT, edition=lambda key: key[:2])


def basis_of(request: HttpRequest, programme: Programme) -> Basis:
    """Return the basis that a request asks for by `?overlay=` and `?provisional=out`; one query with any overlay.

    Raises NoOverlayError where one of them is not this programme's, is archived, or is no key at all.
    """
    words = list(dict.fromkeys(request.GET.getlist("overlay")))
    overlays = overlays_named(programme, words, most=MOST_TOGETHER) if words else ()
    return Basis(programme, overlays, confirmed_only=request.GET.get(PROVISIONAL) == LEFT_OUT)


def overlays_named(programme: Programme, words: list[str], *, most: int) -> tuple[Overlay, ...]:
    """Return the standing overlays with these keys, in the order of their keys; one query."""
    if len(words) > most:
        raise NoOverlayError(
            f"At most {most} overlays can be taken at once. Choose fewer on the overlays page."
        )
    standing = programme.overlays.standing().select_related("programme").counted()
    found = {overlay.pk: overlay for overlay in standing.filter(pk__in=keys_of(words))}
    for each in words:
        if key_of(each) not in found:
            raise _not_there(programme, each)
    return tuple(found[key] for key in sorted(found))


def analysis_on(basis: Basis) -> Analysis:
    """Return the analysis on a basis, computed once when several ask. Raises NoFiguresError with a sentence."""
    if basis.is_as_recorded:
        return analysis_of(basis.programme)
    return _kept.get(
        basis.key,
        lambda: analysis_under(basis.programme, basis.overlays, confirmed_only=basis.confirmed_only),
    )


def _not_there(programme: Programme, words: str) -> NoOverlayError:
    return NoOverlayError(
        f"No overlay “{words[:40]}” stands in {programme}. Choose one on the overlays page; an archived one must be "
        "restored there first."
    )
