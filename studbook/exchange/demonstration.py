"""Load the demonstration studbook with its people, and wipe a database that holds nothing else."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from studbook.accounts.demonstration import INSTITUTIONS, add_signins
from studbook.core.errors import StudbookError
from studbook.core.guards import guards_lifted
from studbook.exchange.actions import Progress, import_parsed
from studbook.exchange.folder import read_folder
from studbook.exchange.records import ParsedStudbook
from studbook.exchange.reports import ImportReport
from studbook.institutions.models import Institution
from studbook.population.baskets.demonstration import add_baskets
from studbook.population.demography.projections.demonstration import add_scenarios
from studbook.population.demonstration import add_lineage, add_overlay
from studbook.programmes.demonstration import complete_demonstration
from studbook.programmes.models import Programme


def load_demonstration(*, reset: bool, progress: Progress) -> ImportReport | None:
    """Load it where no programme exists yet, else return None; with `reset` wipe the database first."""
    parsed = read_folder(_folder())
    with transaction.atomic():
        # Without a programme there is nothing to reset, and the accounts may be those of a site being set up.
        if Programme.objects.exists():
            if not reset:
                return None
            wipe_synthetic()
        return _load(parsed, progress)


def wipe_synthetic() -> None:
    """Empty a database in which every programme is synthetic; refused where one is real."""
    real = [str(each) for each in Programme.objects.filter(synthetic=False)]
    if real:
        raise StudbookError(
            f"The database holds real animals ({', '.join(real)}), and nothing was wiped. Reset the demonstration only in "
            "a database of its own."
        )
    with guards_lifted(connection):
        call_command("flush", verbosity=0, interactive=False)


def _load(parsed: ParsedStudbook, progress: Progress) -> ImportReport:
    if parsed.programme is None or not parsed.programme.synthetic:
        raise StudbookError(
            "The folder of the demonstration is not marked synthetic. Restore fixtures/amur_leopard."
        )
    report = import_parsed(
        parsed.programme.code,
        parsed,
        by=None,
        reason="the demonstration studbook",
        progress=progress,
        with_faults=True,
    )
    programme = Programme.objects.get(code=parsed.programme.code)
    add_signins(programme, {each: Institution.objects.get(mnemonic=each) for each in INSTITUTIONS})
    add_overlay(programme)
    add_lineage(programme)
    add_scenarios(programme)
    add_baskets(programme)
    complete_demonstration(programme)
    return report


def _folder() -> Path:
    return Path(settings.FIXTURE_DIR) / "amur_leopard"
