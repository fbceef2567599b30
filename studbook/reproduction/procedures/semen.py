"""Whose semen an insemination may give: fresh, of a collection on record, or units of a banked sample."""

from datetime import timedelta
from decimal import Decimal

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.entry.observation_rules import refuse_impossible_day
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError, rejected
from studbook.reproduction.bank.rights import may_on_sample
from studbook.reproduction.models import Insemination, Procedure, Sample, SemenCollection
from studbook.reproduction.spans import FRESH_DAYS
from studbook.reproduction.whereabouts import refuse_sex

NOUN = "insemination"


def donor_of(donor: Animal | None, collection: Procedure | None, sample: Sample | None) -> Animal:
    """Return the donor: the one named, else the one that the semen is of. Raises StudbookError where none is."""
    found = donor or (collection.animal if collection else None) or (sample.donor if sample else None)
    if found is None:
        raise StudbookError(
            "Say whose semen it was: name the donor, a collection or a sample.", field="donor"
        )
    return found


def refuse_semen(told: Insemination, sample: Sample | None, on: DateInterval) -> None:
    """Refuse semen that was not the donor's, or not yet collected; and that of a dead male without a sample of his."""
    donor = told.donor
    refuse_sex(donor, Animal.Sex.MALE, NOUN, field="donor")
    if sample is None:
        _refuse_dead(donor, on)
    refuse_impossible_day(donor, NOUN, on)
    if told.collection and sample:
        raise StudbookError(
            "Semen is fresh or banked. Choose the collection or the sample, and log the other as an insemination of its own.",
            field="sample",
        )
    if sample:
        _refuse_sample(donor, sample, on)
    elif told.collection:
        _refuse_collection(donor, told.collection, on)
    else:
        raise _against(
            donor,
            f"Nothing says which semen of {donor} it was. Choose a collection or a banked sample of his; if none is on record, "
            "log the collection first.",
            "collection",
        )


def refuse_nothing_that_moves(animal: Animal, told: SemenCollection) -> None:
    """Refuse a collection of nothing, or of semen without sperm, that is told to be of some quality."""
    for none, said, field in (
        (told.volume_ml, "no semen was collected (0 ml)", "volume_ml"),
        (told.million_per_ml, "the semen held no sperm (0 million a ml)", "million_per_ml"),
    ):
        if none == 0 and (found := [words for value, words in _qualities(told) if value]):
            raise StudbookError(
                f"Of {animal} {said}, and yet it is said to be {' and '.join(found)}. Correct one of them, or leave empty what "
                "was not seen.",
                field=field,
            )


def refuse_sample_of_others(sample: Sample, by: User | None) -> None:
    """Refuse to use what neither is stored nor belongs where the person logs; told beside the field of the form."""
    if by and not may_on_sample(standing_of(by, sample.programme_id), Right.LOG, sample):
        raise StudbookError(
            f"{sample.label} is stored at {sample.institution} and belongs to {sample.owner}. Ask one of them to log its use, or "
            "the coordinator.",
            field="sample",
        )


def _qualities(told: SemenCollection) -> list[tuple[Decimal | None, str]]:
    return [
        (told.million_per_ml, f"of {told.million_per_ml} million a ml"),
        (told.motile_percent, f"{told.motile_percent} % motile"),
        (told.normal_percent, f"{told.normal_percent} % of normal form"),
    ]


def _refuse_dead(donor: Animal, on: DateInterval) -> None:
    if donor.death and donor.death.latest < on.earliest:
        raise _against(
            donor,
            f"{donor} died {donor.death}; without a sample of his no insemination on {on} is possible. Choose the banked sample, "
            "or another donor.",
            "donor",
        )


def _refuse_sample(donor: Animal, sample: Sample, on: DateInterval) -> None:
    if sample.is_struck:
        raise _against(donor, f"The sample {sample.label} was struck out. Choose another.", "sample")
    if sample.donor_id != donor.pk:
        raise _against(
            donor,
            f"{sample.label} is of {sample.donor}, not of {donor}. Choose a sample of {donor}, or name {sample.donor} as the donor.",
            "sample",
        )
    if sample.kind not in Sample.MAKES_SIRES:
        raise _against(
            donor,
            f"{sample.label} is {sample.get_kind_display()}, which no insemination is made with. Choose a sample of semen.",
            "sample",
        )
    if sample.collected and sample.collected.earliest > on.latest:
        raise _against(
            donor,
            f"{sample.label} was collected {sample.collected}, after this insemination ({on}). Correct one of the dates, or "
            "choose another sample.",
            "sample",
        )


def _refuse_collection(donor: Animal, collection: Procedure, on: DateInterval) -> None:
    if collection.is_struck or collection.kind != Procedure.Kind.COLLECTION:
        raise _against(
            donor, f"The {collection} is no semen collection that stands. Choose another.", "collection"
        )
    if collection.animal_id != donor.pk:
        raise _against(
            donor,
            f"That semen was collected of {collection.animal}, not of {donor}. Choose a collection of {donor}, or name "
            f"{collection.animal} as the donor.",
            "collection",
        )
    if collection.date and collection.date.earliest > on.latest:
        raise _against(
            donor,
            f"The semen of {donor} was collected {collection.date}, after this insemination ({on}). Correct one of the dates, or "
            "choose another collection.",
            "collection",
        )

    if collection.date and on.earliest - collection.date.latest > timedelta(days=FRESH_DAYS):
        raise _against(
            donor,
            f"The semen of {donor} was collected {collection.date}, and does not stay fresh until {on}. Choose the banked sample "
            "that was made of it, or a later collection.",
            "collection",
        )


def _against(donor: Animal, sentence: str, field: str) -> RuleError:
    return rejected("D11", [donor.studbook_number], sentence, field=field)
