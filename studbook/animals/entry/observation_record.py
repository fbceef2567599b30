"""The daily record of one animal: what was last seen of it, and what holds now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from studbook.animals.entry.observation_curve import Curve, curve_of, weight_of
from studbook.animals.entry.observation_values import change_in_words
from studbook.animals.entry.observation_words import until_of, what_of, words_of
from studbook.animals.models import Animal, Observation

Kind = Observation.Kind
SHOWN_APART = {Kind.PHOTO, Kind.CONTRACEPTION, Kind.REPRODUCTION}
MOST_READ, MOST_PHOTOS, A_FEW = 1000, 6, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One observation as the animal's page tells it."""

    observation: Observation
    words: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class DailyRecord:
    """What the animal's page shows of the daily work."""

    total: int
    latest: tuple[Line, ...]
    curve: Curve | None
    photos: tuple[Observation, ...]
    contraception: Observation | None
    contraception_over: bool
    reproduction: Observation | None

    @property
    def contraception_words(self) -> str:
        return what_of(self.contraception) if self.contraception else ""

    @property
    def reproduction_words(self) -> str:
        return what_of(self.reproduction) if self.reproduction else ""

    @property
    def reproduction_until(self) -> str:
        return until_of(self.reproduction) if self.reproduction else ""


def daily_record_of(animal: Animal) -> DailyRecord:
    """Put the record together; one query."""
    found = animal.observations.order_by("-date_earliest", "-pk")[:MOST_READ]
    observations = sorted(found, key=_when, reverse=True)
    contraception = _latest(observations, Kind.CONTRACEPTION)
    return DailyRecord(
        total=len(observations),
        latest=tuple(_lines(observations)),
        curve=curve_of(observations),
        photos=tuple(each for each in observations if each.kind == Kind.PHOTO and each.file)[:MOST_PHOTOS],
        contraception=contraception,
        contraception_over=_over(contraception, timezone.localdate()),
        reproduction=_latest(observations, Kind.REPRODUCTION),
    )


def last_weight_of(animal: Animal) -> Observation | None:
    """Return the latest weight in a unit that can be compared; one query."""
    weights = animal.observations.filter(kind=Kind.WEIGHT, date_earliest__isnull=False)
    latest = weights.order_by("-date_earliest", "-pk")[:A_FEW]
    return next((each for each in latest if weight_of(each)), None)


def weight_before(observation: Observation) -> Observation | None:
    """Return the weight that one is compared with: the latest of another entry up to its day; one query."""
    weights = Observation.objects.filter(animal=observation.animal_id, kind=Kind.WEIGHT)
    earlier = weights.filter(date_earliest__lte=observation.date_latest).exclude(pk=observation.pk)
    latest = earlier.order_by("-date_earliest", "-pk")[:A_FEW]
    return next((each for each in latest if weight_of(each)), None)


def _latest(observations: Sequence[Observation], kind: str) -> Observation | None:
    return next((each for each in observations if each.kind == kind), None)


def _over(contraception: Observation | None, today: date) -> bool:
    return bool(contraception and contraception.until and contraception.until.latest < today)


def _lines(observations: Sequence[Observation]) -> list[Line]:
    """Return the latest of each kind, of measurements the latest of each, and the latest few notes."""
    lines: list[Line] = []
    seen: dict[tuple[str, str], int] = {}
    for each in observations:
        measure = (each.kind, each.what if each.kind in (Kind.MEASUREMENT, Kind.IDENTIFICATION) else "")
        seen[measure] = seen.get(measure, 0) + 1
        if each.kind not in SHOWN_APART and seen[measure] <= (A_FEW if each.kind == Kind.NOTE else 1):
            lines.append(Line(each, words_of(each), _since(each, observations)))
    return lines


def _since(observation: Observation, observations: Sequence[Observation]) -> str:
    now = weight_of(observation) if observation.kind == Kind.WEIGHT else None
    if now is None:
        return ""
    earlier = observations[observations.index(observation) + 1 :]
    for each in earlier:
        if each.kind == Kind.WEIGHT and (before := weight_of(each)):
            return f"{change_in_words(before, now)} since {each.date}"
    return ""


def _when(observation: Observation) -> tuple[date, int]:
    return (observation.date.middle if observation.date else date.min), observation.pk
