"""The import command: what it says, what it refuses, and that a refusal changes nothing."""

import csv
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from studbook.animals.models import Animal
from studbook.core.models import AuditEntry
from studbook.exchange.records import ImportProblem
from studbook.exchange.reports import problem_lines, write_problems
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.exchange.test_folder import FILES, write

pytestmark = pytest.mark.django_db

SYNTHETIC = Path(__file__).parent / "samples" / "synthetic"


def run(*arguments: object, file_format: str = "sparks") -> str:
    out = StringIO()
    words = ["--format", file_format, "--programme", "beasts", *map(str, arguments)]
    call_command("import_studbook", *words, stdout=out)
    return out.getvalue()


def nothing_changed() -> bool:
    return not any(model.objects.exists() for model in (Programme, Institution, Animal, AuditEntry))


def test_import_studbook__tells_progress_and_counts() -> None:
    said = run(SYNTHETIC)
    assert "  read: 34\n  institutions: 4\n  animals: 10\n  events: 24\n" in said
    assert "beasts: 10 animals (4 living), 24 events, 4 institutions." in said
    assert "The book is current to 2017-01-31, the day the file says it was written." in said
    rows = {line.split()[0]: line.split()[1:] for line in said.splitlines() if ".DBF  " in line}
    assert rows["EXCHANGE.DBF"] == ["10", "10", "10", "0", "0"]
    assert rows["MOVES.DBF"] == ["24", "24", "24", "0", "0"]


def test_import_studbook__takes_two_files_and_a_name() -> None:
    run(SYNTHETIC / "EXCHANGE.DBF", SYNTHETIC / "MOVES.DBF", "--name", "Beasts", "--taxon", "Bestia inventa")
    programme = Programme.objects.get()
    assert (programme.name, programme.taxon, programme.code) == ("Beasts", "Bestia inventa", "beasts")


def test_import_studbook__writes_every_problem_as_csv(tmp_path: Path) -> None:
    said = run(SYNTHETIC, "--problems", tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["row"] for row in rows if row["code"] == "X3"] == ["1", "4", "7"]
    assert rows[0]["sentence"] in said


def test_import_studbook__takes_a_folder(tmp_path: Path) -> None:
    said = run(write(tmp_path), "--with-faults", file_format="folder")
    assert "beasts: 3 animals (2 living), 2 events, 2 institutions." in said
    assert Programme.objects.get().synthetic
    assert Animal.objects.get(studbook_number="3").parent_candidates.count() == 2


def test_import_studbook__refuses_what_a_rule_rejects_by_code_animal_and_row(tmp_path: Path) -> None:
    out = StringIO()
    words = ["--format", "folder", "--programme", "beasts", str(write(tmp_path))]
    with pytest.raises(
        CommandError, match=r"refuse the file for 2 faults.*--with-faults.*Nothing was changed"
    ):
        call_command("import_studbook", *words, "--problems", tmp_path / "problems.csv", stdout=out)
    assert nothing_changed()
    assert "Refused: 2 (B2 1, B3 1)" in out.getvalue()
    with (tmp_path / "problems.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["level"], row["code"], row["row"], row["studbook_number"]) for row in rows] == [
        ("refuse", "B2", "1", "1"),
        ("refuse", "B3", "1", "1"),
    ]


def test_import_studbook__names_everything_that_no_book_can_hold(tmp_path: Path) -> None:
    bad = FILES["animals.csv"].replace("known,1,", "known,99,").replace("2:0.75", "2:0.5")
    words = ["--format", "folder", "--programme", "beasts", str(write(tmp_path, **{"animals.csv": bad}))]
    with pytest.raises(CommandError, match=r"99 \(parent of 2\).*And 1 more\. Nothing was changed"):
        call_command("import_studbook", *words, "--with-faults", "--problems", tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    told = [(row["code"], row["row"], row["studbook_number"], row["field"]) for row in rows]
    assert told == [("B16", "2", "2", ""), ("B15", "3", "3", "sire")]
    assert nothing_changed()


def test_import_studbook__with_faults_takes_them_as_warnings(tmp_path: Path) -> None:
    said = run(write(tmp_path), "--with-faults", file_format="folder")
    assert "B2 Animal 1 is recorded female, but is the sire of 3." in said
    rows = {line.split()[0]: line.split()[1:] for line in said.splitlines() if ".csv  " in line}
    assert rows["animals.csv"] == ["3", "3", "0", "3", "0"]


def test_import_studbook__keeps_an_odd_number_with_a_warning(tmp_path: Path) -> None:
    odd = FILES["animals.csv"].replace("\n3,", "\n03,")
    assert "A2 Animal 03 keeps its number" in run(
        write(tmp_path, **{"animals.csv": odd}), "--with-faults", file_format="folder"
    )


def test_import_studbook__refuses_a_programme_with_animals() -> None:
    run(SYNTHETIC)
    with pytest.raises(CommandError, match=r"has 10 animals already.*Nothing was changed"):
        run(SYNTHETIC)
    assert Animal.objects.count() == 10


@pytest.mark.parametrize("file", ["EXCHANGE.DBF", "MOVES.DBF"])
@pytest.mark.parametrize("damage", ["empty", "text", "cut", "missing"])
def test_import_studbook__bad_file_changes_nothing_and_says_why(
    tmp_path: Path, file: str, damage: str
) -> None:
    shutil.copytree(SYNTHETIC, tmp_path, dirs_exist_ok=True)
    bad, data = tmp_path / file, (SYNTHETIC / file).read_bytes()
    bad.write_bytes({"empty": b"", "text": b"id,sire,dam\n" * 99, "cut": data[:-200]}.get(damage, b""))
    if damage == "missing":
        bad.unlink()
    with pytest.raises(CommandError, match=rf"{file}.*Nothing was changed"):
        run(tmp_path)
    assert nothing_changed()


def test_import_studbook__missing_parent_changes_nothing_and_names_it(tmp_path: Path) -> None:
    shutil.copytree(SYNTHETIC, tmp_path, dirs_exist_ok=True)
    exchange = tmp_path / "EXCHANGE.DBF"
    exchange.write_bytes(exchange.read_bytes().replace(b"     3", b"    99", 1))
    with pytest.raises(CommandError, match="Nothing was changed"):
        run(tmp_path, "--problems", tmp_path / "problems.csv")
    assert nothing_changed()
    assert "refuse,EXCHANGE.DBF" in (tmp_path / "problems.csv").read_text()


def test_import_studbook__folder_refusal_lists_the_cells(tmp_path: Path) -> None:
    out = StringIO()
    bad = write(tmp_path, **{"animals.csv": FILES["animals.csv"].replace(",M,", ",X,")})
    words = ["--format", "folder", "--programme", "beasts", str(bad)]
    with pytest.raises(CommandError, match=r"1 cells that cannot be taken in\. Nothing was changed"):
        call_command("import_studbook", *words, stdout=out)
    assert "sex of animal 2 (animals.csv row 2) is “X”" in out.getvalue()
    assert nothing_changed()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("known,1,", "known,99,", r"Animal 99 \(parent of 2\) is not in this book"),
        ("2:0.75", "2:0.5", "probabilities add up to 0.75"),
        ("wild,,wild,,", "wild,,known,2,", "Ancestry loop: (1 -> 2 -> 1|2 -> 1 -> 2)"),
        ("\n3,", "\n1,", "Studbook number 1 would be given twice"),
        ("\n3,", "\nA B,", "“A B” cannot be a studbook number"),
        ("Ada", "A" * 81, "is longer than 80 characters"),
    ],
)
def test_import_studbook__folder_that_is_no_book_changes_nothing(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    bad = write(tmp_path, **{"animals.csv": FILES["animals.csv"].replace(old, new, 1)})
    with pytest.raises(CommandError, match=sentence):
        run(bad, file_format="folder")
    assert nothing_changed()


def test_import_studbook__says_where_problems_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be written"):
        run(SYNTHETIC, "--problems", tmp_path / "nowhere" / "problems.csv")


def problem(number: int, level: str = "warn", sentence: str = "A fact.") -> ImportProblem:
    return ImportProblem("A.DBF", number, "", "1", "C4", level, sentence)  # type: ignore[arg-type]


def test_problem_lines__shows_fifty_of_each_level_and_how_many_more() -> None:
    lines = list(problem_lines((*(problem(row) for row in range(1, 60)), problem(1, "note"))))
    assert lines[0] == "Taken in with a warning: 59 (C4 59)"
    assert len(lines) == 1 + 50 + 1 + 1 + 1
    assert lines[51] == "  … and 9 more; --problems FILE writes all of them."


def test_write_problems__leaves_no_formula_for_a_spreadsheet() -> None:
    out = StringIO()
    write_problems((problem(1, sentence="=HYPERLINK(1)"),), out)
    assert "'=HYPERLINK(1)" in out.getvalue()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no such count")
def test_import_studbook__leaves_the_database_with_a_count_of_what_came() -> None:
    run(SYNTHETIC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'animals_animal'")
        assert cursor.fetchone() == (10,)
