"""Files that nobody meant to send: each gets a sentence, and the book stays as it was."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pedigree.cli.commands import main
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.exchange.test_folder import FILES, PROGRAMME, write

HEADER = "id,sire,dam,sex,birth_date,death_date\n"
NASTY_CELLS = (
    "a\x00b",
    "2:NaN;1:0.5",
    "2:sNaN",
    "2:1e999;1:1",
    ".",
    "..",
    "\u202e1",
    "9999-12-32",
    "A" * 200,
)
NASTY_JSON: tuple[Any, ...] = (None, "", [], {}, -1, 1.5, True, "abc", 10**30, float("nan"), float("inf"))
NASTY_TEXTS = ("\x00", "\ud800", "2001-02-30", "9999-12-31", "0001-01-01")
SHEETS = {
    "a NUL": HEADER + "1\x00,,,M,,\n",
    "a field of a megabyte": HEADER + "1,,,M,,\n" + '"' + "x" * 2**20 + '",,,M,,\n',
    "a hundred thousand columns": "id,sire,dam," + ",".join(map(str, range(100_000))) + "\n1,,\n",
    "a weight of 5000 digits": HEADER + "1,,,M,,\n2,1:" + "9" * 5000 + ",,M,,\n",
    "a weight of 5000 decimals": HEADER + "1,,,M,,\n2,1:0." + "0" * 5000 + "1,,M,,\n",
    "a weight that is none": HEADER + "1,,,M,,\n2,1:NaN,,M,,\n",
    "a loop of 1000": HEADER + "".join(f"{n},{n % 1000 + 1},,M,,\n" for n in range(1, 1001)),
    "no closing quote": HEADER + '"1,,,M,,\n',
    "another alphabet's year": HEADER + "1,,,M,٢٠٠١,\n",
    "a web page": "<html></html>",
}


def refusal_of(folder: Path) -> str:
    """Return the sentence of a refusal, empty where the folder was taken in."""
    try:
        words = ["--format", "folder", "--programme", "beasts", str(folder)]
        call_command("import_studbook", *words, stdout=StringIO())
    except CommandError as refusal:
        assert not any(model.objects.exists() for model in (Programme, Institution, Animal))
        return str(refusal)
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("column", [0, 1, 8, 10, 11])
@pytest.mark.parametrize("cell", NASTY_CELLS, ids=ascii)
def test_import_studbook__answers_every_cell_with_a_sentence(tmp_path: Path, column: int, cell: str) -> None:
    lines = FILES["animals.csv"].splitlines()
    cells = lines[3].split(",")
    cells[column] = cell
    refusal = refusal_of(write(tmp_path, **{"animals.csv": "\n".join([*lines[:3], ",".join(cells)])}))
    assert "Error" not in refusal
    assert "decimal" not in refusal


@pytest.mark.django_db
@pytest.mark.parametrize("value", [*NASTY_JSON, *NASTY_TEXTS], ids=ascii)
@pytest.mark.parametrize(
    "place",
    [
        "name",
        "current_to",
        "biology",
        "goals",
        "biology.gestation_days_mean",
        "goals.gene_diversity",
        "goals.years",
    ],
)
def test_import_studbook__answers_every_programme_with_a_sentence(
    tmp_path: Path, place: str, value: Any
) -> None:
    group, _, name = place.partition(".")
    said = PROGRAMME | {group: {name: value} if name else value}
    refusal = refusal_of(write(tmp_path, **{"programme.json": json.dumps(said)}))
    assert "Error" not in refusal


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1799-12-31", "2999-01-01"])
def test_import_studbook__refuses_a_day_on_which_no_age_can_be_counted(tmp_path: Path, day: str) -> None:
    said = PROGRAMME | {"current_to": day}
    assert f"written on {day}" in refusal_of(write(tmp_path, **{"programme.json": json.dumps(said)}))


@pytest.mark.parametrize("command", ["check", "means", "pairs"])
@pytest.mark.parametrize("name", SHEETS)
def test_main__refuses_a_nasty_file_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, command: str
) -> None:
    file = tmp_path / "nasty.csv"
    file.write_bytes(SHEETS[name].encode())
    code = main([command, str(file)])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert code in (0, 1)
    assert code == 0 or (said.err + said.out).strip().endswith(".")
