"""What is in the genome bank: the sires that it keeps, and what is left of each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from studbook.animals.models import Animal
from studbook.programmes.models import Programme
from studbook.reproduction.models import Sample

EVERY_ACCOUNT: frozenset[str] = frozenset(Sample.Account.values)
# The national reserve is the insurance of the species: no pair and no plan draws on it.
FOR_USE: frozenset[str] = EVERY_ACCOUNT - {Sample.Account.RESERVE}


@dataclass(frozen=True, slots=True)
class BankedSire:
    """A male, dead or alive, of whom semen or sperm of the epididymis is left in some accounts of the bank."""

    animal: Animal
    samples: tuple[Sample, ...]

    @property
    def straws(self) -> int:
        """How many straws, vials, pellets or tubes are left of him."""
        return sum(sample.units for sample in self.samples)

    @property
    def doses(self) -> int:
        """How many inseminations they are enough for; straws of two samples make no dose together."""
        return sum(sample.doses for sample in self.samples)

    @property
    def accounts(self) -> frozenset[str]:
        return frozenset(sample.account for sample in self.samples)


def doses_for_use(samples: Iterable[Sample]) -> int:
    """Return how many inseminations the semen among some samples is enough for; the reserve is not used."""
    return sum(
        sample.doses for sample in samples if sample.kind in Sample.MAKES_SIRES and sample.account in FOR_USE
    )


def banked_sires(
    programme: Programme, *, accounts: Collection[str] = FOR_USE, donors: Collection[Animal] | None = None
) -> list[BankedSire]:
    """Return the sires of the bank in the order of the book, with what is left of each; one query.

    `accounts` are those that may be drawn on. Give EVERY_ACCOUNT to ask for the genes that are kept, whatever they are
    kept for. `donors` are the males asked about, all if not given.
    """
    found = (
        Sample.objects.sires()
        .filter(programme=programme, account__in=accounts)
        .exclude(donor__status=Animal.Status.VOID)
        .select_related("donor", "institution")
    )
    if donors is not None:
        found = found.filter(donor__in=donors)
    return [
        BankedSire(samples[0].donor, samples)
        for samples in (tuple(rows) for _, rows in groupby(found, key=lambda sample: sample.donor_id))
    ]
