"""Deeds said once: how each is done on a page or through the API, and what rows of a file would say the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.rules.world import Cat, World, cat, event, kind_of

Rows = Callable[[World], World]


@dataclass(frozen=True, slots=True)
class Deed:
    """`route` is the way both the page and the API go; `rows` turns a book into one of which the deed is a part."""

    route: str
    rows: Rows | None
    number: str = ""
    kind: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def birth(number: str, on: str, *, dam: str = "2", sire: str = "", count: int = 1, **young: str) -> Deed:
    """Dam 2 bears young, the first of which gets a number."""
    place = young.pop("place", "")
    numbers = [str(int(number) + each) for each in range(count)]
    rows = [{"studbook_number": each, "sex": "F"} | young for each in numbers]
    fields = {"on": on, "sire": sire or "unknown", "place": place, "young": rows}
    named: dict[str, str] = {"sire": sire, "dam": dam, "rearing": "unknown", **young}
    sex = named.pop("sex", "F")
    local_id = named.pop("local_id", "")

    def written(world: World) -> World:
        born = event("birth", on, place or _holder(world, dam), local_id=local_id)
        return world.with_cats(*(cat(each, sex, on, events=[born], **named) for each in numbers))

    return Deed("log", written, dam, "birth", fields)


def arrival(number: str, born: str = "2014-05-01", *, on: str = "2020-01-01", **told: str) -> Deed:
    """An animal comes to a zoo from outside the programme."""
    place, chip = told.get("place", "ZOOA"), told.get("transponder")
    facts = {"sex": "F", "birth_type": "captive", "sire": "unknown", "dam": "unknown", **told}
    fields = {"studbook_number": number, "birth": born, "on": on, **facts, "place": place}
    beside = ("sex", "place", "transponder", "local_id")
    columns = {name: each for name, each in facts.items() if name not in beside}

    def written(world: World) -> World:
        came = event("transfer", on, place, local_id=told.get("local_id", ""))
        new = world.with_cats(cat(number, facts["sex"], born, events=[came], **columns))
        return new.with_mark(studbook_number=number, kind="transponder", value=chip) if chip else new

    return Deed("log_new", written, "", "arrival", fields)


def happened(kind: str, number: str, on: str, place: str = "", **told: str) -> Deed:
    """A death, a release, a loss or a finding again."""
    fields = {"on": on, **({"place": place} if place else {}), **told}

    def written(world: World) -> World:
        before = world.cat(number)
        after = before.then(event(kind, on, place or _holder(world, number)))
        return world.changed(number, after.but(death=on) if kind == "death" else after)

    return Deed("log", written, number, kind, fields)


def observed(kind: str, number: str, on: str, **told: str) -> Deed:
    """Something is seen or done that no file tells of."""
    return Deed("log", None, number, kind, {"on": on, **told})


def marked(number: str, value: str, kind: str = "transponder") -> Deed:
    """An animal is given a mark."""
    return Deed(
        "log",
        lambda world: world.with_mark(studbook_number=number, kind=kind, value=value),
        number,
        "identification",
        {"on": "2020-01-01", "mark": kind, "value": value},
    )


def facts(number: str, **columns: str) -> Deed:
    """Facts of an animal are corrected; its birth is corrected in its event too."""

    def written(world: World) -> World:
        before = world.cat(number)
        after = before.but(**columns)
        moved = tuple(
            {**row, "date": columns["birth"]} if row["kind"] == "birth" and "birth" in columns else row
            for row in before.events
        )
        return world.changed(number, Cat(after.columns, moved))

    return Deed("correct_animal", written, number, "", columns)


def parents(number: str, sire: str = "unknown", dam: str = "unknown") -> Deed:
    """Both parents are corrected; several are `4:0.5;5:0.5`."""
    fields = {"sire": _in_percent(sire), "dam": _in_percent(dam)}

    def written(world: World) -> World:
        named = {role: "" if words in ("unknown", "wild") else words for role, words in _roles(sire, dam)}
        kinds = {f"{role}_kind": kind_of(words) for role, words in _roles(sire, dam)}
        return world.changed(number, world.cat(number).but(**named, **kinds))

    return Deed("correct_parents", written, number, "", fields)


def event_fact(number: str, position: int, **columns: str) -> Deed:
    """Facts of an event are corrected, named as in the file."""
    names = {"from": "from_institution"}
    fields = {names.get(name, name): value for name, value in columns.items()}

    def written(world: World) -> World:
        before = world.cat(number)
        rows = list(before.events)
        rows[position] = {**rows[position], **columns}
        return world.changed(number, Cat(before.columns, tuple(rows)))

    return Deed("correct_event", written, number, str(position), fields)


def proposed(number: str, to: str = "ZOOB", terms: str = "donation") -> Deed:
    """A transfer is proposed; in a file it has happened."""
    moved = event("transfer", "2025-06-01", to, terms=terms)
    return Deed(
        "transfer",
        lambda world: world.changed(number, world.cat(number).then(moved)),
        number,
        "",
        {"animals": number, "to": to, "terms": terms},
    )


def only_rows(rows: Rows) -> Deed:
    """Only a file can say this."""
    return Deed("", rows)


def _holder(world: World, number: str) -> str:
    return world.cat(number).events[-1]["institution"]


def _roles(sire: str, dam: str) -> tuple[tuple[str, str], ...]:
    return ("sire", sire), ("dam", dam)


def _in_percent(words: str) -> str:
    if ":" not in words:
        return words
    shares = [each.split(":") for each in words.split(";")]
    return ", ".join(f"{number}: {float(share) * 100:g} %" for number, share in shares)
