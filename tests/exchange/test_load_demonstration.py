"""The demonstration: loaded whole into an empty database, and wiped only where nothing is real."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from studbook.accounts.models import User
from studbook.animals.models import Animal, Event, Identifier
from studbook.core.guards import missing_guards
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import ProgrammeFactory, UserFactory

FOLDER = Path(settings.FIXTURE_DIR) / "amur_leopard"


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demonstration", *arguments, stdout=out)
    return out.getvalue()


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.slow
@pytest.mark.django_db
def test_load_demonstration__takes_every_row_and_adds_the_people() -> None:
    said = load()
    programme = Programme.objects.get()
    assert (programme.code, programme.synthetic, str(programme.current_to)) == (
        "amur-leopard",
        True,
        "2025-10-31",
    )
    for model, file in (
        (Animal, "animals"),
        (Event, "events"),
        (Identifier, "identifiers"),
        (Institution, "institutions"),
    ):
        assert model._default_manager.count() == len(rows_of(f"{file}.csv")), file
    assert programme.animals.living().count() == 250
    assert "250 of them living" in said
    assert "demonstration_signins" in said
    assert User.objects.count() == 7
    _every_living_animal_has_one_place()


def _every_living_animal_has_one_place() -> None:
    living = Animal.objects.living()
    assert living.filter(holdings__end=None, holdings__isnull=False).count() == living.count()
    assert living.filter(ownerships__end=None, ownerships__isnull=False).count() == living.count()
    assert (
        not Animal.objects.exclude(status="living")
        .filter(holdings__isnull=False, holdings__end=None)
        .exists()
    )
    home = {animal.house_name: animal for animal in living.filter(house_name__in=["Khala", "Baruto"])}
    for name, sex in (("Khala", "F"), ("Baruto", "M")):
        assert home[name].sex == sex
        assert home[name].holdings.get(end=None).institution.mnemonic == "MULHOUSE"


@pytest.mark.django_db
def test_load_demonstration__leaves_a_database_with_a_programme_alone() -> None:
    ProgrammeFactory()
    assert "has a programme already" in load()
    assert not Animal.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_load_demonstration__reset_refuses_real_animals() -> None:
    real = ProgrammeFactory(synthetic=False, name="Real ones")
    with pytest.raises(CommandError, match=r"holds real animals \(Real ones\), and nothing was wiped"):
        load("--reset")
    assert Programme.objects.get() == real


@pytest.mark.slow
@pytest.mark.django_db
def test_load_demonstration__reset_keeps_the_accounts_of_a_site_without_programmes() -> None:
    UserFactory(username="admin")
    load("--reset")
    assert User.objects.filter(username="admin").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_load_demonstration__reset_starts_afresh_and_leaves_the_guards() -> None:
    load()
    ProgrammeFactory(synthetic=True)
    load("--reset")
    assert Programme.objects.get().code == "amur-leopard"
    assert Animal.objects.living().count() == 250
    assert missing_guards(connection) == []


@pytest.mark.django_db
def test_load_demonstration__tells_of_a_damaged_folder(tmp_path: Path, settings: object) -> None:
    settings.FIXTURE_DIR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "amur_leopard").mkdir()
    with pytest.raises(CommandError, match=r"programme.json cannot be read.*Nothing was changed"):
        load()
