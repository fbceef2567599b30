"""What two animals did together as sire and dam: pairs, matings, procedures, pregnancies and litters of the book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.dateformat import format as formatted

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.population.basis import Basis
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.vital import vital_on
from studbook.population.pair.young import BornLitter, litters_of_two
from studbook.reproduction.models import Mating, Pairing, Pregnancy, Procedure, SampleStep
from studbook.reproduction.pairings.queries import matings_with, pairings_with
from studbook.reproduction.pregnancies.queries import PregnancyRow, pregnancies_about, rows_of
from studbook.reproduction.procedures.queries import procedures_with

UNKNOWN_DAY = "day not known"
SEEN = {
    Mating.Seen.SEEN: "Mating seen",
    Mating.Seen.FILMED: "Mating filmed",
    Mating.Seen.TRACES: "Traces of a mating",
    Mating.Seen.HEARD: "Mating heard",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing on record of the two. `day` is its first, None where no date tells it; a litter has `young` in place of a page."""

    day: date | None
    when: str
    what: str
    told: str
    url: str = ""
    young: tuple[Animal, ...] = ()


def deeds_of(basis: Basis, sire: Animal, dam: Animal) -> list[Deed]:
    """Return all that stands of two animals as sire and dam, the oldest first; six queries at most beside those of a book.

    Litters are those of the basis, all else is as recorded.
    """
    deeds = [
        *_litters(basis, sire, dam),
        *(_pregnancy(row, dam) for row in _pregnancies(sire, dam)),
        *(_procedure(each, dam) for each in _procedures(sire, dam)),
        *(_mating(each) for each in _matings(sire, dam)),
        *(_pairing(each) for each in pairings_with(sire).filter(dam=dam).select_related("programme")),
    ]
    # Each kind came the latest first, and the sort is stable: of one day the pair comes before the mating, the mating before what came of it.
    deeds.reverse()
    return sorted(deeds, key=lambda deed: deed.day or date.max)


def _matings(sire: Animal, dam: Animal) -> Iterable[Mating]:
    return matings_with(sire).filter(dam=dam).select_related("programme", "institution")


def _procedures(sire: Animal, dam: Animal) -> Iterable[Procedure]:
    given = Q(kind=Procedure.Kind.INSEMINATION, animal=dam, insemination__donor=sire)
    genes = Q(gametes__dam=dam) | Q(gametes__dam=None, animal=dam)
    work = Q(kind=Procedure.Kind.GAMETES, gametes__sire=sire) & genes
    used = SampleStep.objects.filter(kind=SampleStep.Kind.USED).select_related("sample")
    found = procedures_with(sire).filter(given | work)
    found = found.select_related("programme", "institution", "insemination__collection", "gametes")
    return found.prefetch_related(Prefetch("sample_steps", used))


def _pregnancies(sire: Animal, dam: Animal) -> list[PregnancyRow]:
    genes = Q(gene_dam=dam) | Q(gene_dam=None, dam=dam)
    return rows_of(pregnancies_about(sire).filter(genes, sire=sire), timezone.localdate())


def _pairing(pairing: Pairing) -> Deed:
    day = pairing.introduced or pairing.together or pairing.separated
    what = "Introduced to each other" if pairing.introduced else "Put together"
    told = [f"at {pairing.institution}"]
    if pairing.introduced and pairing.together:
        told.append(f"put together {pairing.together}")
    if pairing.separated:
        told.append(f"separated {pairing.separated}{_end(pairing)}")
    else:
        told.append("not separated since")
    return _deed(day, what, told, pairing.get_absolute_url())


def _end(pairing: Pairing) -> str:
    return f" ({pairing.get_end_display()})" if pairing.end else ""


def _mating(mating: Mating) -> Deed:
    times = [f"{mating.times} times"] if mating.times and mating.times > 1 else []
    told = [*times, f"at {mating.institution}"]
    return _deed(mating.date, SEEN[Mating.Seen(mating.seen)], told, mating.get_absolute_url())


def _procedure(procedure: Procedure, dam: Animal) -> Deed:
    told = [*_how(procedure, dam), f"at {procedure.institution}"]
    if procedure.kind == Procedure.Kind.INSEMINATION:
        return _deed(procedure.date, "Insemination", told, procedure.get_absolute_url())
    return _deed(procedure.date, "Oocyte or embryo work", told, procedure.get_absolute_url())


def _how(procedure: Procedure, dam: Animal) -> list[str]:
    samples = [f"{step.taken_in_words} of {step.sample.label}" for step in procedure.sample_steps.all()]
    if procedure.kind == Procedure.Kind.GAMETES:
        bearer = [f"on {procedure.animal}"] if procedure.animal_id != dam.pk else []
        return [procedure.gametes.get_what_display(), *bearer, *samples]
    given, semen = procedure.insemination, "his semen"
    if given.collection and given.collection.date:
        semen = f"fresh semen collected {given.collection.date}"
    elif samples:
        semen = f"a banked sample of his ({', '.join(samples)})"
    return [semen, given.get_route_display()]


def _pregnancy(row: PregnancyRow, dam: Animal) -> Deed:
    pregnancy = row.pregnancy
    told = [_begun(pregnancy)]
    if pregnancy.dam_id != dam.pk:
        told.append(f"borne by {pregnancy.dam}")
    return _deed(pregnancy.conceived, "Pregnancy", [*told, _outcome(row)], pregnancy.get_absolute_url())


def _begun(pregnancy: Pregnancy) -> str:
    method = pregnancy.get_method_display()
    if pregnancy.mating_id or pregnancy.insemination_id or pregnancy.method != Pregnancy.Method.NATURAL:
        return f"begun by {method}"
    return "suspected, no mating is named"


def _outcome(row: PregnancyRow) -> str:
    pregnancy, window = row.pregnancy, row.window
    if pregnancy.outcome == Pregnancy.Outcome.LITTER:
        return f"it ended with {pregnancy.litter_size} young, {pregnancy.ended}"
    if pregnancy.outcome:
        return f"{row.state_words}, {pregnancy.ended}"
    if window is None:
        return f"{row.state_words}; no window of birth is known" if not row.is_overdue else row.state_words
    days = f"young expected {formatted(window.earliest, 'j F')} to {formatted(window.latest, 'j F Y')}"
    if row.is_overdue:
        return f"{days}, outcome overdue: {row.days_words}"
    return f"{days}, {row.days_words or row.state}"


def _litters(basis: Basis, sire: Animal, dam: Animal) -> list[Deed]:
    born = vital_on(basis, Filters()).born
    litters = litters_of_two(book_on(basis), born, sire, dam)
    numbers = [number for litter in litters for number in litter.numbers]
    animals = {
        each.studbook_number: each for each in basis.programme.animals.filter(studbook_number__in=numbers)
    }
    # The book may have moved on since it was read: who left it waits for the next reading.
    young = ([animals[number] for number in each.numbers if number in animals] for each in litters)
    return [_litter(each, found) for each, found in zip(litters, young, strict=True) if found]


def _litter(litter: BornLitter, young: list[Animal]) -> Deed:
    first = young[0].birth
    lived = [
        f"{counted.lived} of {counted.known} lived {span}"
        for counted, span in ((litter.month, "30 days"), (litter.year, "a year"))
        if counted.known
    ]
    when = str(first) if first else UNKNOWN_DAY
    what = f"Litter of {len(young)}" if len(young) > 1 else "One young born"
    return Deed(
        litter.day, when, what, ", ".join(lived) or "nothing tells how long they lived", "", tuple(young)
    )


def _deed(day: DateInterval | None, what: str, told: Iterable[str], url: str) -> Deed:
    first, when = (day.earliest, str(day)) if day else (None, UNKNOWN_DAY)
    return Deed(first, when, what, "; ".join(told), url)
