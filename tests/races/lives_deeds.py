"""What people may try on a book at random: each deed returns what to send and where, None where there is nothing to do."""

from typing import Any

from django.utils import timezone

from studbook.animals.models import Animal, Event, Observation
from studbook.core.models import AuditEntry
from tests.races.lives import Crowd, Deed, Request


def birth(crowd: Crowd) -> Request:
    dam, count = crowd.animal(), crowd.random.choice([1, 1, 2, 3])
    young = [{"sex": crowd.sex(), "stillborn": crowd.random.random() < 0.1} for _ in range(count)]
    young[0] |= {"weight": "850 g", "transponder": str(crowd.random.randrange(10**14, 10**15))}
    place = crowd.random.choice([None, None, crowd.zoo().pk])
    path = f"{crowd.api}/animals/{dam.studbook_number}/log/birth/"
    return {"path": path, "on": crowd.when(), "sire": crowd.parent(), "place": place, "young": young}


def birth_of_unrecorded(crowd: Crowd) -> Request:
    told = {"on": crowd.when(), "sire": crowd.parent(), "dam": crowd.parent(), "place": crowd.zoo().pk}
    return {"path": f"{crowd.api}/log/birth/", "count": 1, **told}


def newcomer(crowd: Crowd) -> Request:
    kind = crowd.random.choice(["capture", "arrival"])
    told: dict[str, Any] = {"on": crowd.when(), "place": crowd.zoo().pk, "sex": crowd.sex()}
    if crowd.random.random() < 0.5:
        told["birth"] = crowd.when()
    if kind == "arrival":
        told |= {"from_institution": crowd.random.choice([None, crowd.zoo().pk]), "sire": crowd.parent()}
        told |= {"terms": crowd.random.choice(["", "loan", "donation"])}
    return {"path": f"{crowd.api}/log/{kind}/", **told}


def life(crowd: Crowd) -> Request:
    kind = crowd.random.choice(["death", "release", "lost", "found", "found"])
    told = {"on": crowd.when()}
    if kind == "found":
        told["place"] = crowd.zoo().pk
    return {"path": f"{crowd.api}/animals/{crowd.animal().studbook_number}/log/{kind}/", **told}


def observe(crowd: Crowd) -> Request:
    kind, told = crowd.random.choice(
        [
            ("weight", {"weight": "38 kg"}),
            ("note", {"note": "=HYPERLINK(1)"}),
            ("sex", {"sex": crowd.sex(), "method": "seen"}),
            ("rearing", {"rearing": "hand"}),
            (
                "identification",
                {"mark": "transponder", "value": f"25026900000000{crowd.random.randrange(10)}"},
            ),
            ("contraception", {"method": "implant", "until": crowd.when()}),
            ("reproduction", {"status": "pregnant"}),
        ]
    )
    return {
        "path": f"{crowd.api}/animals/{crowd.animal().studbook_number}/log/{kind}/",
        "on": crowd.when(),
        **told,
    }


def correct(crowd: Crowd) -> Request:
    animal = crowd.animal()
    told = crowd.random.choice(
        [{"birth": crowd.when()}, {"sex": crowd.sex()}, {"house_name": "Ḿïra"}, {"birth": ""}]
    )
    path = f"{crowd.api}/animals/{animal.studbook_number}/"
    return {"path": path, "call": "patch", "reason": "The card.", "headers": _seen(animal), **told}


def correct_parents(crowd: Crowd) -> Request:
    animal = crowd.animal()
    told = {crowd.random.choice(["sire", "dam"]): crowd.parent() or "wild", "reason": "A test."}
    path = f"{crowd.api}/animals/{animal.studbook_number}/"
    return {"path": path, "call": "patch", "headers": _seen(animal), **told}


def correct_event(crowd: Crowd) -> Request:
    event = crowd.event()
    if event is None:
        return None
    told = crowd.random.choice(
        [{"date": crowd.when()}, {"institution": crowd.zoo().mnemonic}, {"note": "wrong card"}]
    )
    if event.kind == "transfer":
        told |= crowd.random.choice([{}, {"terms": "loan"}, {"terms": "donation"}])
    path = f"{crowd.api}/animals/{event.animal.studbook_number}/events/{event.pk}/"
    return {"path": path, "call": "patch", "reason": "The card.", "headers": _seen(event), **told}


def remove_event(crowd: Crowd) -> Request:
    event = crowd.event()
    if event is None:
        return None
    path = f"{crowd.api}/animals/{event.animal.studbook_number}/events/{event.pk}/"
    return {"path": path, "call": "delete", "reason": "It never happened.", "headers": _seen(event)}


def correct_observation(crowd: Crowd) -> Request:
    found = crowd.observation()
    if found is None:
        return None
    path = f"{crowd.api}/animals/{found.animal.studbook_number}/observations/{found.pk}/"
    call = crowd.random.choice(["patch", "delete"])
    told = {"date": crowd.when()} if call == "patch" else {}
    return {"path": path, "call": call, "reason": "The card.", "headers": _seen(found), **told}


def void(crowd: Crowd) -> Request:
    animal = crowd.animal()
    path = f"{crowd.pages}/animals/{animal.studbook_number}/void/"
    return {"path": path, "opened_version": animal.version, "reason": "No animal."}


def merge(crowd: Crowd) -> Request:
    kept, other = crowd.animal(), crowd.animal()
    path = f"{crowd.pages}/animals/{kept.studbook_number}/merge/{other.studbook_number}/"
    taken = {
        f"take_{name}": crowd.random.choice(["kept", "other"])
        for name in ("sex", "birth", "death", "sire", "dam", "house_name")
    }
    versions = {"opened_version": kept.version, "other_version": other.version}
    return {"path": path, "reason": "One animal.", **versions, **taken}


def undo(crowd: Crowd) -> Request:
    entries = list(AuditEntry.objects.order_by("-pk")[:6])
    if not entries:
        return None
    return {"path": f"{crowd.pages}/deeds/{crowd.random.choice(entries).pk}/undo/", "reason": "A slip."}


def undo_merge(crowd: Crowd) -> Request:
    entries = list(AuditEntry.objects.filter(verb__in=["merge records", "void record"]).order_by("-pk")[:3])
    if not entries:
        return None
    return {"path": f"{crowd.pages}/deeds/{crowd.random.choice(entries).pk}/undo/", "reason": "A slip."}


def go_back(crowd: Crowd) -> Request:
    animal = crowd.animal()
    entries = list(AuditEntry.objects.filter(changes__animal=animal.pk).distinct().order_by("-pk"))
    if not entries:
        return None
    path = f"{crowd.pages}/animals/{animal.studbook_number}/history/{crowd.random.choice(entries).pk}/return/"
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {"path": path, "opened_deed": newest, "reason": "It was right before."}


def decide(crowd: Crowd) -> Request:
    rows: list[Event | Observation] = [
        *Event.objects.filter(provisional=True),
        *Observation.objects.filter(provisional=True),
    ]
    if not rows:
        return None
    chosen = crowd.random.sample(rows, min(len(rows), crowd.random.choice([1, 1, 3])))
    entries = [f"{each._meta.model_name}-{each.pk}-{each.version}" for each in chosen]
    verb = crowd.random.choice(["confirm", "refuse"])
    return {"path": f"{crowd.pages}/pending/{verb}/", "entries": entries, "reason": "Not so."}


def propose(crowd: Crowd) -> Request:
    told: dict[str, Any] = {"animals": crowd.animal().studbook_number, "to": crowd.zoo().mnemonic}
    told["terms"] = crowd.random.choice(["", "loan", "donation", "loan return"])
    if crowd.random.random() < 0.2 and (old := crowd.transfer()):
        told |= {
            "replaces": old.pk,
            "animals": " ".join(each.animal.studbook_number for each in old.lines.all()),
        }
    return {"path": f"{crowd.api}/transfers/", **told}


def take_step(crowd: Crowd) -> Request:
    moved = crowd.transfer()
    if moved is None:
        return None
    course = {
        "proposed": "agree", "agreed": "terms", "terms": "permits", "ready": "schedule", "scheduled": "send",
        "sent": "arrive", "arrived": "close",
    }  # fmt: skip
    step = course.get(moved.state, "comment")
    if crowd.random.random() < 0.1:
        step = crowd.random.choice([*course.values(), "refuse", "withdraw", "lapse"])
    told: dict[str, Any] = {
        "agree": {}, "terms": {"terms": moved.terms or "loan"}, "schedule": {"planned_on": str(timezone.localdate())},
        "send": {"on": str(timezone.localdate())}, "arrive": {"on": crowd.random.choice(["", "about "]) + str(timezone.localdate())},
        "comment": {"note": "?"}, "refuse": {"exit_reason": "space"}, "withdraw": {"exit_reason": "space"},
    }.get(step, {})  # fmt: skip
    place = crowd.random.choice([moved.sender, moved.receiver])
    path = f"{crowd.api}/transfers/{moved.pk}/{step}/"
    return {"path": path, "opened_version": moved.version, "acting_for": place.pk, **told}


def record_past(crowd: Crowd) -> Request:
    told = {"animals": crowd.animal().studbook_number, "to": crowd.zoo().pk, "on": crowd.when()}
    terms = crowd.random.choice(["", "loan", "donation", "loan return"])
    return {"path": f"{crowd.pages}/transfers/record/", "terms": terms, **told}


def round_of_many(crowd: Crowd) -> Request:
    animals = {each.pk: each for each in (crowd.animal() for _ in range(3))}.values()
    kind = crowd.random.choice(["weight", "death", "edit", "note"])
    told: dict[str, Any] = {"rows": len(animals), "on": crowd.when(), "note": "a round", "reason": "A round."}
    for place, animal in enumerate(animals):
        row = {"number": animal.studbook_number, "opened_version": animal.version, "included": "on"}
        row |= {"weight": "40", "house_name": animal.house_name}
        told |= {f"row{place}-{name}": value for name, value in row.items()}
    return {"path": f"{crowd.pages}/many/{kind}/", "rearing": "hand", **told}


def _seen(record: Animal | Event | Observation) -> dict[str, str]:
    return {"If-Match": f'"{record.version}"'}


DEEDS: list[Deed] = [
    birth, birth, birth_of_unrecorded, newcomer, life, life, observe, observe, correct, correct, correct_parents,
    correct_event, correct_event, remove_event, correct_observation, void, merge, merge, undo, undo_merge, go_back,
    go_back, decide, decide, propose, propose, take_step, take_step, take_step, take_step, take_step, record_past,
    round_of_many,
]  # fmt: skip
