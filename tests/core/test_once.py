"""What is sent again with its key has one effect and one answer, whatever was sent and however it was answered."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry, SentOnce
from studbook.core.once import LONGEST_KEY, OtherBodyError, answered_before, answered_once
from tests.factories import AuditEntryFactory, UserFactory

pytestmark = pytest.mark.django_db
Answer = Callable[[], HttpResponseBase]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
KEPT_HEADERS = ("Location", "Content-Type", "ETag")


@pytest.fixture
def person() -> User:
    made: User = UserFactory()
    return made


def sent(person: Any, *data: Any, key: str = "k", method: str = "post", **extra: Any) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/note/", *data, **extra)
    request.user = person
    if key:
        request.META["HTTP_IDEMPOTENCY_KEY"] = key
    return request


def effect(answer: HttpResponseBase | None = None) -> Answer:
    """Return a deed that leaves a trace, and answers with the number of traces where no answer is given."""

    def do() -> HttpResponseBase:
        AuditEntryFactory()
        return answer or HttpResponse(f"trace {AuditEntry.objects.count()}", status=201)

    return do


def effects() -> int:
    return AuditEntry.objects.count()


def test_a_resend__has_one_effect_and_the_same_answer(person: User) -> None:
    answers = [answered_once(sent(person, {"text": "limps"}), effect()) for _ in range(5)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, b"trace 1")}
    assert effects() == 1


def test_a_resend_without_a_key__is_done_again(person: User) -> None:
    for _ in range(2):
        answered_once(sent(person, {"text": "limps"}, key=""), effect())
    assert (effects(), SentOnce.objects.count()) == (2, 0)


def test_the_key_of_a_form__counts_as_that_of_a_header(person: User) -> None:
    for _ in range(2):
        answered_once(sent(person, {"once_key": "form-1", "text": "limps"}, key=""), effect())
    assert (effects(), SentOnce.objects.get().key) == (1, "form-1")


def test_the_same_key_of_two_people__is_two_keys(person: User) -> None:
    for each in (person, UserFactory()):
        answered_once(sent(each, {"text": "limps"}), effect())
    assert effects() == 2


def test_the_token_against_forged_requests__is_no_part_of_what_was_sent(person: User) -> None:
    for token in ("one", "two"):
        answered_once(sent(person, {"text": "limps", "csrfmiddlewaretoken": token}), effect())
    assert effects() == 1


def _file(content: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


BODIES = {
    "a form's field": ((({"a": "1"},), {}), (({"a": "2"},), {})),
    "a form's field given twice": ((({"a": ["1", "2"]},), {}), (({"a": ["2", "1"]},), {})),
    "the name of a field": ((({"a": "1"},), {}), (({"b": "1"},), {})),
    "json": (((b'{"a": 1}', JSON), {}), ((b'{"a": 2}', JSON), {})),
    "the end of a file": ((({"f": _file(b"1")},), {}), (({"f": _file(b"2")},), {})),
    "the name of a file": ((({"f": _file(b"1")},), {}), (({"f": _file(b"1", "b.jpg")},), {})),
    "the method": (((b"{}", JSON), {"method": "patch"}), ((b"{}", JSON), {"method": "put"})),
    "the form of a patch": (((b"a=1", FORM), {"method": "patch"}), ((b"a=2", FORM), {"method": "patch"})),
    "a question in the address": ((({},), {"query_params": {"a": 1}}), (({},), {"query_params": {"a": 2}})),
}


@pytest.mark.parametrize("part", BODIES)
def test_the_same_key_for_something_else__is_refused(part: str, person: User) -> None:
    (data, extra), (other_data, other_extra) = BODIES[part]
    answered_once(sent(person, *data, **extra), effect())
    with pytest.raises(OtherBodyError, match="sent before with something else"):
        answered_once(sent(person, *other_data, **other_extra), effect())
    assert (OtherBodyError.status, effects()) == (422, 1)


def test_a_file__is_still_whole_for_the_deed(person: User) -> None:
    request = sent(person, {"f": _file(b"0123")})
    answered_once(request, lambda: HttpResponse(request.FILES["f"].read()))
    assert bytes(SentOnce.objects.get().content) == b"0123"


def test_a_refusal__is_undone_and_not_kept(person: User) -> None:
    refused = answered_once(sent(person, {"text": ""}), effect(HttpResponse("Say what you saw.", status=400)))
    assert (refused.status_code, effects(), SentOnce.objects.count()) == (400, 0, 0)
    mended = answered_once(sent(person, {"text": "limps"}), effect())
    assert (mended.status_code, effects()) == (201, 1)


def test_a_deed_that_fails__leaves_neither_effect_nor_key(person: User) -> None:
    def fail() -> HttpResponseBase:
        AuditEntryFactory()
        raise StudbookError("Animal 12 died on 2019-05-03. Correct the date.")

    with pytest.raises(StudbookError):
        answered_once(sent(person, {"text": "limps"}), fail)
    assert (effects(), SentOnce.objects.count()) == (0, 0)


def test_an_answer_that_cannot_be_written__leaves_no_effect(person: User) -> None:
    page = TemplateResponse(sent(person), "no-such-template.html")
    with pytest.raises(Exception, match="no-such-template"):
        answered_once(sent(person, {"text": "limps"}), effect(page))
    assert (effects(), SentOnce.objects.count()) == (0, 0)


def _chunks() -> Iterator[bytes]:
    yield from (b"%PDF", b"\xff\x00")


ANSWERS = {
    "a way on": (lambda: HttpResponseRedirect("/x/" + "y" * 500), 302, b""),
    "bytes that are no text": (
        lambda: HttpResponse(b"\xff\x00\xfe", content_type="application/pdf"),
        200,
        b"\xff\x00\xfe",
    ),
    "a stream": (
        lambda: StreamingHttpResponse(_chunks(), content_type="application/pdf"),
        200,
        b"%PDF\xff\x00",
    ),
    "nothing": (lambda: HttpResponse(status=204, headers={"ETag": '"7"'}), 204, b""),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_answer_again__is_the_first_byte_for_byte(kind: str, person: User) -> None:
    answer, status, content = ANSWERS[kind]
    both = [answered_once(sent(person, {}), effect(answer())) for _ in range(2)]
    assert [(each.status_code, each.getvalue()) for each in both] == [(status, content)] * 2
    first, again = ([each.headers.get(name) for name in KEPT_HEADERS] for each in both)
    assert first == again
    assert effects() == 1


@pytest.mark.parametrize("key", ["x" * (LONGEST_KEY + 1), "a\x00b", "a\nb", "\x7f"])
def test_an_odd_key__is_refused(key: str, person: User) -> None:
    with pytest.raises(StudbookError, match="Send another"):
        answered_once(sent(person, {}, key=key), effect())
    assert effects() == 0


@pytest.mark.parametrize("key", ["x" * LONGEST_KEY, " ", "Ä", "' OR 1=1 --"])
def test_an_unusual_key__is_a_key(key: str, person: User) -> None:
    for _ in range(2):
        answered_once(sent(person, {}, key=key), effect())
    assert effects() == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_key_that_comes_with_a_question__is_not_looked_at(method: str, person: User) -> None:
    for key in ("k", "x" * 500):
        assert answered_once(sent(person, key=key, method=method), HttpResponse).status_code == 200
    assert SentOnce.objects.count() == 0


def test_the_key_of_somebody_unknown__is_not_looked_at() -> None:
    for _ in range(2):
        answered_once(sent(AnonymousUser(), {}), effect())
    assert (effects(), SentOnce.objects.count()) == (2, 0)


def test_answered_before__knows_only_what_was_done(person: User) -> None:
    request = sent(person, {"text": "limps"})
    assert answered_before(request) is None
    answered_once(request, effect())
    again = answered_before(sent(person, {"text": "limps"}))
    assert again is not None
    assert again.content == b"trace 1"
    assert answered_before(sent(UserFactory(), {"text": "limps"})) is None
    with pytest.raises(OtherBodyError):
        answered_before(sent(person, {"text": "runs"}))


def test_forget_keys__forgets_the_old_ones_only(person: User, capsys: pytest.CaptureFixture[str]) -> None:
    for key, days in (("old", 31), ("young", 29)):
        answered_once(sent(person, {}, key=key), effect())
        SentOnce.objects.filter(key=key).update(at=timezone.now() - timedelta(days=days))
    call_command("forget_keys")
    assert SentOnce.objects.get().key == "young"
    assert capsys.readouterr().out == "Forgot 1 keys older than 30 days.\n"


@pytest.mark.parametrize("days", [-1, 0, 6, 10**12])
def test_forget_keys__keeps_what_may_still_be_sent_again(days: int) -> None:
    with pytest.raises(CommandError, match="at least 7 days"):
        call_command("forget_keys", days=days)
