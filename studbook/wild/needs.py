"""What a site needs, and what of a release it does not want: who is released there already, and who is no candidate (rule D14)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Exists, OuterRef, Q

from studbook.animals.keeping import places_of
from studbook.animals.models import Animal, Event, Observation
from studbook.animals.timeline import OPENING
from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding
from studbook.core.templatetags.studbook import coefficient
from studbook.institutions.models import Institution
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis, analysis_on
from studbook.population.breeders import barred_on
from studbook.population.genetics.lineage_caps import capped_lineages
from studbook.population.genetics.lineage_carriers import ROUNDING
from studbook.population.releases import ReleaseQuestion, answer_of
from studbook.programmes.models import Programme
from studbook.wild.models import ReleaseAnimal, ReleaseSite

CODE = "D14"
MOST_PAIRS = 5
NOUN = {Animal.Sex.MALE: "male", Animal.Sex.FEMALE: "female"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each sex a site wants, and how many were released there and were not taken back."""

    males: int
    females: int
    males_released: int
    females_released: int

    @property
    def is_stated(self) -> bool:
        return bool(self.males or self.females)

    @property
    def males_left(self) -> int:
        return max(self.males - self.males_released, 0)

    @property
    def females_left(self) -> int:
        return max(self.females - self.females_released, 0)

    @property
    def is_met(self) -> bool:
        return self.is_stated and not (self.males_left or self.females_left)

    def wanted(self, sex: str) -> int:
        return self.males if sex == Animal.Sex.MALE else self.females

    def released(self, sex: str) -> int:
        return self.males_released if sex == Animal.Sex.MALE else self.females_released


def tally_of(site: ReleaseSite) -> Tally:
    """Return what a site wants beside what was released there; one query."""
    lines = ReleaseAnimal.objects.filter(release__site=site, event__isnull=False)
    sexes = list(lines.values_list("animal__sex", flat=True))
    males, females = (sexes.count(sex) for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE))
    return Tally(site.males_wanted, site.females_wanted, males, females)


def living_at(site: ReleaseSite) -> tuple[str, ...]:
    """Return the numbers of the animals released at a site that nobody took back, found again or knows dead; one query."""
    returned = Event.objects.filter(
        Q(kind__in=OPENING) | Q(kind=Event.Kind.OTHER, direction=Event.Direction.IN),
        animal=OuterRef("event__animal"),
        sequence__gt=OuterRef("event__sequence"),
    )
    lines = ReleaseAnimal.objects.filter(~Exists(returned), release__site=site, event__isnull=False)
    numbers = (
        lines.exclude(animal__status=Animal.Status.DEAD)
        .order_by("animal__number_order", "animal__studbook_number")
        .values_list("animal__studbook_number", flat=True)
    )
    return tuple(dict.fromkeys(numbers))


def findings_against(site: ReleaseSite, animals: Sequence[Animal], on: DateInterval) -> list[Finding]:
    """Return what a site's needs say against releasing these animals on a day, judged as the page of candidates judges."""
    day = on.latest
    barred = barred_on(site.programme, day, animals)
    return [
        *_of_numbers(site, animals),
        *_of_bars(site, animals, barred),
        *_of_figures(site, animals, day, barred),
        *_of_loans(animals),
        *_of_later_entries(animals, day),
    ]


def make_figures(site: ReleaseSite, on: DateInterval) -> None:
    """Make the figures by which animals are judged, before the lock is taken; they are kept by the revision of the book."""
    if _is_limited(site):
        with suppress(NoFiguresError):
            answer_of(Basis(_current_to(site.programme, on.latest)), _question_of(site))


def _of_numbers(site: ReleaseSite, animals: Sequence[Animal]) -> Iterator[Finding]:
    tally = tally_of(site)
    for sex, noun in NOUN.items() if tally.is_stated else ():
        here = [each.studbook_number for each in animals if each.sex == sex]
        wanted, before = tally.wanted(sex), tally.released(sex)
        if here and before + len(here) > wanted:
            sentence = (
                f"{site} wants {_counted(wanted, noun)}; {_counted(before, noun)} "
                f"{'was' if before == 1 else 'were'} released there, and here {'is' if len(here) == 1 else 'are'} "
                f"{_counted(len(here), noun)} more. Leave out {before + len(here) - max(wanted, before)}, or say why."
            )
            yield _finding(here, sentence)


def _of_bars(site: ReleaseSite, animals: Sequence[Animal], barred: Mapping[int, str]) -> Iterator[Finding]:
    """Warn of animals that are not to breed, whatever else the site needs."""
    for animal in animals:
        if reason := barred.get(animal.pk):
            yield _not_needed(site, animal, reason)


def _of_figures(
    site: ReleaseSite, animals: Sequence[Animal], day: date, barred: Collection[int]
) -> Iterator[Finding]:
    """Judge each animal that may breed, and each two, by the figures of the book, and their ages on the day of the release."""
    if not _is_limited(site):
        return
    basis = Basis(_current_to(site.programme, day))
    try:
        analysis, answer = analysis_on(basis), answer_of(basis, _question_of(site))
    except NoFiguresError as refusal:
        numbers = [each.studbook_number for each in animals]
        sentence = f"Nobody can tell whether these animals are what {site} needs: {refusal.sentence}"
        yield _finding(numbers, f"{sentence} Correct the book first, or say why they go all the same.")
        return
    against = {each.animal.pk: each.reason for each in answer.left_out}
    for animal in animals:
        if animal.pk not in barred and (reason := against.get(animal.pk)):
            yield _not_needed(site, animal, reason)
    if site.kinship_limit is None:
        return
    known = set(analysis.population.ids)
    rows = {
        each: analysis.population.row(each.studbook_number)
        for each in animals
        if each.studbook_number in known
    }
    kinships = (
        (one, other, float(analysis.kinship[rows[one], rows[other]])) for one, other in combinations(rows, 2)
    )
    above = sorted(
        (each for each in kinships if each[2] > site.kinship_limit + ROUNDING), key=lambda each: -each[2]
    )
    if above:
        told = ", ".join(
            f"{one} and {other} {coefficient(kinship)}" for one, other, kinship in above[:MOST_PAIRS]
        )
        more = f" and {len(above) - MOST_PAIRS} pairs more" if len(above) > MOST_PAIRS else ""
        sentence = (
            f"{site} takes a kinship of up to {coefficient(site.kinship_limit)} within a group; here have {told}{more}. "
            "Leave one of each two out, or say why they go together."
        )
        yield _finding(sorted({each.studbook_number for pair in above for each in pair[:2]}), sentence)


def _of_loans(animals: Sequence[Animal]) -> Iterator[Finding]:
    places = places_of([each.pk for each in animals])
    lent = [
        (animal, holder, owner) for animal, holder, owner in places if owner and holder and owner != holder
    ]
    names = Institution.objects.in_bulk({key for _, *both in lent for key in both if key}) if lent else {}
    for animal, holder, owner in lent:
        sentence = (
            f"{animal} is on loan: {names[holder or 0]} holds it, and it belongs to {names[owner or 0]}. "
            "Ask the owner first, and say that it agreed."
        )
        yield _finding([animal.studbook_number], sentence)


def _of_later_entries(animals: Sequence[Animal], day: date) -> Iterator[Finding]:
    """Warn of animals that were seen in a zoo after the day, the first time of each; one query."""
    seen = Observation.objects.filter(animal__in=animals, date_earliest__gt=day, institution__isnull=False)
    told: set[int] = set()
    for each in (
        seen.exclude(institution__kind=Institution.Kind.WILD)
        .select_related("animal", "institution")
        .order_by("date_earliest", "pk")
    ):
        if each.animal_id not in told:
            told.add(each.animal_id)
            sentence = (
                f"{each.animal} was still at {each.institution} on {each.date}: its {each.get_kind_display()} of that day is "
                "in the book. Correct one of the days, or say why."
            )
            yield _finding([each.animal.studbook_number], sentence)


def _is_limited(site: ReleaseSite) -> bool:
    limits = (
        *(site.youngest_months, site.oldest_months),
        *(site.kinship_limit, site.inbreeding_limit, site.lineage_cap),
    )
    return any(each is not None for each in limits) or bool(capped_lineages(site.programme))


def _question_of(site: ReleaseSite) -> ReleaseQuestion:
    """Ask for nobody: who is a candidate and who is not is told all the same, and no group is searched for.

    A query where the site has a limit of kinship.
    """
    return ReleaseQuestion(
        males=0,
        females=0,
        youngest_months=site.youngest_months,
        oldest_months=site.oldest_months,
        kinship_limit=site.kinship_limit,
        inbreeding_limit=site.inbreeding_limit,
        lineage_cap=site.lineage_cap,
        beside=() if site.kinship_limit is None else living_at(site),
    )


def _current_to(programme: Programme, day: date) -> Programme:
    """Return the programme as if its book were current to a day, for the ages on it; it is not to be saved."""
    seen = copy(programme)
    seen.current_to = day
    return seen


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _not_needed(site: ReleaseSite, animal: Animal, reason: str) -> Finding:
    sentence = f"{animal} is not what {site} needs. {reason} Leave it out, or say why it goes all the same."
    return _finding([animal.studbook_number], sentence)


def _finding(numbers: Sequence[str], sentence: str) -> Finding:
    return Finding(CODE, WARN, tuple(numbers), sentence, "animals")
