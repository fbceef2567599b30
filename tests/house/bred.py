"""What was recorded of reproduction, and how it stands to the people of the matrix."""

from tests import factories
from tests.house.matrix import OTHER, OWN, Case
from tests.house.world import HIDDEN, NOBODY, World

RECORDS = ("pairing", "mating", "procedure")


def bred(world: World) -> dict[str, list[Case]]:
    """Return what was recorded of reproduction: at the zoo itself, at another, of another programme."""
    cases: dict[str, list[Case]] = {noun: [] for noun in RECORDS}
    for title, letter, number in (
        ("recorded here", "A", "A101"),
        ("recorded elsewhere", "B", "A107"),
        ("in another programme", "D", "A190"),
    ):
        code = OTHER if letter == "D" else OWN
        hidden = HIDDEN if code == OTHER else ""
        told = {"programme": world.programmes[code], "institution": world.zoos[letter], "note": hidden}
        two = {"dam": world.animals[number], "sire": world.animals["SD" if code == OTHER else "SA"]}
        pairing = factories.PairingFactory(**told, **two)
        mating = factories.MatingFactory(**told, **two)
        paper = factories.ProcedureFileFactory(
            procedure__animal=two["dam"],
            title=hidden or "Picture",
            **{f"procedure__{k}": v for k, v in told.items()},
        )
        factories.ExaminationFactory(procedure=paper.procedure, findings=hidden)
        names = {
            "pairing": {"pk": pairing.pk},
            "mating": {"pk": mating.pk},
            "procedure": {"pk": paper.procedure.pk, "file": paper.pk},
        }
        for noun in RECORDS:
            cases[noun].append(Case(title, code=code, names=names[noun], parties=(letter,)))
            if code == OTHER:
                cases[noun].append(Case("of another programme", there=False, names=names[noun]))
    for noun in RECORDS:
        absent = dict.fromkeys(("pk", "file"), NOBODY)
        cases[noun].append(Case("absent", there=False, names=absent))
    return cases
