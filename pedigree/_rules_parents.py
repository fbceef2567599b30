"""Rules about who may be whose parent, apart from dates."""

from __future__ import annotations

from collections.abc import Iterator

from pedigree._facts import NOTIFY, REJECT, WARN, Facts, Problem
from pedigree.structure import FEMALE, MALE, SEXES, UNKNOWN, UNKNOWN_SEX, WILD, Pedigree

ROLES = (("sire", MALE), ("dam", FEMALE))


def sex_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield B2 (a sire that is female, a dam that is male) and C12 (a parent of unknown sex)."""
    for role, sex in ROLES:
        for parent, offspring in _offspring(pedigree, role).items():
            animal, found = pedigree.ids[parent], int(pedigree.sex[parent])
            if found == UNKNOWN_SEX:
                young = _some(offspring)
                sentence = (
                    f"Animal {animal} is the {role} of {young}, but its sex is unknown. Record its sex."
                )
                yield Problem("C12", (animal, *offspring), WARN, sentence)
            elif found != sex and not facts.species.hermaphrodite:
                yield _wrong_sex(animal, role, SEXES[found], offspring)


def _wrong_sex(animal: str, role: str, sex: str, offspring: list[str]) -> Problem:
    sentence = (
        f"Animal {animal} is recorded {sex}, but is the {role} of {_some(offspring)}. "
        f"Correct the sex of {animal}, or the {role} of its offspring."
    )
    return Problem("B2", (animal, *offspring), REJECT, sentence)


def double_role_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield B3: an animal that is sire of one and dam of another."""
    if facts.species.hermaphrodite:
        return
    as_sire, as_dam = (_offspring(pedigree, role) for role in ("sire", "dam"))
    for parent in sorted(as_sire.keys() & as_dam.keys()):
        animal = pedigree.ids[parent]
        sentence = (
            f"Animal {animal} is the sire of {_some(as_sire[parent])} and the dam of {_some(as_dam[parent])}. "
            "Correct the parents of one of them."
        )
        yield Problem("B3", (animal, *as_sire[parent], *as_dam[parent]), REJECT, sentence)


def origin_problems(pedigree: Pedigree, facts: Facts) -> Iterator[Problem]:
    """Yield B14 (born in captivity of a wild parent) and K1, K2 (parents half known, or not at all)."""
    for row, animal in enumerate(pedigree.ids):
        codes = {"sire": int(pedigree.sire[row]), "dam": int(pedigree.dam[row])}
        captive = animal in facts.captive_born
        if captive and WILD in codes.values():
            yield _captive_of_wild(animal, "sire" if codes["sire"] == WILD else "dam")
        unknown = [role for role, code in codes.items() if code == UNKNOWN]
        if len(unknown) == 1:
            sentence = f"The {unknown[0]} of animal {animal} is unknown. Find it if you can."
            yield Problem("K1", (animal,), NOTIFY, sentence)
        elif unknown and captive:
            sentence = (
                f"Animal {animal} was born in captivity, but neither parent is known. Find them if you can."
            )
            yield Problem("K2", (animal,), NOTIFY, sentence)


def _captive_of_wild(animal: str, role: str) -> Problem:
    sentence = f"Animal {animal} was born in captivity, but its {role} is wild. Use unknown instead."
    return Problem("B14", (animal,), REJECT, sentence)


def _offspring(pedigree: Pedigree, role: str) -> dict[int, list[str]]:
    offspring: dict[int, list[str]] = {}
    for row, animal in enumerate(pedigree.ids):
        for parent, _ in pedigree.possible(row, role):
            if parent >= 0:
                offspring.setdefault(parent, []).append(animal)
    return offspring


def _some(animals: list[str]) -> str:
    if len(animals) <= 3:
        return ", ".join(animals)
    return f"{', '.join(animals[:3])} and {len(animals) - 3} more"
