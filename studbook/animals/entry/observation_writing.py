"""How each observation is written down, inside a deed: the lock is held, the animal was read under it.

`studbook.animals.entry.observations` makes a deed of one, a round over many animals makes one deed of all.
"""

from typing import Any, cast

from studbook.animals.entry.observation_rules import refuse_observation, refuse_unsound_period
from studbook.animals.entry.observation_values import Amount
from studbook.animals.models import Animal, Holding, Observation
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail

Kind = Observation.Kind


def put_down(
    trail: Trail,
    animal: Animal,
    kind: str,
    *,
    on: DateInterval,
    until: DateInterval | None = None,
    **columns: Any,
) -> Observation:
    """Add an observation to an animal, where the animal was on that day."""
    observation = Observation(animal=animal, kind=kind, **columns)
    observation.date, observation.until = on, until
    return _put(trail, observation)


def _put(trail: Trail, observation: Observation) -> Observation:
    animal, on = observation.animal, cast(DateInterval, observation.date)
    refuse_observation(animal, observation.kind, on)
    observation.institution = _place_on(animal, on)
    observation.save()
    trail.created([observation])
    return observation


def write_weight(
    trail: Trail, animal: Animal, *, on: DateInterval, weight: Amount, note: str = "", provisional: bool
) -> Observation:
    amount: dict[str, Any] = {"quantity": weight.quantity, "unit": weight.unit}
    return put_down(trail, animal, Kind.WEIGHT, on=on, note=note, provisional=provisional, **amount)


def write_measurement(
    trail: Trail,
    animal: Animal,
    *,
    on: DateInterval,
    what: str,
    amount: Amount,
    note: str = "",
    provisional: bool,
) -> Observation:
    columns: dict[str, Any] = {"what": what, "quantity": amount.quantity, "unit": amount.unit}
    return put_down(trail, animal, Kind.MEASUREMENT, on=on, note=note, provisional=provisional, **columns)


def write_contraception(
    trail: Trail,
    animal: Animal,
    *,
    on: DateInterval,
    method: str,
    until: DateInterval | None = None,
    product: str = "",
    expected_return: DateInterval | None = None,
    note: str = "",
    provisional: bool,
) -> Observation:
    """Write down a contraception: the product, how long it lasts, when the animal should be fertile again."""
    observation = Observation(
        animal=animal,
        kind=Kind.CONTRACEPTION,
        what=Observation.Contraception(method).value,
        product=product.strip(),
        note=note,
        provisional=provisional,
    )
    observation.date, observation.until, observation.expected_return = on, until, expected_return
    refuse_unsound_period(observation)
    return _put(trail, observation)


def write_reproduction(
    trail: Trail,
    animal: Animal,
    *,
    on: DateInterval,
    status: str,
    expected: DateInterval | None = None,
    until: DateInterval | None = None,
    note: str = "",
    provisional: bool,
) -> Observation:
    """Write down a reproductive status: of a pregnant animal also when the birth is expected, of one not for breeding why."""
    if expected and status != Observation.ReproductiveStatus.PREGNANT:
        raise StudbookError(
            f"A birth is expected of a pregnant animal only, and {animal} is said to be "
            f"{Observation.ReproductiveStatus(status).label}. Leave the date out, or choose “pregnant”.",
            field="expected",
        )
    if until and status != Observation.ReproductiveStatus.NOT_BREEDING:
        raise StudbookError(
            f"An end is given to “not for breeding” only, and {animal} is said to be "
            f"{Observation.ReproductiveStatus(status).label}. Leave it out: what is found later ends it.",
            field="until",
        )
    observation = Observation(
        animal=animal,
        kind=Kind.REPRODUCTION,
        what=Observation.ReproductiveStatus(status).value,
        note=note,
        provisional=provisional,
    )
    observation.date, observation.until = on, expected or until
    refuse_unsound_period(observation)
    return _put(trail, observation)


def write_note(
    trail: Trail, animal: Animal, *, on: DateInterval, note: str, provisional: bool
) -> Observation:
    if not note.strip():
        raise StudbookError(f"The note on {animal} is empty. Write what you saw or did.", field="note")
    return put_down(trail, animal, Kind.NOTE, on=on, note=note.strip(), provisional=provisional)


def write_photo(
    trail: Trail, animal: Animal, *, on: DateInterval, file: str, note: str = "", provisional: bool
) -> Observation:
    """Write down a photo, whose file was kept before: that takes too long to do under the lock."""
    return put_down(trail, animal, Kind.PHOTO, on=on, file=file, note=note, provisional=provisional)


def _place_on(animal: Animal, on: DateInterval) -> Institution | None:
    # The last stay that had begun: an animal is weighed where it is on the day it comes.
    stays = Holding.objects.filter(animal=animal, start__lte=on.latest).select_related("institution")
    stay = stays.order_by("-start", "-pk").first()
    return stay.institution if stay else None
