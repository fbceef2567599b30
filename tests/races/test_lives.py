"""Random lives of a book: whatever people do, it never contradicts itself, and the trail tells all of it."""

import os
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories
from tests.races.contradictions import Tables, contradictions, tables_now, untold
from tests.races.lives import Crowd
from tests.races.lives_deeds import DEEDS

STEPS = 30
# Another part of the same endless row of lives is run with LIVES_FROM.
FROM, LIVES = int(os.environ.get("LIVES_FROM", "100")), int(os.environ.get("LIVES", "200"))
# A deed that touches one of these may change a number, and so needs a new revision.
NUMBERS = ("animals.animal", "animals.event", "animals.holding", "animals.parentcandidate")


@pytest.fixture
def crowd(programme: Programme, zoo: Institution, ada: User, bo: User, rita: User) -> Crowd:
    zoos, people = [zoo], [ada, bo, rita]
    for letter in "BC":
        place = factories.InstitutionFactory(mnemonic=f"ZOO{letter}", name=f"Zoo {letter}")
        factories.ParticipationFactory(programme=programme, institution=place)
        for role in ("registrar", "keeper"):
            person = factories.UserFactory(username=f"{role} of {letter}")
            factories.InstitutionRoleFactory(user=person, institution=place, role=role)
            people.append(person)
        zoos.append(place)
    for number in range(1, 7):
        sex = "MF"[number % 2]
        place = zoos[number % 2]
        factories.animal_at(place, programme=programme, studbook_number=str(number), sex=sex)
    return Crowd(programme, zoos, people, DEEDS, Random())


def live(crowd: Crowd, seed: int, *, steps: int = STEPS) -> dict[str, int]:
    """Let a crowd keep a book; return how many deeds were answered with each status."""
    crowd.random, crowd.told, crowd.resent, crowd.clients = Random(seed), [], [], {}
    start, since = tables_now(), AuditChange.objects.aggregate(last=Max("pk"))["last"] or 0
    after = start
    numbers: dict[str, int] = {}
    answered: dict[str, int] = {}
    for _ in range(steps):
        before, seen = after, _mark(crowd)
        answer = crowd.step()
        if answer is None:
            continue
        key = f"{crowd.told[-1].split(':')[0].split()[-1]} {answer.status_code}"
        answered[key] = answered.get(key, 0) + 1
        wrong = [*crowd.resent, *_wrong_answer(crowd, answer, seen)]
        if answer.status_code < 400:
            after = tables_now()
            wrong += _unrevised(before, after, _mark(crowd)[0] - seen[0])
            wrong += untold(start, since) + contradictions(crowd.programme) + _reused(numbers)
        connection.check_constraints()
        assert not wrong, "\n".join([f"seed {seed}", *crowd.told[-6:], *wrong])
    wrong = _unreadable(crowd)
    assert not wrong, "\n".join([f"seed {seed}", *crowd.told[-6:], *wrong])
    return answered


def _wrong_answer(crowd: Crowd, answer: Any, seen: tuple[int, ...]) -> list[str]:
    wrong = [f"answered {answer.status_code}"] if answer.status_code >= 500 else []
    if answer.status_code >= 400 and _mark(crowd) != seen:
        wrong.append("what was refused changed the book")
    return wrong


def _unrevised(before: Tables, now: Tables, grown: int) -> list[str]:
    moved = [
        key
        for key in {*before, *now}
        if before.get(key) != now.get(key)
        and key[0] in NUMBERS
        and not _only_words(before.get(key), now.get(key))
    ]
    return [f"{moved} changed, and the revision of the book stayed"] if moved and not grown else []


def _only_words(before: dict[str, Any] | None, now: dict[str, Any] | None) -> bool:
    if before is None or now is None:
        return False
    changed = {name for name in before if before[name] != now[name]}
    return changed <= {"note", "house_name", "version"}


def _reused(numbers: dict[str, int]) -> list[str]:
    wrong = []
    for number, pk in Animal.every.values_list("studbook_number", "pk"):
        if numbers.setdefault(number, pk) != pk:
            wrong.append(f"number {number} was of {numbers[number]} and is of {pk}")
    return wrong + [
        f"number {number} is gone" for number in numbers if not Animal.every.filter(studbook_number=number)
    ]


def _unreadable(crowd: Crowd) -> list[str]:
    client = Client()
    client.force_login(crowd.people[0])
    names = (
        "",
        "animals/",
        "animals/export.csv",
        "genetics/",
        "pending/",
        "duplicates/",
        "journal/",
        "quality/",
        "transfers/",
    )
    paths = [f"{crowd.pages}/{name}" for name in names]
    for number in Animal.every.values_list("studbook_number", flat=True):
        paths += [f"{crowd.pages}/animals/{number}/", f"{crowd.pages}/animals/{number}/history/"]
    answers = [(path, client.get(path)) for path in paths]
    return [
        f"{path} answers {each.status_code}"
        for path, each in answers
        if each.status_code not in (200, 301, 302, 410)
    ]


def _mark(crowd: Crowd) -> tuple[int, ...]:
    """Return what grows with every deed: the revision, the deeds, their changes."""
    revision = Programme.objects.values_list("revision", flat=True).get(pk=crowd.programme.pk)
    return revision, AuditEntry.objects.count(), AuditChange.objects.count()


@pytest.mark.parametrize("seed", range(3))
def test_book__never_contradicts_itself_whatever_people_do(crowd: Crowd, seed: int) -> None:
    assert sum(live(crowd, seed).values()) > STEPS / 2


@pytest.mark.lengthy
@pytest.mark.parametrize("seed", range(FROM, FROM + LIVES))
def test_book__never_contradicts_itself_in_many_lives(crowd: Crowd, seed: int) -> None:
    assert sum(live(crowd, seed).values()) > STEPS / 2
