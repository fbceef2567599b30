"""Permits and documents: who reads and keeps them, and what is no document."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from studbook.accounts.models import User
from studbook.animals.models import Animal, Ownership
from studbook.core.errors import StudbookError
from studbook.core.file_kinds import DOCX, JPEG, LARGEST_BYTES, PDF, PNG, TEXT, kind_of_file
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.transfers.models import Document, Permit, Transfer
from studbook.transfers.papers import add_permit, change_permit, withdraw_document
from tests import factories
from tests.transfers.conftest import Brought

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 health"


def docx(*more: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.fixture
def made(brought: Brought) -> Transfer:
    return brought()


def address(made: Transfer, rest: str) -> str:
    return f"{made.get_absolute_url()}documents/{rest}"


def keep(browser: Any, made: Transfer, content: bytes, name: str = "a.pdf", **more: Any) -> Any:
    return browser.post(address(made, "new/"), {"file": SimpleUploadedFile(name, content), **more})


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def files() -> list[Path]:
    return [each for each in Path(default_storage.location).rglob("*") if each.is_file()]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAPER, PDF),
        (b"\xff\xd8\xff\xe0", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (docx(), DOCX),
        ("Réponse\n".encode(), TEXT),
    ],
)
def test_file__is_told_by_its_content(content: bytes, kind: str) -> None:
    assert kind_of_file(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"\x00" * 40,
        docx("word/vbaProject.bin"),
        b"PK\x03\x04broken",
        b"GIF89a\x00\x01",
        b"\xff\xfe<\x00",
        b"%PDF-" + b"x" * LARGEST_BYTES,
    ],
)
def test_file__of_another_kind_is_refused_and_leaves_nothing(
    made: Transfer, rita: User, signed_in: Any, content: bytes
) -> None:
    answer = keep(signed_in(rita), made, content, "health.pdf")
    assert answer.status_code == 400
    assert "up to 20 MB" in answer.text
    assert (Document.objects.count(), files()) == (0, [])


def test_document__is_kept_under_a_name_of_its_own_and_saved_not_shown(
    made: Transfer, rita: User, signed_in: Any
) -> None:
    browser = signed_in(rita)
    assert keep(browser, made, PAPER, "../../etc/<b>.pdf").status_code == 302
    kept = Document.objects.get()
    assert "<b>" not in kept.file.name
    assert ".." not in kept.file.name
    assert (kept.content_type, kept.file_size, len(kept.sha256)) == (PDF, len(PAPER), 64)
    answer = browser.get(address(made, f"{kept.pk}/"))
    assert (answer.status_code, answer.content) == (200, PAPER)
    assert answer["Content-Disposition"] == f'attachment; filename="transfer-{made.pk}-{kept.pk}.pdf"'
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == (
        "nosniff",
        True,
    )
    assert "&lt;b&gt;.pdf" in browser.get(made.get_absolute_url()).text


def test_document__is_for_the_parties_the_owner_and_the_coordinator(
    made: Transfer,
    cub: Animal,
    third: Institution,
    rex: User,
    rita: User,
    ada: User,
    olga: User,
    bo: User,
    tara: User,
    signed_in: Any,
) -> None:
    keep(signed_in(rita), made, PAPER, title="Blood values")
    paper = address(made, f"{Document.objects.get().pk}/")
    assert [signed_in(each).get(paper).status_code for each in (rex, rita, ada)] == [200, 200, 200]
    assert [signed_in(each).get(paper).status_code for each in (olga, bo, tara)] == [403, 403, 404]
    assert "Blood values" not in signed_in(olga).get(made.get_absolute_url()).text.split("What was done")[0]
    assert keep(signed_in(tara), made, PAPER).status_code == 404
    Ownership.objects.filter(animal=cub).update(institution=third)
    assert signed_in(tara).get(paper).status_code == 200


def test_document__of_another_transfer_is_not_there(made: Transfer, ada: User, signed_in: Any) -> None:
    other = factories.DocumentFactory(transfer__programme=made.programme)
    foreign = factories.DocumentFactory()
    browser = signed_in(ada)
    assert browser.get(address(made, f"{other.pk}/")).status_code == 404
    assert browser.get(address(made, f"{foreign.pk}/")).status_code == 404


def test_document__whose_file_is_gone_is_not_there(made: Transfer, ada: User, signed_in: Any) -> None:
    kept = factories.DocumentFactory(transfer=made)
    for each in files():
        each.unlink()
    assert signed_in(ada).get(address(made, f"{kept.pk}/")).status_code == 404


def test_document__sent_again_with_its_key_is_kept_once(made: Transfer, rita: User, signed_in: Any) -> None:
    for _ in range(3):
        assert keep(signed_in(rita), made, PAPER, once_key="k1").status_code == 302
    assert (Document.objects.count(), len(files())) == (1, 1)


def test_permit__is_noted_and_changed_with_its_reasons(made: Transfer, rita: User, tara: User) -> None:
    permit = add_permit(made, by=rita, kind="cites export")
    with pytest.raises(StudbookError, match="is granted and has no number"):
        change_permit(permit, by=rita, opened_version=1, state="granted")
    days = {"granted_on": date(2026, 3, 1), "expires_on": date(2026, 2, 1)}
    with pytest.raises(StudbookError, match=r"expires on 2026-02-01, before it was granted \(2026-03-01\)"):
        change_permit(permit, by=rita, opened_version=1, state="granted", number="X", **days)
    with pytest.raises(StudbookError) as refused:
        change_permit(permit, by=tara, opened_version=1, state="refused")
    assert refused.value.status == 404
    assert change_permit(permit, by=rita, opened_version=1, state="granted", number="X").version == 2
    with pytest.raises(StudbookError, match="since you opened it"):
        change_permit(permit, by=rita, opened_version=1, state="refused")
    assert Permit.objects.get().state == "granted"
    assert [each.step for each in made.steps.all()] == ["propose", "permit", "permit"]


def test_withdraw__a_document_is_given_to_nobody_any_more_and_says_why(
    made: Transfer, rita: User, rex: User, ada: User, signed_in: Any
) -> None:
    permit = add_permit(made, by=rita, kind="health")
    keep(signed_in(rita), made, PAPER, title="Wrong cat", permit=permit.pk)
    paper = Document.objects.get()
    shown = signed_in(rex).get(address(made, f"{paper.pk}/withdraw/"))
    assert shown.text.count('name="reason"') == 1
    told = signed_in(rex).post(address(made, f"{paper.pk}/withdraw/"), {"reason": "It is of another cat."})
    assert told.status_code == 302
    assert [signed_in(each).get(address(made, f"{paper.pk}/")).status_code for each in (rita, ada)] == [
        404,
        404,
    ]
    page = signed_in(rita).get(made.get_absolute_url()).text
    assert f'href="{address(made, f"{paper.pk}/")}"' not in page
    assert "by rex: It is of another cat." in page
    permit.refresh_from_db()
    assert (permit.document, permit.version) == (None, 3)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.actor, entry.reason) == ("withdraw document", rex, "It is of another cat.")


def test_withdraw__asks_for_a_reason_and_who_may_keep_one(
    made: Transfer, rita: User, tara: User, olga: User, bo: User, signed_in: Any
) -> None:
    keep(signed_in(rita), made, PAPER)
    url, why = address(made, f"{Document.objects.get().pk}/withdraw/"), {"reason": "Wrong."}
    assert [signed_in(each).post(url, why).status_code for each in (tara, olga, bo)] == [404, 403, 403]
    assert "Say why it is withdrawn" in signed_in(rita).post(url, {"reason": " "}).text
    assert Document.objects.standing().count() == 1
    with pytest.raises(StudbookError) as refused:
        withdraw_document(Document.objects.get(), by=tara, reason="Wrong.")
    assert refused.value.status == 404


def test_withdraw__is_done_once_and_leaves_no_paper_to_rest_on(made: Transfer, rita: User) -> None:
    paper = factories.DocumentFactory(transfer=made)
    withdraw_document(paper, by=rita, reason="Wrong.")
    with pytest.raises(StudbookError, match="was withdrawn already"):
        withdraw_document(paper, by=rita, reason="Wrong.")
    with pytest.raises(StudbookError, match="That document was withdrawn"):
        add_permit(made, by=rita, kind="health", document=paper)
