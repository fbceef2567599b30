"""The pages on which observations are logged and seen: forms, the daily record, photos."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from studbook.accounts.models import User
from studbook.animals.entry.observation_kinds import OBSERVATION_KINDS
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

SENT: dict[str, dict[str, str]] = {
    "weight": {"weight": "4,2 kg"},
    "measurement": {"what": "shoulder height", "amount": "62,5", "unit": "cm"},
    "note": {"note": "Limps."},
    "contraception": {
        "method": "implant",
        "product": "Deslorelin 9.4 mg",
        "until": "June 2027",
        "expected_return": "2028",
    },
    "reproduction": {"status": "pregnant", "expected": "about July 2025"},
    "rearing": {"rearing": "hand"},
    "sex": {"sex": "F", "method": "DNA"},
    "identification": {"mark": "transponder", "value": "276 0981 0610 3921"},
    "photo": {"note": "By the pond."},
}


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1", house_name="Amba")


def address(kind: str, number: str = "1") -> str:
    return reverse("log_event", args=["leopards", number, kind])


def picture(size: tuple[int, int] = (64, 48)) -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", size, "red").save(drawn, "PNG")
    return SimpleUploadedFile("../cat.png", drawn.getvalue(), "image/png")


def sent(kind: str) -> dict[str, Any]:
    return {"on": "2025-05-03", **SENT[kind], **({"photo": picture()} if kind == "photo" else {})}


def page(client: Client, number: str = "1") -> str:
    return client.get(reverse("animal", args=["leopards", number])).content.decode()


def test_kinds__are_all_sent_here() -> None:
    assert sorted(SENT) == sorted(OBSERVATION_KINDS)


@pytest.mark.parametrize("kind", sorted(SENT))
def test_log__of_each_kind_is_saved_and_shown(kind: str, cat: Animal, bo: User, signed_in: Any) -> None:
    client = signed_in(bo)
    assert client.get(address(kind)).status_code == 200
    answer = client.post(address(kind), sent(kind))
    assert (answer.status_code, answer["Location"]) == (302, cat.get_absolute_url())
    made = Observation.objects.get()
    assert (made.kind, made.provisional) == (kind, True)
    shown = page(client)
    assert "It is provisional until the registrar" in shown
    assert "provisional</span>" in shown


@pytest.mark.parametrize("kind", sorted(SENT))
def test_log__of_nonsense_is_told_kindly(kind: str, cat: Animal, rita: User, signed_in: Any) -> None:
    client = signed_in(rita)
    nonsense = dict.fromkeys([*SENT[kind], "on"], "‰\x00‰") | {"on": "soon"}
    for data in ({}, nonsense, nonsense | {"photo": "not a file"}):
        answer = client.post(address(kind), data)
        assert answer.status_code == 400
        assert 'class="errorlist"' in answer.content.decode()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("olga", 403), ("remy", 403), ("cy", 404)])
def test_log__is_closed_to_others(
    person: str, status: int, cat: Animal, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.get(address("weight")).status_code == status
    assert client.post(address("weight"), sent("weight")).status_code == status


def test_log__of_a_foreign_animal_is_answered_as_of_none(cat: Animal, bo: User, signed_in: Any) -> None:
    factories.animal_at(factories.InstitutionFactory(), programme=cat.programme, studbook_number="9")
    client = signed_in(bo)
    answers = [client.post(address("weight", number), sent("weight")) for number in ("9", "999")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Observation.objects.exists()


def test_log__sent_again_with_its_key_is_one_entry(cat: Animal, bo: User, signed_in: Any) -> None:
    client = signed_in(bo)
    for _ in range(3):
        photo = sent("photo") | {"once_key": "one-and-the-same"}
        assert client.post(address("photo"), photo).status_code == 302
    assert Observation.objects.count() == 1


def test_weight_page__shows_the_last_and_the_change_since(cat: Animal, rita: User, signed_in: Any) -> None:
    client = signed_in(rita)
    client.post(address("weight"), {"weight": "40", "on": "2025-05-03"})
    assert "Last: 40 kg on 2025-05-03." in client.get(address("weight")).content.decode()
    client.post(address("weight"), {"weight": "38500 g", "on": "2025-06-03"})
    shown = page(client)
    assert "38500 g, −1500 g since 2025-05-03." in shown
    assert "is far from the last weight" not in shown
    assert "2 weights from 2025-05-03 to 2025-06-03, between 38500 g and 40 kg." in shown


@pytest.mark.parametrize(
    ("weight", "asked"), [("119", False), ("120", True), ("13.4", False), ("13.3", True)]
)
def test_weight__three_times_or_a_third_of_the_last_is_saved_and_doubted(
    weight: str, asked: bool, cat: Animal, rita: User, signed_in: Any
) -> None:
    client = signed_in(rita)
    client.post(address("weight"), {"weight": "40", "on": "2025-05-03"})
    page(client)
    client.post(address("weight"), {"weight": weight, "on": "2025-06-03", "acknowledged": "C18"})
    assert ("is far from the last weight, 40 kg on 2025-05-03" in page(client)) is asked
    assert Observation.objects.count() == 2


def test_photo__too_large_is_dropped_while_it_comes_in(
    cat: Animal, bo: User, signed_in: Any, settings: Any
) -> None:
    settings.LARGEST_UPLOAD = 1000
    big = SimpleUploadedFile("cat.jpg", b"\xff" * 100_000, "image/jpeg")
    answer = signed_in(bo).post(address("photo"), {"on": "2025-05-03", "photo": big})
    assert answer.status_code == 400
    assert "Choose a photo: a JPEG, PNG or WebP picture of up to 15 MB." in answer.content.decode()


def test_observation_file__is_given_to_the_programme_s_people_only(
    cat: Animal, olga: User, cy: User, client: Client
) -> None:
    photo = factories.photo_of(cat)
    url = reverse("observation_file", args=["leopards", photo.pk])
    assert client.get(url).status_code == 302
    client.force_login(cy)
    assert client.get(url).status_code == 404
    client.force_login(olga)
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Disposition"] == f'inline; filename="1-{photo.pk}.jpg"'
    small = client.get(url, {"small": 1}).content
    assert Image.open(BytesIO(small)).size == (480, 360)


def test_observation_file__of_another_book_or_none_or_a_lost_file_is_not_there(
    cat: Animal, ada: User, signed_in: Any
) -> None:
    client = signed_in(ada)
    elsewhere = factories.photo_of(factories.AnimalFactory())
    weight = factories.ObservationFactory(animal=cat)
    lost = factories.photo_of(cat)
    lost.file.storage.delete(lost.file.name)
    for pk in (elsewhere.pk, weight.pk, lost.pk, 999_999, 10**30):
        assert client.get(f"/programmes/leopards/observations/{pk}/file/").status_code == 404


def test_daily_record__says_what_holds_now(cat: Animal, olga: User, signed_in: Any) -> None:
    day = DateInterval.parse("2025-05-03")
    many = {"animal": cat, "date": day, "quantity": None, "unit": ""}
    over = DateInterval.parse("2025-09-01")
    factories.ObservationFactory(kind="contraception", what="implant", until=over, **many)
    factories.ObservationFactory(kind="reproduction", what="pregnant", until=over, **many)
    factories.ObservationFactory(kind="note", note="<script>alert(1)</script>", **many)
    factories.photo_of(cat, note="By the pond.")
    shown = page(signed_in(olga))
    for words in ("hormone implant since 2025-05-03", "was due 2025-09-01", "birth expected 2025-09-01"):
        assert words in shown
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    assert 'alt="Photo of 1 Amba, 2025-05-03: By the pond."' in shown


def test_animal_page__asks_the_same_however_much_was_logged(cat: Animal, rita: User, signed_in: Any) -> None:
    client = signed_in(rita)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    factories.ObservationFactory(animal=cat, provisional=True)
    factories.photo_of(cat, provisional=True)
    page(client)
    before = queries()
    for place in range(8):
        factories.ObservationFactory(animal=cat, provisional=bool(place % 2))
        factories.photo_of(cat, provisional=True)
    assert queries() == before
