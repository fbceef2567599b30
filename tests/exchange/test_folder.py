"""The folder format: read as it is written, or refused with every cell that cannot be taken in."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studbook.exchange.folder import read_folder
from studbook.exchange.records import ImportRefused

PROGRAMME: dict[str, Any] = {
    "code": "beasts",
    "name": "Beasts",
    "taxon": "Bestia inventa",
    "common_name": "beast",
    "synthetic": True,
    "current_to": "2025-10-31",
    "biology": {"gestation_days_mean": 96},
    "goals": {"target_size": 250, "gene_diversity": 0.9},
}
FILES = {
    "institutions.csv": (
        "mnemonic,name,city,country,region,kind,latitude,longitude,note\n"
        "A,Zoo A,Lyon,FR,EAZA,zoo,45.75,4.85,\n"
        "W,Forest,,RU,,wild,,,\n"
    ),
    "animals.csv": (
        "studbook_number,house_name,sex,birth,death,birth_type,rearing,sire_kind,sire,dam_kind,dam,note\n"
        '1,Ada,F,about 1990,,wild,parent,wild,,wild,,"a note, with a comma"\n'
        "2,,M,1991,,captive,hand,unknown,,known,1,\n"
        "3,,U,2001-05-03,,captive,unknown,several,1:0.25;2:0.75,unknown,,\n"
    ),
    "events.csv": (
        "studbook_number,kind,date,institution,from,local_id,terms,cause,note\n"
        "1,capture,May 1992,A,W,L1,purchase,,\n"
        "2,death,2001-05-03,A,,,,old age,\n"
    ),
    "identifiers.csv": "studbook_number,kind,value,institution\n1,transponder,250269000000001,A\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def write(path: Path, **changes: str) -> Path:
    for name, text in ({"programme.json": json.dumps(PROGRAMME)} | FILES | changes).items():
        (path / name).write_bytes(text.encode())
    return path


def test_read_folder__reads_every_cell(folder: Path) -> None:
    parsed = read_folder(folder)
    first, second, third = parsed.animals
    assert (first.house_name, first.sex, first.note) == ("Ada", "F", "a note, with a comma")
    assert first.birth is not None
    assert (first.birth.earliest, first.birth.latest) == (date(1989, 1, 1), date(1991, 12, 31))
    assert (first.sire.kind, second.dam.studbook_number, second.rearing) == ("wild", "1", "hand")
    assert third.sire.candidates == ("1", "2")
    assert third.sire.probabilities == (Decimal("0.25"), Decimal("0.75"))
    capture, death = parsed.events
    assert (capture.kind, capture.location_mnemonic, capture.from_mnemonic) == ("capture", "A", "W")
    assert (capture.local_id, capture.terms, death.cause) == ("L1", "purchase", "old age")
    assert parsed.identifiers[0].value == "250269000000001"
    assert [(place.kind, place.latitude) for place in parsed.institutions] == [("zoo", 45.75), ("wild", None)]


def test_read_folder__reads_the_programme(folder: Path) -> None:
    parsed = read_folder(folder)
    assert parsed.exported_on == date(2025, 10, 31)
    assert parsed.programme is not None
    assert (parsed.programme.code, parsed.programme.synthetic) == ("beasts", True)
    assert dict(parsed.programme.columns) == {
        "gestation_days_mean": 96,
        "target_size": 250,
        "gene_diversity_goal": 0.9,
    }


def test_read_folder__counts_animals_first_and_events_second(folder: Path) -> None:
    tallies = read_folder(folder).tallies
    assert [(tally.file, tally.accepted) for tally in tallies] == [
        ("animals.csv", 3),
        ("events.csv", 2),
        ("institutions.csv", 2),
        ("identifiers.csv", 1),
    ]


def test_read_folder__takes_any_column_order_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "\ufeffinstitution,value,kind,studbook_number\r\nA,7,tag,1\r\n"
    parsed = read_folder(write(tmp_path, **{"identifiers.csv": text}))
    assert (parsed.identifiers[0].value, parsed.identifiers[0].studbook_number) == ("7", "1")


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("animals.csv", ",M,", ",X,", "sex of animal 2 (animals.csv row 2) is “X”"),
        ("animals.csv", "about 1990", "soon", "birth of animal 1 (animals.csv row 1) cannot be taken in"),
        ("animals.csv", "hand", "bottle", "rearing of animal 2"),
        ("animals.csv", "known,1", "known,", "dam of animal 2 (animals.csv row 2) is to be filled in"),
        ("animals.csv", "1:0.25", "1", "Write each candidate and its probability"),
        ("animals.csv", "\n3,", "\n,", "studbook_number (animals.csv row 3) is empty"),
        ("animals.csv", "hand,", "hand,,", "has 13 cells, the header has 12"),
        ("events.csv", "2,death", "9,death", "“9” has no row in animals.csv"),
        ("events.csv", "2,death", "2,demise", "kind of animal 2 (events.csv row 2) is “demise”"),
        ("events.csv", "A,W", "A,X", "“X” has no row in institutions.csv"),
        ("events.csv", "purchase", "gift", "terms of animal 1"),
        ("identifiers.csv", "transponder", "chip", "kind of animal 1"),
        ("institutions.csv", "45.75", "95.75", "latitude (institutions.csv row 1) is “95.75”"),
        ("institutions.csv", "45.75", "north", "Write a number from -90 to 90"),
        ("institutions.csv", "EAZA", "EUROPE", "region (institutions.csv row 1)"),
        ("institutions.csv", "W,Forest", "A,Forest", "“A” stands in an earlier row"),
    ],
)
def test_read_folder__names_the_cell(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        read_folder(write(tmp_path, **{file: FILES[file].replace(old, new, 1)}))
    assert any(sentence in problem.sentence for problem in refusal.value.problems), refusal.value.problems


def test_read_folder__lists_every_cell_at_once(tmp_path: Path) -> None:
    bad = FILES["animals.csv"].replace(",F,", ",X,").replace(",M,", ",Y,")
    with pytest.raises(ImportRefused, match="has 2 cells that cannot be taken in"):
        read_folder(write(tmp_path, **{"animals.csv": bad}))


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("events.csv", "a,b\n", "events.csv has the columns a, b. It needs studbook_number, kind"),
        ("events.csv", "", "has the columns of an empty file"),
        ("programme.json", "{", "is not a description of a programme"),
        ("programme.json", "[]", "is not a description of a programme"),
        ("programme.json", "{}", "is not a description of a programme"),
        ("animals.csv", FILES["animals.csv"] + '"open', "is not a CSV file"),
    ],
)
def test_read_folder__refuses_a_file_of_another_kind(
    tmp_path: Path, file: str, text: str, sentence: str
) -> None:
    with pytest.raises(ImportRefused, match=sentence):
        read_folder(write(tmp_path, **{file: text}))


def test_read_folder__refuses_a_missing_file(folder: Path) -> None:
    (folder / "events.csv").unlink()
    with pytest.raises(ImportRefused, match=r"events.csv cannot be read: No such file"):
        read_folder(folder)


def test_read_folder__refuses_text_that_is_not_utf_8(folder: Path) -> None:
    (folder / "animals.csv").write_bytes(b"studbook_number\n\xff\n")
    with pytest.raises(ImportRefused, match=r"animals.csv is not UTF-8 text \(byte 16\)"):
        read_folder(folder)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(file=st.sampled_from([*FILES, "programme.json"]), at=st.integers(0, 10**6), byte=st.integers(0, 255))
def test_read_folder__raises_nothing_but_its_refusal(folder: Path, file: str, at: int, byte: int) -> None:
    write(folder)
    data = bytearray((folder / file).read_bytes())
    data[at % len(data)] = byte
    (folder / file).write_bytes(data)
    try:
        parsed = read_folder(folder)
    except ImportRefused:
        return
    assert all(tally.read == tally.header_count for tally in parsed.tallies)
