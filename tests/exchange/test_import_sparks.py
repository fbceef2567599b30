"""A SPARKS pair in the database, checked against the rows of the files themselves."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from studbook.animals.models import Animal, Event
from studbook.core.errors import StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.exchange.actions import import_parsed
from studbook.exchange.records import (
    ImportedAnimal,
    ImportedDate,
    ImportedEvent,
    ImportedParent,
    ImportRefused,
    ParsedStudbook,
    Tally,
)
from studbook.exchange.reports import ImportReport
from studbook.exchange.sparks import read_sparks
from studbook.institutions.models import Institution
from studbook.population.analysis import analysis_of
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, InstitutionFactory

pytestmark = pytest.mark.django_db

SYNTHETIC = Path(__file__).parent / "samples" / "synthetic"
SEX = {"1": "M", "0": "F", "5": "U"}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a dBase table by its layout alone, apart from the reader under test."""
    data = path.read_bytes()
    count, start, width = (int.from_bytes(data[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    fields = [data[at : at + 32] for at in range(32, start - 1, 32)]
    rows = []
    for row in range(count):
        at, cells = start + row * width + 1, {}
        for field in fields:
            name, length = field[:11].split(b"\0")[0].decode(), field[16]
            cells[name], at = data[at : at + length].decode("cp437").strip(), at + length
        rows.append(cells)
    return rows


def day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@pytest.fixture
def report() -> ImportReport:
    return import_parsed("beasts", read_sparks(SYNTHETIC), by=None, reason="test")


def test_import_parsed__takes_every_animal_as_the_file_has_it(report: ImportReport) -> None:
    rows = rows_of(SYNTHETIC / "EXCHANGE.DBF")
    assert report.animals == Animal.objects.count() == len(rows) == 10
    for row in rows:
        animal = Animal.objects.get(studbook_number=row["STUD_ID"])
        assert animal.sex == SEX[row["SEX"]]
        assert animal.house_name == row["COMMENT"]
        assert animal.birth_earliest <= day(row["BDATE"]) <= animal.birth_latest
        assert (animal.birth_earliest == animal.birth_latest) == (not row["BIRTH_EST"])
        for role, parent in (("sire", row["SIRE_ID"]), ("dam", row["DAM_ID"])):
            kind, known = getattr(animal, f"{role}_kind"), getattr(animal, role)
            assert (
                (kind, known) == ("wild", None)
                if parent == "WILD"
                else (kind, known.studbook_number) == ("known", parent)
            )


def test_import_parsed__takes_every_death_and_place_as_the_file_has_them(report: ImportReport) -> None:
    for row in rows_of(SYNTHETIC / "EXCHANGE.DBF"):
        animal = Animal.objects.get(studbook_number=row["STUD_ID"])
        assert animal.is_living == (row["DEAD"] == "F")
        assert (animal.status == "dead") == bool(row["DEATHDATE"])
        if row["DEATHDATE"]:
            assert animal.death_earliest <= day(row["DEATHDATE"]) <= animal.death_latest
        stay = animal.holdings.filter(end=None).first()
        assert (
            (stay.institution.mnemonic, stay.local_id) == (row["LOCATION"], row["LOCAL_ID"])
            if stay
            else not animal.is_living
        )


def test_import_parsed__takes_every_move_in_order(report: ImportReport) -> None:
    moves = defaultdict(list)
    for row in rows_of(SYNTHETIC / "MOVES.DBF"):
        moves[row["STUD_ID"]].append(row)
    assert report.events == Event.objects.count() == 24
    for number, rows in moves.items():
        events = list(Event.objects.filter(animal__studbook_number=number))
        for event, row in zip(events, rows, strict=True):
            assert (event.raw_code, event.institution.mnemonic) == (row["TRAN_CODE"], row["LOCATION"])
            assert event.date_earliest <= day(row["TRAN_DATE"]) <= event.date_latest
            assert event.local_id == row["LOCAL_ID"].replace("NONE", "")


def test_import_parsed__adds_up(report: ImportReport) -> None:
    for tally, file in zip(report.tallies, ("EXCHANGE.DBF", "MOVES.DBF"), strict=True):
        assert tally.header_count == len(rows_of(SYNTHETIC / file))
        assert tally.accepted + tally.warned + tally.refused == tally.header_count


def test_import_parsed__shows_dates_in_words_of_the_book(report: ImportReport) -> None:
    shown = {animal.studbook_number: str(animal.birth) for animal in Animal.objects.all()}
    assert (shown["1"], shown["4"], shown["7"]) == ("1990", "1996-05-03", "about 2002-04-15")


def test_import_parsed__makes_programme_and_places(report: ImportReport) -> None:
    programme = Programme.objects.get(code="beasts")
    assert (programme.current_to, programme.synthetic, programme.taxon) == (
        date(2017, 1, 31),
        False,
        "not stated",
    )
    kinds = dict(Institution.objects.values_list("mnemonic", "kind"))
    assert kinds == {"VIETNAM": "wild", "NORTHZOO": "unknown", "SOUTHZOO": "unknown", "EAST ISLE": "unknown"}
    assert programme.participations.count() == report.institutions == 4
    assert any("VIETNAM is taken for a wild area" in problem.sentence for problem in report.problems)


def test_import_parsed__writes_one_deed_with_every_record(report: ImportReport) -> None:
    assert AuditEntry.objects.get().reason == "test"
    assert AuditChange.objects.filter(record="animals.event").count() == 24


def test_import_parsed__uses_the_places_it_knows(db: None) -> None:
    zoo = InstitutionFactory(mnemonic="NORTHZOO", name="The North Zoo")
    import_parsed("beasts", read_sparks(SYNTHETIC), by=None, reason="")
    assert Event.objects.filter(institution=zoo).exists()
    assert Institution.objects.get(mnemonic="NORTHZOO").name == "The North Zoo"


def test_import_parsed__fills_a_programme_without_animals(programme: Programme) -> None:
    import_parsed(programme.code, read_sparks(SYNTHETIC), by=None, reason="")
    programme.refresh_from_db()
    assert (programme.name, programme.animals.count()) == ("Leopards", 10)


def test_import_parsed__refuses_a_programme_with_animals(programme: Programme) -> None:
    AnimalFactory(programme=programme)
    with pytest.raises(StudbookError, match=r"has 1 animals already\. Import under a code that is new"):
        import_parsed(programme.code, read_sparks(SYNTHETIC), by=None, reason="")


@pytest.mark.parametrize("code", ["not a slug", "x" * 41, ""])
def test_import_parsed__refuses_a_code_that_cannot_be(code: str) -> None:
    with pytest.raises(StudbookError, match="cannot be made"):
        import_parsed(code, read_sparks(SYNTHETIC), by=None, reason="")
    assert not Programme.objects.exists()


def test_import_parsed__tells_its_progress() -> None:
    told: dict[str, int] = {}
    import_parsed("beasts", read_sparks(SYNTHETIC), by=None, reason="", progress=told.__setitem__)
    assert told == {"institutions": 4, "animals": 10, "events": 24}


def parsed_with(*events: ImportedEvent, exported_on: date | None = None, **animal: object) -> ParsedStudbook:
    wild = ImportedParent("wild")
    columns = {"birth": None, "death": None, "birth_type": "unknown", "sire": wild, "dam": wild} | animal
    return ParsedStudbook(
        animals=(ImportedAnimal(1, "1", "", "F", **columns),),  # type: ignore[arg-type]
        events=events,
        problems=(),
        tallies=(Tally("A", 1, 1, 1, 0, 0), Tally("B", len(events), len(events), len(events), 0, 0)),
        exported_on=exported_on,
    )


def event(row: int, kind: str, when: str, place: str = "ZOO", **more: object) -> ImportedEvent:
    given = ImportedDate(date.fromisoformat(when), date.fromisoformat(when), when, date.fromisoformat(when))
    flags = {"physical": True, "ownership": True} | more
    return ImportedEvent(row, "1", kind, "XX", given, place, None, **flags)  # type: ignore[arg-type]


def test_import_parsed__counts_what_its_own_rules_find() -> None:
    parsed = parsed_with(
        event(1, "birth", "2001-01-01"), event(2, "death", "2002-01-01"), event(3, "transfer", "2003-01-01")
    )
    report = import_parsed("beasts", parsed, by=None, reason="", with_faults=True)
    assert [(tally.accepted, tally.warned) for tally in report.tallies] == [(1, 0), (2, 1)]
    [problem] = [each for each in report.problems if each.level == "warn"]
    assert (problem.file, problem.row, problem.code) == ("B", 3, "C2")


def test_import_parsed__leaves_a_departure_after_the_export_for_later() -> None:
    parsed = parsed_with(
        event(1, "birth", "2001-01-01"),
        event(2, "release", "2017-05-01", "WILD"),
        exported_on=date(2017, 1, 31),
    )
    report = import_parsed("beasts", parsed, by=None, reason="")
    assert (report.living, Event.objects.count()) == (1, 2)
    assert [problem.code for problem in report.problems if problem.level == "warn"] == ["C3"]


def test_import_parsed__reads_a_move_without_ownership_as_a_loan() -> None:
    parsed = parsed_with(
        event(1, "birth", "2001-01-01"), event(2, "transfer", "2002-01-01", "OTHER", ownership=False)
    )
    import_parsed("beasts", parsed, by=None, reason="")
    animal = Animal.objects.get()
    assert animal.events.last().terms == "loan"
    assert animal.ownerships.get().institution.mnemonic == "ZOO"
    assert animal.holdings.get(end=None).institution.mnemonic == "OTHER"


@pytest.mark.parametrize(
    ("animal", "sentence"),
    [
        ({"birth": ImportedDate(date(1700, 1, 1), date(1700, 1, 1), "17000101")}, "before 1800-01-01"),
        (
            {
                "birth": ImportedDate(date(2010, 1, 1), date(2010, 1, 1), ""),
                "death": ImportedDate(date(2009, 1, 1), date(2009, 1, 1), ""),
            },
            "Animal 1 would die 2009-01-01, before its birth 2010-01-01",
        ),
        ({"note": "a\0b"}, "that no text can hold"),
    ],
)
def test_import_parsed__refuses_what_no_book_can_hold(animal: dict[str, object], sentence: str) -> None:
    with pytest.raises((StudbookError, ImportRefused), match=sentence):
        import_parsed("beasts", parsed_with(**animal), by=None, reason="")  # type: ignore[arg-type]
    assert not Programme.objects.exists()


def test_import_parsed__keeps_a_death_on_an_unknown_day() -> None:
    undated = ImportedEvent(1, "1", "death", "BA", None, "ZOO", None, True, True)
    parsed = parsed_with(
        undated, birth=ImportedDate(date(2010, 1, 1), date(2010, 1, 1), ""), exported_on=date(2016, 1, 1)
    )
    import_parsed("beasts", parsed, by=None, reason="")
    animal = Animal.objects.get()
    assert (animal.status, animal.death_earliest, animal.death_latest) == (
        "dead",
        date(2010, 1, 1),
        date(2016, 1, 1),
    )


@pytest.mark.slow
def test_import_parsed__takes_the_whole_condor_book(condor_folder: Path) -> None:
    report = import_parsed("condors", read_sparks(condor_folder), by=None, reason="", with_faults=True)
    assert (Animal.objects.count(), Event.objects.count()) == (report.animals, report.events) == (807, 4076)
    assert [tally.header_count for tally in report.tallies] == [807, 4076]
    assert all(each.accepted + each.warned == each.header_count for each in report.tallies)
    assert len([problem for problem in report.problems if problem.code == "B2"]) == 2
    assert Animal.objects.living().count() == report.living == 202
    assert Animal.objects.living().filter(holdings__end=None, ownerships__end=None).distinct().count() == 202


@pytest.mark.slow
def test_import_parsed__gives_the_condor_figures(condor_folder: Path) -> None:
    import_parsed("condors", read_sparks(condor_folder), by=None, reason="", with_faults=True)
    analysis = analysis_of(Programme.objects.get())
    assert analysis.summary is not None
    assert f"{analysis.summary.mean_kinship:.6f}" == "0.056304"
    assert f"{analysis.summary.gene_diversity:.6f}" == "0.943696"
    assert f"{analysis.summary.founder_genome_equivalents:.4f}" == "8.8804"
    assert f"{analysis.summary.mean_inbreeding:.6f}" == "0.012249"
