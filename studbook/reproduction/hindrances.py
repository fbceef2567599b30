"""What speaks against breeding an animal on a day: a contraception that lasts, or a state found before."""

from collections.abc import Iterable

from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding, UnacknowledgedError, refuse_findings

Kind = Observation.Kind
CODE = "D10"
NOT_BREEDING = frozenset(
    {Observation.ReproductiveStatus.INFERTILE.value, Observation.ReproductiveStatus.POST.value}
)


def hindrances_of(animals: Iterable[Animal], on: DateInterval, noun: str) -> list[Finding]:
    """Return a warning for each animal that was under contraception or not for breeding on a day; one query."""
    every = list(animals)
    found = Observation.objects.filter(
        animal__in=every, kind__in=(Kind.CONTRACEPTION, Kind.REPRODUCTION), date_earliest__lte=on.latest
    )
    latest: dict[tuple[int, str], Observation] = {}
    for each in found.order_by("date_earliest", "pk"):
        latest[each.animal_id, each.kind] = each
    return [
        Finding(CODE, WARN, (animal.studbook_number,), sentence, "on")
        for animal in every
        for sentence in _sentences(animal, latest, on, noun)
    ]


def refuse_hindered(
    animals: Iterable[Animal], on: DateInterval, noun: str, *, acknowledged: Iterable[str], reason: str
) -> None:
    """Warn of hindrances; the deed goes on once they were read and a reason is given. Raises UnacknowledgedError."""
    found = hindrances_of(animals, on, noun)
    if found and not reason.strip():
        raise UnacknowledgedError(found)
    refuse_findings(found, acknowledged)


def _sentences(
    animal: Animal, latest: dict[tuple[int, str], Observation], on: DateInterval, noun: str
) -> Iterable[str]:
    contraception = latest.get((animal.pk, Kind.CONTRACEPTION))
    if contraception and (contraception.until is None or contraception.until.latest >= on.earliest):
        what = Observation.Contraception(contraception.what).label
        until = f" until {contraception.until}" if contraception.until else ", without an end on record"
        yield (
            f"{animal} is under contraception ({what}) since {contraception.date}{until}, on the day of this {noun} ({on}). "
            "Log its end if it is over, or say why all the same."
        )
    state = latest.get((animal.pk, Kind.REPRODUCTION))
    if state and state.what in NOT_BREEDING:
        what = Observation.ReproductiveStatus(state.what).label
        yield (
            f"{animal} was {what} on {state.date}, before this {noun} ({on}). Log what was found since, or say why all the "
            "same."
        )
