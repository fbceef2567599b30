"""Who can breed on a day, by what was observed: contraception, castration, findings, and who is not for breeding."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from studbook.animals.entry.observation_words import what_of
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.programmes.models import Programme

Kind, Method, Status = Observation.Kind, Observation.Contraception, Observation.ReproductiveStatus
NEUTERED, CONTRACEPTED, EXPIRED = "neutered", "contracepted", "expired"
# What shows that an animal is fertile, whatever was found or given before.
FERTILE = frozenset({Status.CYCLING.value, Status.PREGNANT.value, Status.LACTATING.value})
ENDURING = (Status.INFERTILE.value, Status.POST.value)
FINDINGS = (Status.CYSTS.value, Status.FINDING.value)
BARS = frozenset({NEUTERED, *ENDURING, Status.NOT_BREEDING.value})
"""States in which an animal is left out of pairs and plans; a contraception only marks it, since it can be ended."""
BARREN = frozenset({NEUTERED, Status.INFERTILE.value})
"""States in which an animal gives neither semen nor oocytes."""
STERILE = frozenset({NEUTERED, *ENDURING})
"""States in which an animal has no young, wherever it lives; not for breeding is a decision, and prevents none."""
WORDS = {
    NEUTERED: "neutered",
    CONTRACEPTED: "under contraception",
    EXPIRED: "contraception over, no return told",
    **{each.value: str(each.label) for each in Status if each in (*ENDURING, *FINDINGS, Status.NOT_BREEDING)},
}


@dataclass(frozen=True, slots=True)
class State:
    """One thing that stands of an animal's reproduction: what, since and until when, by which observation.

    Of contraceptives that follow or overlap one another it is the one to renew; `longest` is another that keeps the animal from
    having young for longer.
    """

    what: str
    observation: Observation
    longest: Observation | None = None

    @property
    def words(self) -> str:
        return WORDS[self.what]

    @property
    def since(self) -> DateInterval | None:
        return self.observation.date

    @property
    def ends(self) -> DateInterval | None:
        """The end that was told, which a contraceptive is to be renewed by; else the day of its return."""
        return self.observation.until or self.observation.expected_return

    @property
    def fertile_again(self) -> DateInterval | None:
        """When the animal should be fertile again, after all that was given to it."""
        return (self.longest or self.observation).expected_return

    @property
    def bars(self) -> bool:
        return self.what in BARS

    @property
    def reason(self) -> str:
        """Why, in the words of who wrote it down."""
        return str(self.observation.note).strip()

    @property
    def sentence(self) -> str:
        """The state as it is told beside an animal's name."""
        seen = self.observation
        since = f" since {seen.date}" if seen.date else ""
        if self.what in (CONTRACEPTED, EXPIRED):
            product = f" ({seen.product})" if seen.product else ""
            until = f", until {seen.until}" if seen.until else ""
            again = f", fertile again {self.fertile_again}" if self.fertile_again else ""
            return f"{self.words}: {what_of(seen)}{product}{since}{until}{again}{self._after}"
        until = f" until {seen.until}" if seen.until else ""
        told = f": {self.reason}" if self.reason and self.what == Status.NOT_BREEDING else ""
        return f"{self.words}{since}{until}{told}"

    @property
    def _after(self) -> str:
        return f" after that of {self.longest.date or 'a day not known'}" if self.longest else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that stands of an animal on a day, the gravest first."""

    states: tuple[State, ...]

    @property
    def bar(self) -> State | None:
        """Why the animal is left out of pairs and plans; None where it is not."""
        return next((each for each in self.states if each.bars), None)

    @property
    def barren(self) -> bool:
        """Whether nothing of the animal is left to be banked."""
        return any(each.what in BARREN for each in self.states)

    def state(self, what: str) -> State | None:
        return next((each for each in self.states if each.what == what), None)

    @property
    def contraception(self) -> State | None:
        """The contraception that lasts; it marks the animal, and ends some day."""
        return self.state(CONTRACEPTED)

    def ends_within(self, day: date, days: int) -> bool:
        """Tell whether the contraception ends, or is to be renewed, within so many days of one."""
        ends = self.contraception.ends if self.contraception else None
        return ends is not None and day <= ends.latest <= day + timedelta(days=days)

    def past_its_end(self, day: date) -> bool:
        """Tell whether the contraception should have been renewed by a day, though the animal is not fertile again yet."""
        ends = self.contraception.ends if self.contraception else None
        return ends is not None and ends.latest < day

    @property
    def fertile(self) -> bool:
        """Whether nothing that was done to the animal or found of it keeps it from having young, whatever was decided."""
        return self.contraception is None and not any(each.what in STERILE for each in self.states)

    @property
    def sentence(self) -> str:
        return "; ".join(each.sentence for each in self.states)


NOTHING = Standing(())


def standing_on(
    programme: Programme, day: date, animals: Collection[Animal] | None = None
) -> dict[int, Standing]:
    """Return by key what stands of each living animal on a day, or of some animals; one query.

    An animal of which nothing is on record, or nothing any more, is not in it.
    """
    whose = Q(animal__programme=programme, animal__status=Animal.Status.LIVING)
    if animals is not None:
        whose = Q(animal__in=animals)
    standing = {key: standing_of(rows, day) for key, rows in observed_by(day, whose).items()}
    return {key: each for key, each in standing.items() if each.states}


def observed_by(day: date, whose: Q) -> dict[int, list[Observation]]:
    """Return by the animal's key what was given and found up to a day, of which its standing is made; one query."""
    begun = Q(date_earliest__lte=day) | Q(date_earliest=None)
    found = Observation.objects.filter(whose & begun, kind__in=(Kind.CONTRACEPTION, Kind.REPRODUCTION))
    observed: defaultdict[int, list[Observation]] = defaultdict(list)
    for each in found.order_by("date_earliest", "pk"):
        observed[each.animal_id].append(each)
    return dict(observed)


def standing_of(observed: Iterable[Observation], day: date) -> Standing:
    """Return what stands on a day of the observations of one animal up to it; no query."""
    rows = sorted(observed, key=lambda each: (_start(each), each.pk or 0))
    states = [
        *_neutered(rows),
        *_not_for_breeding(rows, day),
        *_enduring(rows),
        *_contracepted(rows, day),
        *_findings(rows),
    ]
    return Standing(tuple(states))


def _neutered(rows: Sequence[Observation]) -> list[State]:
    found = [each for each in rows if each.kind == Kind.CONTRACEPTION and each.what == Method.NEUTERED]
    return [State(NEUTERED, found[0])] if found else []


def _not_for_breeding(rows: Sequence[Observation], day: date) -> list[State]:
    # A decision, which no finding ends: the latest one counts, with the end that it was given.
    latest = _latest(rows, {Status.NOT_BREEDING.value})
    if latest is None or (latest.until and latest.until.latest < day):
        return []
    return [State(Status.NOT_BREEDING.value, latest)]


def _enduring(rows: Sequence[Observation]) -> list[State]:
    latest = _latest(rows, {*ENDURING, *FERTILE})
    return [State(latest.what, latest)] if latest and latest.what in ENDURING else []


def _findings(rows: Sequence[Observation]) -> list[State]:
    latest = _latest(rows, {*FINDINGS, *FERTILE})
    return [State(latest.what, latest)] if latest and latest.what in FINDINGS else []


def _contracepted(rows: Sequence[Observation], day: date) -> list[State]:
    given = [each for each in rows if each.kind == Kind.CONTRACEPTION and each.what != Method.NEUTERED]
    if not given:
        return []
    fertile = _latest(rows, FERTILE)
    since = _start(fertile) if fertile else date.min
    standing = [each for each in given if _start(each) >= since]
    if not standing:
        return []
    longest, renewed = _longest(standing), _to_renew(standing)
    state = CONTRACEPTED if day <= _lasts_until(longest, standing) else EXPIRED
    longer = _lasts_until(longest, standing) > _lasts_until(renewed, standing)
    return [State(state, renewed, longest if longer else None)]


def _longest(standing: Sequence[Observation]) -> Observation:
    return max(reversed(standing), key=lambda each: _lasts_until(each, standing))


def _to_renew(standing: Sequence[Observation]) -> Observation:
    """Return the contraceptive of the latest end; a return stands for the end of one where no end was told."""
    ended = [each for each in standing if each.until]
    among = [*ended, standing[-1]] if ended else standing
    return max(
        reversed(among), key=lambda each: _last_day([each.until or each.expected_return], each, standing)
    )


def _lasts_until(given: Observation, standing: Sequence[Observation]) -> date:
    """Return the last day of a contraceptive; one whose end nobody told lasts until the next is given."""
    return _last_day([given.until, given.expected_return], given, standing)


def _last_day(
    ends: Iterable[DateInterval | None], given: Observation, standing: Sequence[Observation]
) -> date:
    replaced = given is not standing[-1]
    return max((each.latest for each in ends if each), default=date.min if replaced else date.max)


def _latest(rows: Sequence[Observation], states: Collection[str]) -> Observation | None:
    found = [each for each in rows if each.kind == Kind.REPRODUCTION and each.what in states]
    return found[-1] if found else None


def _start(observation: Observation) -> date:
    return observation.date.earliest if observation.date else date.min
