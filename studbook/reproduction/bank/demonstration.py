"""The demonstration's donors who died long ago, and what was kept of them; invented like their records."""

from dataclasses import dataclass
from decimal import Decimal

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.storing import Description, Storage, store_sample
from studbook.reproduction.models import Sample


@dataclass(frozen=True, slots=True)
class _Banked:
    """A donor who died long ago, and what was kept of him."""

    number: str
    died: str
    straws: int
    stored_at: str
    account: str
    motile: int


BANKED = (
    _Banked("260", "1999-06-15", 10, "DENVER", Sample.Account.RESERVE, 35),
    _Banked("204", "2003-04-08", 16, "BERLIN", Sample.Account.SAVINGS, 40),
    _Banked("553", "2006-11-26", 6, "BERLIN", Sample.Account.SAVINGS, 30),
    _Banked("351", "2014-10-01", 8, "DENVER", Sample.Account.CHECKING, 45),
)


def bank_the_dead(programme: Programme, by: User) -> None:
    """Store what was kept of each of them after its death."""
    for donor in BANKED:
        _bank(programme, donor, by)


def _bank(programme: Programme, banked: _Banked, by: User) -> None:
    zoo = Institution.objects.get(mnemonic=banked.stored_at)
    store_sample(
        programme,
        Storage(
            Animal.objects.get(programme=programme, studbook_number=banked.number),
            banked.straws,
            zoo,
            zoo,
            tank="A",
            canister=banked.number,
            account=banked.account,
        ),
        Description(
            Sample.Kind.EPIDIDYMAL,
            DateInterval.parse(banked.died),
            per_dose=2,
            motile_percent=Decimal(banked.motile),
            note="Taken after his death.",
        ),
        by=by,
    )
