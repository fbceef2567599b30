"""What the pages of pregnancies read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.lists import order_keys
from studbook.core.models import AuditChange
from studbook.programmes.models import Programme
from studbook.reproduction.models import Examination, Pregnancy, PregnancyYoung
from studbook.reproduction.models.pregnancy import PregnancyQuerySet

SOON_DAYS = 30
ORDERS: dict[str, tuple[str, ...]] = {
    "dam": ("dam__number_order", "dam__studbook_number"),
    "sire": ("sire__number_order", "sire__studbook_number"),
    "institution": ("institution__name",),
    "method": ("method",),
    "conceived": ("conceived_earliest",),
    "ended": ("ended_earliest",),
}
DEFAULT_ORDER = "-conceived"
EXPECTED, ANY_DAY, OVERDUE, DAM_DIED = "expected", "any day now", "overdue", "dam died"
OPEN, STRUCK = "open", "struck out"


@dataclass(frozen=True, slots=True)
class PregnancyRow:
    """A pregnancy as it is on a day. `days` is how many until the first young may be born, or since the last could.

    `window` holds the days on which young may be born; None without a gestation, and of an open one whose dam died.
    """

    pregnancy: Pregnancy
    window: DateInterval | None
    state: str
    days: int | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether no young can be born any more, and nobody has told the outcome."""
        return self.state in (OVERDUE, DAM_DIED)

    @property
    def state_words(self) -> str:
        """The state in words: the outcome of one that is over, and why that is to be told of one that should be."""
        if self.state == DAM_DIED:
            return f"the dam died {self.pregnancy.dam.death}: tell the outcome"
        if self.state == self.pregnancy.outcome:
            return str(self.pregnancy.get_outcome_display())
        return self.state

    @property
    def days_words(self) -> str:
        if self.days is None:
            return ""
        many = f"{self.days} day{'' if self.days == 1 else 's'}"
        return {EXPECTED: f"in {many}", OVERDUE: f"{many} over"}.get(self.state, "")


def pregnancies_of(programme: Programme) -> PregnancyQuerySet:
    """Return the pregnancies of a programme with what a line of the list shows."""
    found = Pregnancy.objects.filter(programme=programme)
    return found.select_related("programme", "dam", "sire", "gene_dam", "institution")


def ordered(pregnancies: PregnancyQuerySet, order: str) -> PregnancyQuerySet:
    return pregnancies.order_by(*order_keys(ORDERS, order))


def rows_of(pregnancies: Iterable[Pregnancy], on: date) -> list[PregnancyRow]:
    """Return the lines of a list as they are on a day; no query beside those for the pregnancies."""
    return [row_of(each, on) for each in pregnancies]


def row_of(pregnancy: Pregnancy, on: date) -> PregnancyRow:
    """Return how far a pregnancy is on a day."""
    window = pregnancy.window
    if pregnancy.is_struck:
        return PregnancyRow(pregnancy, window, STRUCK)
    if pregnancy.outcome:
        return PregnancyRow(pregnancy, window, pregnancy.outcome)
    if pregnancy.dam.status == Animal.Status.DEAD:
        return PregnancyRow(pregnancy, None, DAM_DIED)
    if window is None:
        return PregnancyRow(pregnancy, window, OPEN)
    if on > window.latest:
        return PregnancyRow(pregnancy, window, OVERDUE, (on - window.latest).days)
    if on >= window.earliest:
        return PregnancyRow(pregnancy, window, ANY_DAY, 0)
    return PregnancyRow(pregnancy, window, EXPECTED, (window.earliest - on).days)


def awaited(programme: Programme, on: date) -> tuple[list[PregnancyRow], list[PregnancyRow]]:
    """Return the open pregnancies whose young may be born within SOON_DAYS, and those overdue; each the first first. One query."""
    found = expected_or_overdue(programme, on=on, until=on + timedelta(days=SOON_DAYS))
    rows = rows_of(found.order_by("conceived_latest", "pk"), on)
    return [row for row in rows if not row.is_overdue], [row for row in rows if row.is_overdue]


def expected_or_overdue(programme: Programme, *, on: date, until: date) -> PregnancyQuerySet:
    """Return the open pregnancies whose young may be born by a day, and those overdue."""
    every = pregnancies_of(programme)
    return every.expected(programme, on=on, until=until) | every.overdue(programme, on)


def likeliest_day(pregnancy: Pregnancy) -> DateInterval | None:
    """Return the days of conception and the mean gestation; None where the programme knows no mean."""
    mean, conceived = pregnancy.programme.gestation_days_mean, pregnancy.conceived
    if mean is None or conceived is None:
        return None
    return DateInterval(conceived.earliest + timedelta(days=mean), conceived.latest + timedelta(days=mean))


def examinations_of(pregnancy: Pregnancy) -> list[Examination]:
    """Return what examinations of the dam said of this pregnancy, the first first; one query."""
    conceived, last = pregnancy.conceived, pregnancy.ended or pregnancy.window
    if conceived is None:
        return []
    found = Examination.objects.filter(
        procedure__animal=pregnancy.dam_id,
        procedure__struck_at__isnull=True,
        procedure__date_latest__gte=conceived.earliest,
    )
    if last:
        found = found.filter(procedure__date_earliest__lte=last.latest)
    found = found.exclude(pregnancy="").select_related("procedure")
    return list(found.order_by("procedure__date_earliest", "procedure"))


def seen_pregnant(pregnancies: Collection[Pregnancy]) -> frozenset[int]:
    """Return the keys of those that an examination of the dam found, in the time of each; two queries, none without any.

    Where it may have found one of several open ones of hers, it tells of none.
    """
    if not pregnancies:
        return frozenset()
    dams = {each.dam_id for each in pregnancies}
    open_ones = list(
        Pregnancy.objects.standing().filter(dam__in=dams, outcome="").select_related("programme")
    )
    found = Examination.objects.filter(
        procedure__animal__in=dams,
        procedure__struck_at__isnull=True,
        pregnancy=Examination.Finding.YES,
    )
    days: defaultdict[int, list[DateInterval]] = defaultdict(list)
    for each in found.select_related("procedure"):
        if day := each.procedure.date:
            days[each.procedure.animal_id].append(day)
    meant = [
        [each.pk for each in open_ones if each.dam_id == dam and _lies_in_time(each, [day])]
        for dam, seen in days.items()
        for day in seen
    ]
    return frozenset(key for keys in meant if len(keys) == 1 for key in keys)


def _lies_in_time(pregnancy: Pregnancy, examined: Iterable[DateInterval]) -> bool:
    conceived, last = pregnancy.conceived, pregnancy.ended or pregnancy.window
    return conceived is not None and any(
        day.latest >= conceived.earliest and (last is None or day.earliest <= last.latest) for day in examined
    )


def young_of(pregnancy: Pregnancy) -> list[Animal]:
    """Return the young that are tied to a pregnancy; one query."""
    return [each.animal for each in pregnancy.young.select_related("animal__programme")]


def young_let_go(pregnancy: Pregnancy) -> list[Animal]:
    """Return the young that were tied to a pregnancy until it was struck out, as the trail tells; two queries."""
    let_go = AuditChange.objects.filter(
        record=PregnancyYoung._meta.label_lower,
        after__isnull=True,
        entry__verb=f"strike out {Pregnancy._meta.verbose_name}",
        entry__in=AuditChange.objects.filter(
            record=Pregnancy._meta.label_lower, record_id=pregnancy.pk
        ).values("entry"),
    )
    return list(pregnancy.programme.animals.filter(pk__in=let_go.values_list("animal")))


def young_to_tie(pregnancy: Pregnancy) -> list[Animal]:
    """Return the young of the dam that are of no pregnancy and born around the window; one query."""
    conceived, window = pregnancy.conceived, pregnancy.window
    if pregnancy.outcome or pregnancy.is_struck or conceived is None:
        return []
    dam = pregnancy.gene_dam_id or pregnancy.dam_id
    found = pregnancy.programme.animals.filter(dam=dam, pregnancy_born_of=None)
    found = found.filter(birth_latest__gte=conceived.earliest)
    if window:
        margin = timedelta(days=(pregnancy.programme.gestation_days_min or 0) // 2)
        found = found.filter(birth_earliest__lte=window.latest + margin)
    return list(found.order_by("birth_earliest", "number_order", "pk"))


def pregnancies_about(animal: Animal) -> PregnancyQuerySet:
    """Return the standing pregnancies of an animal as dam, sire or dam by her genes, the latest first."""
    about = Q(dam=animal) | Q(sire=animal) | Q(gene_dam=animal)
    return pregnancies_of(animal.programme).filter(about).standing()
