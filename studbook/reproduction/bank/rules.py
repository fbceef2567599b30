"""What a sample may not say: of a donor it cannot be of, of a day that cannot be, in a place that is taken."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from studbook.accounts.rights import Standing
from studbook.animals.deed_rules import refuse_future
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import REJECT, WARN, Finding
from studbook.reproduction.bank.rights import may_give_from_reserve
from studbook.reproduction.models import GameteWork, Insemination, Procedure, Sample, SampleStep
from studbook.reproduction.spans import RECOVERY_DAYS

Kind, Step = Sample.Kind, SampleStep.Kind
Sex = Animal.Sex
# Blood, DNA and the like are also taken of what a museum or a freezer kept of the animal.
OF_REMAINS = frozenset({Kind.BLOOD, Kind.OTHER})
TAKES_SAMPLES = frozenset({Procedure.Kind.INSEMINATION, Procedure.Kind.GAMETES})
HOLDS_SPERM = Sample.MAKES_SIRES | {Kind.TESTIS, Kind.OTHER}
What = GameteWork.What
# Cells make an embryo by the transfer of their nucleus.
USED_IN_WORK: dict[str, frozenset[str]] = {
    What.OOCYTES: frozenset({Kind.OOCYTES, Kind.OVARY}),
    What.EMBRYOS: Sample.MAKES_SIRES | {Kind.TESTIS, Kind.OOCYTES, Kind.OVARY, Kind.CELLS},
    What.TRANSFER: frozenset({Kind.EMBRYOS}),
    What.OTHER: frozenset({Kind.OOCYTES, Kind.EMBRYOS, Kind.TESTIS, Kind.OVARY, Kind.CELLS}),
}
SEX_OF: dict[str, str] = {
    **dict.fromkeys((Kind.SEMEN, Kind.EPIDIDYMAL, Kind.TESTIS), Sex.MALE),
    **dict.fromkeys((Kind.OOCYTES, Kind.EMBRYOS, Kind.OVARY), Sex.FEMALE),
}


def refuse_wrong_donor(sample: Sample) -> None:
    """Refuse a donor of another book or of the wrong sex, and a sire of anything but embryos."""
    donor, sire, kind = sample.donor, sample.embryo_sire, sample.get_kind_display()
    for animal, field in ((donor, "donor"), (sire, "embryo_sire")):
        if animal and animal.programme_id != sample.programme_id:
            raise StudbookError(
                f"{animal} is no animal of {sample.programme}. Choose one of this book.", field=field
            )
    sex = SEX_OF.get(sample.kind, donor.sex)
    if donor.sex not in (sex, Sex.UNKNOWN):
        raise StudbookError(
            f"{donor} is recorded {donor.get_sex_display()}, and such an animal gives no {kind}. Correct the kind, "
            "the donor, or the sex in the book.",
            field="donor",
        )
    if sire and sample.kind != Kind.EMBRYOS:
        raise StudbookError(
            f"Only embryos have a sire beside their donor, and this sample is {kind}. Leave the sire empty.",
            field="embryo_sire",
        )
    if sire and sire.sex == Sex.FEMALE:
        raise StudbookError(
            f"{sire} is recorded female and sired no embryo. Correct it.", field="embryo_sire"
        )
    if sire and sire.pk == donor.pk:
        raise StudbookError(
            f"{sire} cannot be both dam and sire of an embryo. Choose another sire, or leave it empty.",
            field="embryo_sire",
        )


def refuse_wrong_procedure(sample: Sample) -> None:
    """Refuse that a sample comes from a procedure that was struck out, or was done on another animal."""
    procedure = sample.procedure
    if procedure is None:
        return
    if procedure.programme_id != sample.programme_id or procedure.is_struck:
        raise StudbookError(
            f"{procedure} does not stand in this book. Leave the procedure empty, or choose another.",
            field="procedure",
        )
    # Embryos are the dam's, and the work on them may be on record with the sire.
    if procedure.animal_id != sample.donor_id and procedure.kind != Procedure.Kind.GAMETES:
        raise StudbookError(
            f"{procedure} was done on another animal than {sample.donor}. Correct the donor, or choose the procedure from "
            "which this sample comes.",
            field="procedure",
        )


def refuse_motility(sample: Sample, **told: Decimal | None) -> None:
    """Refuse that sperm moves in what holds none; `told` are columns of the sample."""
    for field, value in told.items():
        if value is not None and sample.kind not in HOLDS_SPERM:
            raise StudbookError(
                f"This sample is {sample.get_kind_display()}, in which no sperm moves. Leave the motility empty, or correct the "
                "kind.",
                field=field,
            )


def is_of_use(sample: Sample) -> bool:
    """Tell whether any procedure uses a sample of this kind."""
    return sample.kind in Sample.MAKES_SIRES.union(*USED_IN_WORK.values())


def procedures_using(sample: Sample) -> QuerySet[Procedure]:
    """Return the procedures in which the sample may have been used, by its kind and donor."""
    found = Q(kind=Procedure.Kind.GAMETES, gametes__what__in=_work_with(sample))
    if sample.kind in Sample.MAKES_SIRES:
        found |= Q(
            kind=Procedure.Kind.INSEMINATION,
            insemination__donor=sample.donor_id,
            insemination__collection=None,
        )
    return Procedure.objects.standing().filter(found, programme=sample.programme_id)


def refuse_wrong_use(sample: Sample, procedure: Procedure) -> None:
    """Refuse that a sample is used in a procedure that takes none, or not this one; two queries."""
    if (
        procedure.programme_id != sample.programme_id
        or procedure.is_struck
        or procedure.kind not in TAKES_SAMPLES
    ):
        raise StudbookError(
            f"{procedure} is no procedure of this book in which a sample is used. Choose an insemination, or work on "
            "oocytes or embryos.",
            field="procedure",
        )
    told = Insemination.objects.filter(procedure=procedure).select_related("donor").first()
    if told and told.donor_id != sample.donor_id:
        raise StudbookError(
            f"{procedure} was done with semen of {told.donor}, and {sample.label} is of {sample.donor}. Correct one of the "
            "two, or take another sample.",
            field="procedure",
        )
    if told and sample.kind not in Sample.MAKES_SIRES:
        raise StudbookError(
            f"{sample.label} is {sample.get_kind_display()}, with which nobody inseminates. Take a sample of semen.",
            field="procedure",
        )
    if told and told.collection_id:
        raise StudbookError(
            f"{procedure} was done with the fresh semen of a collection. Correct the insemination first, or choose another "
            "procedure.",
            field="procedure",
        )
    work = GameteWork.objects.filter(procedure=procedure).select_related("procedure__animal").first()
    if work:
        refuse_wrong_work(sample, work, field="procedure")


def refuse_wrong_work(sample: Sample, work: GameteWork, *, field: str) -> None:
    """Refuse that a sample is used where oocytes are collected, embryos made or transferred of other kinds of samples."""
    if work.what not in _work_with(sample):
        raise StudbookError(
            f"{sample.label} is {sample.get_kind_display()}, and the {work.procedure} is about {work.get_what_display()}, which "
            "takes none. Correct what was done, or use the sample in another procedure.",
            field=field,
        )


def _work_with(sample: Sample) -> list[str]:
    return [what for what, kinds in USED_IN_WORK.items() if sample.kind in kinds]


def refuse_wrong_day(sample: Sample, on: date) -> None:
    """Refuse a step on a day still to come, or before there was a sample."""
    refuse_future(sample.donor, DateInterval.exact(on), f"step of {sample.label}")
    collected = sample.collected
    if collected and on < collected.earliest:
        raise StudbookError(
            f"{sample.label} of {sample.donor} was collected {collected}, after this step ({on}). Correct the day.",
            field="on",
        )


def refuse_against_ledger(sample: Sample, was: str) -> None:
    """Refuse a kind, which was another, or a day of collection that cannot be after what the ledger tells; three queries at most."""
    sired = was in Sample.MAKES_SIRES and sample.kind not in Sample.MAKES_SIRES
    used = sample.steps.filter(kind=Step.USED, procedure__struck_at=None)
    if sired and (line := used.select_related("procedure").first()):
        raise StudbookError(
            f"{sample.label} was used in {line.procedure} on {line.on}, so it was semen. Leave the kind, or strike out the "
            "procedure if it never was.",
            field="kind",
        )
    worked = used.filter(procedure__gametes__isnull=False)
    unfit = worked.exclude(procedure__gametes__what__in=_work_with(sample)).select_related(
        "procedure__animal"
    )
    if sample.kind != was and (line := unfit.first()):
        raise StudbookError(
            f"{sample.label} was used in the {line.procedure} on {line.on}, which takes no {sample.get_kind_display()}. Leave "
            "the kind, or correct what was done in the procedure.",
            field="kind",
        )
    later = sample.steps.all() if sample.split_from_id else sample.steps.exclude(kind=Step.STORED)
    first, collected = later.order_by("on", "id").first(), sample.collected
    if first and collected and first.on < collected.earliest:
        raise StudbookError(
            f"The ledger of {sample.label} tells of {first.on} ({first.get_kind_display()}), before this day "
            f"({collected}). Correct the day.",
            field="on",
        )


def findings_of(sample: Sample) -> list[Finding]:
    """Return what the rules of the bank say of a sample as it would be stored; two queries at most."""
    return [*_collected_in_life(sample), *_place_taken(sample)]


def place_findings(sample: Sample) -> list[Finding]:
    """Return what they say of where it would be."""
    return list(_place_taken(sample))


def account_findings(sample: Sample, account: str, standing: Standing | None) -> list[Finding]:
    """Return what they say of the account to which a person would move it."""
    if account != Sample.Account.RESERVE or standing is None or may_give_from_reserve(standing):
        return []
    sentence = (
        f"Nothing of the national reserve is used or thawed, and only the coordinator takes {sample.label} out of it again. "
        "Leave it in its account if it is needed."
    )
    return [Finding("G3", WARN, (sample.donor.studbook_number,), sentence, "account")]


def _collected_in_life(sample: Sample) -> Iterator[Finding]:
    donor, collected = sample.donor, sample.collected
    if collected is None:
        return
    refuse_future(donor, collected, sample.get_kind_display())
    told = _before_the_birth(donor, collected) or _after_the_death(sample, donor, collected)
    if told:
        level, sentence = told
        yield Finding("G1", level, (donor.studbook_number,), sentence, "on")


def _before_the_birth(donor: Animal, collected: DateInterval) -> tuple[str, str] | None:
    birth = donor.birth
    if birth is None or collected.earliest >= birth.latest:
        return None
    certain = collected.latest < birth.earliest
    verb = "was" if certain else "may have been"
    return (REJECT if certain else WARN), (
        f"{donor} was born {birth}, and the sample {verb} collected before ({collected}). Correct one of the two dates, "
        "or the donor."
    )


def _after_the_death(sample: Sample, donor: Animal, collected: DateInterval) -> tuple[str, str] | None:
    death = donor.death
    if death is None or sample.kind in OF_REMAINS:
        return None
    recovery = timedelta(days=RECOVERY_DAYS)
    if collected.latest <= death.earliest + recovery:
        return None
    certain = collected.earliest > death.latest + recovery
    verb = "was" if certain else "may have been"
    return (REJECT if certain else WARN), (
        f"{donor} died {death}, and the sample {verb} collected more than {RECOVERY_DAYS} days later ({collected}). "
        "Correct one of the two dates, or the donor."
    )


def _place_taken(sample: Sample) -> Iterator[Finding]:
    if not (sample.tank and sample.position):
        return
    other = same_place(sample).select_related("donor").first()
    if other:
        sentence = (
            f"{other.label} of {other.donor} is at {sample.place_in_words} too. Check which of the two is there, or name "
            "the position more closely."
        )
        numbers = (sample.donor.studbook_number, other.donor.studbook_number)
        yield Finding("G2", WARN, numbers, sentence, "position")


def same_place(sample: Sample) -> QuerySet[Sample]:
    """Return the other samples of which something is left at the very place of this one, in capitals or not."""
    words = {f"{name}__iexact": getattr(sample, name) for name in Sample.WITHIN}
    found = Sample.objects.stored().filter(
        programme=sample.programme_id, institution=sample.institution_id, **words
    )
    return found.exclude(pk=sample.pk)
