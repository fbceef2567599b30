"""What the pages of the bank show: the stock by donor and by place, the ledger of a sample, and their sums."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django.db.models import Q, QuerySet

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import doses_for_use
from studbook.reproduction.models import Sample, SampleStep

DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """So many units of a kind, of an account or at an institution."""

    name: str
    units: int


@dataclass(frozen=True, slots=True)
class DonorStock:
    """What is left of one donor in the bank."""

    donor: Animal
    samples: tuple[Sample, ...]

    @property
    def units(self) -> int:
        return sum(sample.units for sample in self.samples)

    @property
    def doses(self) -> int:
        """How many inseminations the semen is enough for; the reserve is not used."""
        return doses_for_use(self.samples)

    @property
    def kinds(self) -> list[Part]:
        return _parts((sample.get_kind_display(), sample.units) for sample in self.samples)

    @property
    def accounts(self) -> list[Part]:
        return _parts((sample.get_account_display(), sample.units) for sample in self.samples)

    @property
    def places(self) -> list[Part]:
        return _parts((str(sample.institution), sample.units) for sample in self.samples)


@dataclass(frozen=True, slots=True)
class AccountTotal:
    account: str
    label: str
    donors: int
    samples: int
    units: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The bank in sums."""

    donors: int
    dead_donors: int
    samples: int
    units: int
    doses: int
    accounts: tuple[AccountTotal, ...]


@dataclass(frozen=True, slots=True)
class Canister:
    name: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Tank:
    name: str
    canisters: tuple[Canister, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """An institution that stores samples, with its tanks."""

    institution: Institution
    tanks: tuple[Tank, ...]
    samples: int
    units: int


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of a sample's ledger, and what was left after it."""

    step: SampleStep
    left: int


def stock_by_donor(programme: Programme) -> list[DonorStock]:
    """Return what is left of each donor, in the order of the book; one query."""
    found = Sample.objects.stored().filter(programme=programme).select_related("donor", "institution")
    return [
        DonorStock(samples[0].donor, samples)
        for samples in (tuple(rows) for _, rows in groupby(found, key=lambda sample: sample.donor_id))
    ]


def totals_of(stock: Sequence[DonorStock]) -> Totals:
    accounts = [_account_total(account, stock) for account in Sample.Account]
    return Totals(
        donors=len(stock),
        dead_donors=sum(not each.donor.is_living for each in stock),
        samples=sum(len(each.samples) for each in stock),
        units=sum(each.units for each in stock),
        doses=sum(each.doses for each in stock),
        accounts=tuple(accounts),
    )


def stores_of(programme: Programme) -> list[Store]:
    """Return what is left at each institution by tank, canister and position; one query."""
    found = (
        Sample.objects.stored().filter(programme=programme).select_related("donor", "institution", "owner")
    )
    rows = sorted(found, key=_by_place)
    return [_store(list(here)) for _, here in groupby(rows, key=lambda each: each.institution_id)]


def samples_at(programme: Programme, institution: Institution) -> list[Sample]:
    """Return the samples that an institution stores or owns and of which something is left; one query."""
    concerned = Q(institution=institution) | Q(owner=institution)
    found = Sample.objects.stored().filter(concerned, programme=programme)
    return list(found.select_related("donor", "institution", "owner"))


def samples_of(donor: Animal) -> list[Sample]:
    """Return the samples of a donor that stand, also those used up; one query."""
    return list(Sample.objects.standing().filter(donor=donor).select_related("institution", "owner"))


def ledger_of(sample: Sample) -> list[LedgerLine]:
    """Return the lines of a sample's ledger in the order they were written, each with what was left; one query."""
    steps = list(sample.steps.select_related("procedure__animal", "institution", "by"))
    return [
        LedgerLine(step, left)
        for step, left in zip(steps, accumulate(step.change for step in steps), strict=True)
    ]


def ledgers_of(samples: QuerySet[Sample]) -> QuerySet[SampleStep]:
    """Return the lines of these samples' ledgers, in the order they were written."""
    lines = SampleStep.objects.filter(sample__in=samples.order_by().values("pk"))
    return lines.select_related("sample__donor", "procedure__animal", "institution", "by").order_by("pk")


def natural(words: str) -> list[tuple[int, str]]:
    """Return words in an order in which 9 comes before 10."""
    return [
        (int(part), "") if part.isascii() and part.isdecimal() else (-1, part.lower())
        for part in DIGITS.split(words)
        if part
    ]


def _parts(told: Iterable[tuple[str, int]]) -> list[Part]:
    units: Counter[str] = Counter()
    for name, number in told:
        units[name] += number
    return [Part(name, number) for name, number in units.items()]


def _account_total(account: Sample.Account, stock: Sequence[DonorStock]) -> AccountTotal:
    samples = [sample for each in stock for sample in each.samples if sample.account == account]
    donors = len({sample.donor_id for sample in samples})
    units = sum(sample.units for sample in samples)
    return AccountTotal(account.value, str(account.label), donors, len(samples), units)


def _by_place(sample: Sample) -> tuple[object, ...]:
    within = (natural(sample.tank), natural(sample.canister), natural(sample.position))
    return (sample.institution.name, sample.institution_id, *within, sample.label)


def _store(samples: list[Sample]) -> Store:
    tanks = tuple(_tank(list(rows)) for _, rows in groupby(samples, key=lambda each: each.tank.lower()))
    return Store(samples[0].institution, tanks, len(samples), sum(sample.units for sample in samples))


def _tank(samples: list[Sample]) -> Tank:
    canisters = groupby(samples, key=lambda each: each.canister.lower())
    found = [tuple(rows) for _, rows in canisters]
    return Tank(samples[0].tank, tuple(Canister(rows[0].canister, rows) for rows in found))
