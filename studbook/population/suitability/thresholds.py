"""The thresholds a programme's index stands on: the published ones, or its own."""

from dataclasses import dataclass

from pedigree.suitability import PUBLISHED, Thresholds
from studbook.core.templatetags.studbook import coefficient, decimals, percent
from studbook.population.models import MateThresholds
from studbook.programmes.models import Programme

SHARE, DEVIATIONS, MULTIPLE, COEFFICIENT = "share", "deviations", "multiple", "coefficient"
LABELS = {
    "best_share": "End of the best band",
    "middle_share": "End of the middle band",
    "mk_deviations": "Difference of mean kinships",
    "inbreeding": "Inbreeding of young",
    "high_inbreeding": "High inbreeding of young",
    "unknown": "Unknown ancestry",
    "much_unknown": "Much unknown ancestry",
    "too_unknown": "Too much unknown ancestry",
    "inbreeding_limit": "Limit of offspring inbreeding",
}
"""The thresholds in the order of their page, and what people call them."""
EFFECTS = {
    "best_share": "1 or 4 for pairs of which fewer of their side of zero are better",
    "middle_share": "2 or 5 up to here, 3 or 6 from here",
    "mk_deviations": "1 more above it",
    "inbreeding": "1 more above it",
    "high_inbreeding": "2 more above it",
    "unknown": "1 more above it",
    "much_unknown": "2 more above it",
    "too_unknown": "a dash from here",
    "inbreeding_limit": "a dash from here",
}
UNITS = {
    "best_share": SHARE,
    "middle_share": SHARE,
    "mk_deviations": DEVIATIONS,
    "inbreeding": MULTIPLE,
    "high_inbreeding": MULTIPLE,
    "unknown": SHARE,
    "much_unknown": SHARE,
    "too_unknown": SHARE,
    "inbreeding_limit": COEFFICIENT,
}
OWN = tuple(name for name in LABELS if name != "inbreeding_limit")
"""What a programme sets here; the limit is one of its settings."""


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """One threshold as published and as it stands; `unit` says what it is counted in."""

    name: str
    now: float
    published: float

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def effect(self) -> str:
        return EFFECTS[self.name]

    @property
    def unit(self) -> str:
        return UNITS[self.name]

    @property
    def now_words(self) -> str:
        return _words(self.now, self.unit)

    @property
    def published_words(self) -> str:
        return _words(self.published, self.unit)

    @property
    def differs(self) -> bool:
        return self.now != self.published


def _words(value: float, unit: str) -> str:
    if unit == SHARE:
        return percent(value)
    if unit == COEFFICIENT:
        return coefficient(value)
    return f"{decimals(value)} {'SD' if unit == DEVIATIONS else '× mean MK'}"


def thresholds_of(programme: Programme) -> Thresholds:
    """Return what the index of a programme stands on; one query for each object of the programme that asks."""
    own = own_thresholds(programme)
    told = {name: getattr(own, name) for name in OWN} if own else {}
    return Thresholds(**told, inbreeding_limit=programme.offspring_inbreeding_limit)


def own_thresholds(programme: Programme) -> MateThresholds | None:
    """Return the row a programme has of its own, if any; kept with the object of the programme."""
    own: MateThresholds | None = getattr(programme, "mate_thresholds", None)
    return own


def threshold_lines(thresholds: Thresholds) -> list[ThresholdLine]:
    """Return every threshold beside the published one."""
    return [ThresholdLine(name, getattr(thresholds, name), getattr(PUBLISHED, name)) for name in LABELS]


def differing(thresholds: Thresholds) -> list[ThresholdLine]:
    """Return the thresholds that are not the published ones."""
    return [line for line in threshold_lines(thresholds) if line.differs]
