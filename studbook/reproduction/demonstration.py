"""The demonstration's reproduction: the insemination at Mulhouse, a genome bank, contraceptions, and two pregnancies that are waited for.

What was published of Mulhouse in October 2025 is as it was told: a male asleep first and his semen taken, a female who had
ovulated and had cysts, semen given fresh into the uterus, a chance of one in two, part of it kept, and no young. Doses,
counts, times and straws are invented, and so are the other samples, the contraceptions
and the pregnancies.
"""

from collections.abc import Iterable
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from studbook.accounts.demonstration import COORDINATOR
from studbook.accounts.models import User
from studbook.animals.entry.observation_values import Amount
from studbook.animals.entry.observations import log_contraception, log_reproduction
from studbook.animals.models import Animal, Holding, Observation, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.demonstration import bank_the_dead
from studbook.reproduction.bank.storing import Description, Storage, store_sample
from studbook.reproduction.models import Anaesthesia, Examination, Insemination, Pregnancy, Procedure, Sample
from studbook.reproduction.models.details import SemenCollection
from studbook.reproduction.pairings.actions import introduce_pair
from studbook.reproduction.pairings.matings import log_mating
from studbook.reproduction.pregnancies.actions import start_pregnancy, tell_outcome
from studbook.reproduction.procedures.actions import log_procedure

HERE, OWNER = "MULHOUSE", "CLERMONT"
DAM, SIRE = "832", "853"
# The reports of the middle of October say "last week" of it.
INSEMINATED = DateInterval.parse("between 2025-10-06 and 2025-10-14")
NO_YOUNG = DateInterval.parse("between 2026-01-28 and 2026-02-28")
TEAM = "Seven veterinarians, two of them from Berlin"
CLINIC = "clinic of the zoo"


def add_reproduction(programme: Programme) -> None:
    """Add the story of Mulhouse, four donors who died long ago, who cannot breed, and two pregnancies, by the coordinator."""
    by = User.objects.get(username=COORDINATOR.username)
    dam, sire = (_animal(programme, number) for number in (DAM, SIRE))
    _pair(programme, sire, dam, by)
    collection = _semen_of(sire, by)
    insemination = _inseminate(dam, sire, collection, by)
    _store_some(programme, collection, by)
    _wait_in_vain(insemination, by)
    bank_the_dead(programme, by)
    _observe(programme, by)
    for days, (male, female) in zip((86, 121), _breeding_pairs(programme), strict=False):
        _hope(male, female, _ago(days), by)


def _animal(programme: Programme, number: str) -> Animal:
    animal: Animal = Animal.objects.get(programme=programme, studbook_number=number)
    return animal


def _zoo(mnemonic: str) -> Institution:
    return Institution.objects.get(mnemonic=mnemonic)


def _pair(programme: Programme, sire: Animal, dam: Animal, by: User) -> None:
    pairing = introduce_pair(
        programme,
        sire=sire,
        dam=dam,
        on=DateInterval.parse("2025-03-10"),
        together=DateInterval.parse("2025-03-24"),
        by=by,
        note="Calm together; no courtship until the end of the summer.",
    )
    for day, times in (("2025-09-02", 3), ("2025-09-03", 5)):
        log_mating(
            programme, sire=sire, dam=dam, on=DateInterval.parse(day), times=times, pairing=pairing, by=by
        )


def _semen_of(sire: Animal, by: User) -> Procedure:
    asleep = _asleep(sire, time(8, 35), time(9, 50), by, medetomidine="2.5", ketamine="125")
    collection = _log(
        Procedure.Kind.COLLECTION,
        sire,
        by,
        started=time(8, 55),
        ended=time(9, 20),
        under=asleep,
        told={
            "method": SemenCollection.Method.MASSAGE,
            "volume_ml": Decimal("1.6"),
            "million_per_ml": Decimal("92"),
            "motile_percent": Decimal("70"),
            "normal_percent": Decimal("58"),
        },
        note="Taken into a vial; proven sire, 14 years old.",
    )
    _weigh(sire, time(9, 30), "50", by)
    return collection


def _inseminate(dam: Animal, sire: Animal, collection: Procedure, by: User) -> Procedure:
    asleep = _asleep(dam, time(9, 40), time(11, 20), by, medetomidine="1.75", ketamine="90")
    _log(
        Procedure.Kind.EXAMINATION,
        dam,
        by,
        started=time(9, 55),
        ended=time(10, 15),
        under=asleep,
        told={
            "method": Examination.Method.ULTRASOUND,
            "ovulation": Examination.Finding.YES,
            "cysts": Examination.Finding.YES,
            "pregnancy": Examination.Finding.NO,
            "findings": "Had ovulated. Cysts in the uterus, the way to the horns free.",
        },
    )
    insemination = _log(
        Procedure.Kind.INSEMINATION,
        dam,
        by,
        started=time(10, 25),
        ended=time(10, 45),
        under=asleep,
        told={
            "donor": sire,
            "collection": collection,
            "route": Insemination.Route.CERVIX,
            "dose_million": Decimal("60"),
            "chance_percent": Decimal("50"),
            "stimulus": True,
        },
        note="By a catheter into the uterus; the stimulus of mating imitated.",
    )
    _weigh(dam, time(10, 55), "35", by)
    return insemination


def _asleep(animal: Animal, lying: time, standing: time, by: User, **agents: str) -> Procedure:
    return _log(
        Procedure.Kind.ANAESTHESIA,
        animal,
        by,
        started=time(lying.hour, lying.minute - 10),
        ended=standing,
        told={
            "way": Anaesthesia.Way.DART_GAS,
            "lying_at": lying,
            "standing_at": standing,
            "recovery": Anaesthesia.Recovery.SMOOTH,
        },
        agents=[{"agent": name, "dose": Decimal(dose), "unit": "mg"} for name, dose in agents.items()],
    )


def _weigh(animal: Animal, at: time, kilograms: str, by: User) -> None:
    _log(Procedure.Kind.WEIGHING, animal, by, started=at, weight=Amount(Decimal(kilograms), "kg"))


def _log(kind: str, animal: Animal, by: User, **told: Any) -> Procedure:
    return log_procedure(kind, animal, on=INSEMINATED, by=by, place=CLINIC, team=TEAM, **told)


def _store_some(programme: Programme, collection: Procedure, by: User) -> None:
    here, owner = _zoo(HERE), _zoo(OWNER)
    for account, straws, position in (
        (Sample.Account.SAVINGS, 12, "1"),
        (Sample.Account.CHECKING, 8, "2"),
    ):
        store_sample(
            programme,
            Storage(
                collection.animal,
                straws,
                here,
                owner,
                tank="T1",
                canister="2",
                position=position,
                account=account,
                procedure=collection,
            ),
            Description(
                Sample.Kind.SEMEN,
                INSEMINATED,
                per_dose=2,
                motile_percent=Decimal("45"),
                million_per_unit=Decimal("10"),
                medium="TRIS, egg yolk, glycerol",
            ),
            by=by,
        )


def _wait_in_vain(insemination: Procedure, by: User) -> None:
    pregnancy = start_pregnancy(
        insemination.animal,
        on=INSEMINATED,
        sire=_known(insemination.insemination.donor),
        method=Pregnancy.Method.FRESH,
        insemination=insemination,
        by=by,
    )
    tell_outcome(
        pregnancy,
        outcome=Pregnancy.Outcome.NOT_PREGNANT,
        on=NO_YOUNG,
        told_by="no young by the end of the window; told to the press later",
        by=by,
        opened_version=pregnancy.version,
    )


def _observe(programme: Programme, by: User) -> None:
    """Tell Khala's cysts, and of three that are past the breeding ages how they are kept from young."""
    status, method = Observation.ReproductiveStatus, Observation.Contraception
    log_reproduction(
        _animal(programme, DAM), on=INSEMINATED, status=status.CYSTS, note="In the uterus.", by=by
    )
    for number, began, ends in (("766", 320, -40), ("815", 760, 30)):
        log_contraception(
            _animal(programme, number),
            on=_ago(began),
            method=method.IMPLANT,
            product="deslorelin 9.4 mg",
            until=_ago(ends),
            expected_return=_ago(ends - 180),
            by=by,
        )
    log_contraception(
        _animal(programme, "751"), on=DateInterval.parse("2021-05-11"), method=method.NEUTERED, by=by
    )


def _ago(days: int) -> DateInterval:
    return DateInterval.parse((timezone.localdate() - timedelta(days=days)).isoformat())


def _breeding_pairs(programme: Programme) -> Iterable[tuple[Animal, Animal]]:
    """Yield a male and a female of breeding age at each place that has both, but for the two of the story."""
    born = ("2015-01-01", "2020-12-31")
    stays = Holding.objects.open().filter(
        animal__programme=programme, animal__status=Animal.Status.LIVING, animal__birth_latest__range=born
    )
    at: dict[int, dict[str, Animal]] = {}
    for stay in stays.select_related("animal").order_by("institution", "animal__number_order"):
        at.setdefault(stay.institution_id, {}).setdefault(stay.animal.sex, stay.animal)
    for found in at.values():
        if Animal.Sex.MALE in found and Animal.Sex.FEMALE in found:
            yield found[Animal.Sex.MALE], found[Animal.Sex.FEMALE]


def _hope(sire: Animal, dam: Animal, day: DateInterval, by: User) -> None:
    mating = log_mating(sire.programme, sire=sire, dam=dam, on=day, by=by)
    start_pregnancy(dam, on=day, sire=_known(sire), mating=mating, by=by)


def _known(sire: Animal) -> ParentChoice:
    return ParentChoice(ParentKind.KNOWN, (sire,))
