"""What must hold of an animal's record after any correction, whoever made it and by which way."""

from collections.abc import Iterable

from studbook.animals.ancestry import ancestry_of, refuse_loop
from studbook.animals.deed_rules import refuse_parent
from studbook.animals.models import Animal, ParentCandidate
from studbook.core.findings import rejected


def refuse_impossible_parents(animal: Animal) -> None:
    """Refuse parents, certain or possible, that cannot be: void, of the wrong sex, too young, or a descendant."""
    candidates = list(animal.parent_candidates.select_related("parent"))
    named = [(role, parent) for role in ("sire", "dam") if (parent := getattr(animal, role))]
    named += [(each.role, each.parent) for each in candidates]
    for role, parent in named:
        refuse_void(parent, role)
        refuse_parent(animal, role, parent)
    refuse_loop(ancestry_of(animal.programme), [animal.studbook_number])


def refuse_itself(animal: Animal, role: str, parents: Iterable[Animal]) -> None:
    """Refuse an animal named as its own parent, also as a possible one."""
    if animal in parents:
        number = animal.studbook_number
        sentence = (
            f"Ancestry loop: {number} -> {number}. {animal} cannot be its own {role}. Name another animal."
        )
        raise rejected("B1", [number], sentence, field=role)


def refuse_void(parent: Animal, role: str) -> None:
    """Refuse a parent whose record is no animal any more."""
    if parent.status == Animal.Status.VOID:
        sentence = f"The record {parent} is void and cannot be a {role}. Name another animal, or undo what made it void."
        raise rejected("B16", [parent.studbook_number], sentence, field=role)


def refuse_used_as_parent(animal: Animal) -> None:
    """Refuse to void a record that is a parent of standing animals."""
    offspring = [
        *Animal.objects.filter(sire=animal),
        *Animal.objects.filter(dam=animal),
        *Animal.objects.filter(pk__in=ParentCandidate.objects.filter(parent=animal).values("animal")),
    ]
    if offspring:
        numbers = sorted({each.studbook_number for each in offspring})
        sentence = (
            f"{animal} is a parent, or may be one, of {', '.join(numbers)}, so its record cannot be void. Correct the parents "
            "of those first, or merge this record with the right one."
        )
        raise rejected("D7", (animal.studbook_number, *numbers), sentence)
