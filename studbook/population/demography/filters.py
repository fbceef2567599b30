"""Which animals, where and in which days: what narrows every page on demography, in one value that a cache can be kept by."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from studbook.institutions.models import Institution
from studbook.population.demography.book import Book, Member
from studbook.population.stays import Stay

NO_REGION = "other"


@dataclass(frozen=True, slots=True)
class Filters:
    """Nothing given, nothing is left out. `region` "" is an institution of no region, None any.

    `first` and `last` are both of the window. With `in_situ` off an animal is in while someone holds it in human care: a
    release is an exit, a recapture an entry. With it on the wild counts too, so that both are transfers.
    """

    first: date | None = None
    last: date | None = None
    region: str | None = None
    institutions: frozenset[int] = frozenset()
    origin: str = ""
    in_situ: bool = False

    @property
    def query(self) -> str:
        """What an address takes to ask for the same, empty where nothing is narrowed."""
        asked = [("first", _iso(self.first)), ("last", _iso(self.last)), ("origin", self.origin)]
        asked += [("region", (self.region or NO_REGION) if self.region is not None else "")]
        asked += [("in_situ", "on" if self.in_situ else "")]
        asked += [("institution", str(pk)) for pk in sorted(self.institutions)]
        return urlencode([(name, value) for name, value in asked if value])

    @property
    def narrows(self) -> bool:
        """Whether anything but the whole population of all days is asked for."""
        return self != Filters()

    @property
    def narrows_places(self) -> bool:
        return self.region is not None or bool(self.institutions)

    def takes(self, member: Member) -> bool:
        return self.origin in ("", member.origin)

    def stays(self, member: Member, book: Book) -> list[Stay]:
        """Return the stays of an animal that count, in order, each where it was."""
        asked = (*member.held, *member.outside) if self.in_situ else member.held
        return sorted((stay for stay in asked if self._counts(stay, book)), key=_start)

    def _counts(self, stay: Stay, book: Book) -> bool:
        if stay.start > book.as_of:
            return False
        place = None if stay.place is None else book.places[stay.place]
        if not self.in_situ and place is not None and not place.is_captive:
            return False
        return self._here(place)

    def _here(self, place: Institution | None) -> bool:
        if self.institutions and (place is None or place.pk not in self.institutions):
            return False
        return self.region is None or (place is not None and place.region == self.region)


def _start(stay: Stay) -> tuple[date, bool, date]:
    return stay.start, stay.end is None, stay.end or date.max


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
