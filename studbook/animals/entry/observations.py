"""What a keeper sees or does, logged: a weight, a note, a photo, a mark, a treatment. One deed for one animal."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.entry import observation_identity as identity
from studbook.animals.entry import observation_writing as writing
from studbook.animals.entry.observation_values import Amount
from studbook.animals.entry.photo import forget_photo, keep_photo
from studbook.animals.entry.provisional import is_provisional
from studbook.animals.entry.weight_rules import refuse_doubtful_weight
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.programmes.changes import Trail

Writer = Callable[..., Observation]


def log_observation(
    write: Writer,
    noun: str,
    animal: Animal,
    *,
    by: User | None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
    only_seen: bool = False,
    **told: Any,
) -> Observation:
    """Write down an observation of an animal; one of a person who cannot confirm it is provisional."""
    with keeping(
        animal.programme,
        f"log {noun}",
        by=by,
        right=Right.LOG,
        about=[animal],
        reason=reason,
        acknowledged=acknowledged,
        alters_numbers=not only_seen,
        only_seen=only_seen,
    ) as trail:
        current = locked(animal)
        return write(trail, current, provisional=is_provisional(current, by), **told)


# A weight, a measurement, a note or a photo is read by no analysis, and only by the rules of what is seen.
_only_seen = partial(log_observation, only_seen=True)
log_measurement = partial(_only_seen, writing.write_measurement, "measurement")
log_note = partial(_only_seen, writing.write_note, "note")
log_contraception = partial(log_observation, writing.write_contraception, "contraception")
log_reproduction = partial(log_observation, writing.write_reproduction, "reproductive status")
log_rearing = partial(log_observation, identity.write_rearing, "rearing")
log_sex = partial(log_observation, identity.write_sex, "sex")
log_identification = partial(log_observation, identity.write_identification, "identification")


def log_weight(
    animal: Animal,
    *,
    on: DateInterval,
    weight: Amount,
    by: User | None,
    note: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Observation:
    """Write down a weight; one far from what is known of the animal is asked about first (C18)."""
    codes = tuple(acknowledged)

    def write(trail: Trail, current: Animal, *, provisional: bool) -> Observation:
        refuse_doubtful_weight(current, on, weight, acknowledged=codes)
        return writing.write_weight(trail, current, on=on, weight=weight, note=note, provisional=provisional)

    return _only_seen(write, "weight", animal, by=by, reason=reason, acknowledged=codes)


def log_photo(animal: Animal, *, photo: "ContentFile[bytes]", **told: Any) -> Observation:
    """Keep a photo of an animal; where the deed is refused, nothing is left of the file."""
    path = keep_photo(photo)
    try:
        return _only_seen(writing.write_photo, "photo", animal, file=path, **told)
    except BaseException:
        forget_photo(path)
        raise
