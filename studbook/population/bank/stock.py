"""Whose genes are in store, as the numbers take them: donors of gametes, with what is left of each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from studbook.animals.models import Animal
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import EVERY_ACCOUNT, doses_for_use
from studbook.reproduction.models import Sample

# Of these young are made; tissue, cells and blood hold genes, and an embryo is half of each of its parents.
GAMETES: frozenset[str] = Sample.MAKES_SIRES | {Sample.Kind.OOCYTES}
CHECKING, SAVINGS, RESERVE = (
    Sample.Account.CHECKING,
    Sample.Account.SAVINGS,
    Sample.Account.RESERVE,
)
ACCOUNTS = (RESERVE, SAVINGS, CHECKING)


@dataclass(frozen=True, slots=True)
class Donor:
    """An animal, dead or alive, of which gametes are left."""

    animal: Animal
    samples: tuple[Sample, ...]

    @property
    def number(self) -> str:
        return self.animal.studbook_number

    @property
    def units(self) -> int:
        """Straws, vials, pellets and tubes together."""
        return sum(sample.units for sample in self.samples)

    @property
    def doses(self) -> int:
        """Inseminations that the semen is enough for; the reserve is not used."""
        return doses_for_use(self.samples)

    @property
    def has_semen(self) -> bool:
        return any(sample.kind in Sample.MAKES_SIRES for sample in self.samples)

    @property
    def portions(self) -> int:
        """What counts towards enough of it: doses of semen in every account, since the reserve keeps genes too, and oocytes by the unit."""
        return sum(
            sample.doses if sample.kind in Sample.MAKES_SIRES else sample.units for sample in self.samples
        )

    @property
    def kinds(self) -> str:
        return ", ".join(sorted({sample.get_kind_display() for sample in self.samples}))

    @property
    def stored_at(self) -> str:
        return ", ".join(sorted({str(sample.institution) for sample in self.samples}))

    @property
    def by_account(self) -> list[tuple[str, int]]:
        """What is left in each account that holds anything, by its name."""
        return [(str(account.label), units) for account in ACCOUNTS if (units := self.units_in(account))]

    def units_in(self, account: str) -> int:
        """Return how many are left in an account."""
        return sum(sample.units for sample in self.samples if sample.account == account)


def donors_of(programme: Programme, *, accounts: Collection[str] = EVERY_ACCOUNT) -> list[Donor]:
    """Return the donors of some accounts in the order of the book; one query."""
    found = (
        Sample.objects.stored()
        .filter(programme=programme, kind__in=GAMETES, account__in=accounts)
        .exclude(donor__status=Animal.Status.VOID)
        .select_related("donor", "institution")
        .order_by("donor__number_order", "donor__studbook_number", "donor", "label", "id")
    )
    return [
        Donor(samples[0].donor, samples)
        for samples in (tuple(rows) for _, rows in groupby(found, key=lambda sample: sample.donor_id))
    ]


def left_out(programme: Programme) -> int:
    """Return how many samples in store are no gametes, and so in no number; one query."""
    return Sample.objects.stored().filter(programme=programme).exclude(kind__in=GAMETES).count()


def numbers_of(donors: Iterable[Donor]) -> frozenset[str]:
    """Return the donors' studbook numbers."""
    return frozenset(donor.number for donor in donors)
