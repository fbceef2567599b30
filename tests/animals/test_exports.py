"""The exports: everything found, in words a spreadsheet does not run."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from studbook.animals.exports import COLUMNS
from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.core.downloads import neutral
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    EventFactory,
    FounderFactory,
    HoldingFactory,
    IdentifierFactory,
    InstitutionFactory,
    ObservationFactory,
    OwnershipFactory,
    ParentCandidateFactory,
)

Line = dict[str, Any]


def read_csv(client: Any, **asked: str) -> list[Line]:
    response = client.get(reverse("animals_csv", args=["leopards"]), asked)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="leopards-animals.csv"'
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def read_xlsx(client: Any, **asked: str) -> list[Line]:
    response = client.get(reverse("animals_xlsx", args=["leopards"]), asked)
    sheet = openpyxl.load_workbook(BytesIO(response.content))["animals"]
    heads, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_export__writes_every_column_of_an_animal(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any
) -> None:
    sire = FounderFactory(programme=programme, studbook_number="1", sex="M", status="lost")
    animal = AnimalFactory(
        programme=programme,
        studbook_number="007",
        house_name="Зея",
        sire=sire,
        birth=DateInterval.parse("May 2019"),
    )
    HoldingFactory(animal=animal, institution=zoo, start=date(2019, 5, 16), local_id="1234")
    OwnershipFactory(animal=animal, institution=InstitutionFactory(mnemonic="OWN", name="Owner"))
    IdentifierFactory(animal=animal, value="978000000000123")
    IdentifierFactory(animal=animal, kind="gan", value="GAN-1")
    EventFactory(animal=animal, institution=zoo, date=animal.birth, provisional=True)
    _observed(animal)
    [line] = read_csv(signed_in(olga), q="007")
    assert line == {
        "studbook_number": "007", "house_name": "Зея", "sex": "F",
        "birth": "May 2019", "birth_earliest": "2019-05-01", "birth_latest": "2019-05-31",
        "birth_type": "captive", "rearing": "unknown", "age_years": "6.46", "status": "living",
        "death": "", "death_earliest": "", "death_latest": "",
        "sire": "1", "dam": "UNK",
        "holder": "ZOOA", "holder_name": "Zoo A", "held_since": "2019-05-16", "held_until": "", "local_id": "1234",
        "owner": "OWN", "owner_name": "Owner",
        "transponders": "978000000000123", "gan": "GAN-1", "tags": "", "note": "",
        "weight_kg": "4.2", "weighed_on": "2025-06-01", "contraception": "hormone implant, 2025-01-01 until 2027",
        "reproduction": "cycling or fertile, May 2025", "last_event": "birth", "last_event_on": "May 2019",
        "provisional": "yes",
    }  # fmt: skip


def _observed(animal: Animal) -> None:
    told = {"animal": animal, "quantity": None, "unit": ""}
    ObservationFactory(animal=animal, date=DateInterval.parse("2025-01-01"), quantity=40, unit="kg")
    ObservationFactory(animal=animal, date=DateInterval.parse("2025-06-01"), quantity=4200, unit="g")
    ObservationFactory(
        **told,
        kind="contraception",
        what="implant",
        date=DateInterval.parse("2025-01-01"),
        until=DateInterval.parse("2027"),
    )
    ObservationFactory(**told, kind="reproduction", what="cycling", date=DateInterval.parse("May 2025"))


def test_export__writes_wild_unknown_and_several_parents_out(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    FounderFactory(programme=programme, studbook_number="1")
    young = AnimalFactory(programme=programme, studbook_number="2", sire_kind=ParentKind.SEVERAL)
    for number, probability in (("3", "0.75"), ("4", "0.25")):
        ParentCandidateFactory(animal=young, probability=probability, parent__studbook_number=number)
    lines = {line["studbook_number"]: (line["sire"], line["dam"]) for line in read_csv(signed_in(olga))}
    assert lines["1"] == ("WILD", "WILD")
    assert lines["2"] == ("3:0.75;4:0.25", "UNK")


def test_export__holds_all_pages_of_what_is_filtered_the_dead_included(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    for number in range(1, 61):
        AnimalFactory(programme=programme, studbook_number=str(number))
    AnimalFactory(programme=programme, sex="M", status="dead", death=DateInterval.parse("2020-01-01"))
    client = signed_in(olga)
    assert [line["studbook_number"] for line in read_csv(client, sex="F", page="2")] == [
        str(number) for number in range(1, 61)
    ]
    assert len(read_csv(client)) == len(read_xlsx(client)) == 61
    assert [line["death_latest"] for line in read_csv(client, status="dead")] == ["2020-01-01"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_neutral__puts_an_apostrophe_before_what_a_spreadsheet_would_run(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert neutral("1=1") == "1=1"
    assert neutral(-1.5) == -1.5


def test_export__holds_no_formula(programme: Programme, olga: Any, signed_in: Any) -> None:
    AnimalFactory(programme=programme, house_name='=HYPERLINK("x")', note="bell\x07 @home")
    client = signed_in(olga)
    [line] = read_csv(client)
    assert line["house_name"] == '\'=HYPERLINK("x")'
    [line] = read_xlsx(client)
    assert line["house_name"] == '\'=HYPERLINK("x")'
    assert line["note"] == "bell @home"


def test_export__keeps_numbers_of_animals_as_text_in_a_workbook(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=programme, studbook_number="0012")
    [line] = read_xlsx(signed_in(olga))
    assert tuple(line) == COLUMNS
    assert line["studbook_number"] == "0012"
    assert line["birth_earliest"] == "2018-05-03"
    assert isinstance(line["age_years"], float)


@pytest.mark.parametrize("name", ["animals_csv", "animals_xlsx"])
def test_export__refuses_a_filter_it_cannot_read(
    programme: Programme, olga: Any, signed_in: Any, name: str
) -> None:
    response = signed_in(olga).get(reverse(name, args=["leopards"]), {"sex": "Z"})
    assert response.status_code == 400
    assert "Set it again on the page of animals." in response.content.decode()


def test_export__asks_as_many_queries_for_many_as_for_few(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(olga)
    for animals in (1, 20):
        for _ in range(animals):
            HoldingFactory(animal__programme=programme, institution=zoo)
        with django_assert_num_queries(13):
            assert read_csv(client)


def test_export__holds_the_columns_chosen_in_their_order(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=programme, studbook_number="12", sex="M")
    client = signed_in(olga)
    asked = {"columns": "status,sex,nonsense"}
    assert read_csv(client, **asked) == read_xlsx(client, **asked)
    [line] = read_csv(client, **asked)
    assert list(line.items()) == [("studbook_number", "12"), ("status", "living"), ("sex", "M")]
