"""The appendices on who may breed and on who speaks for the institutions."""

from django.utils.text import capfirst

from studbook.planning.paper.blocks import Column, Section, Table, Text, row
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import ANIMAL, aged, day, placed
from studbook.planning.wording import counted, sentence

NOTHING_STANDS = "Nothing on record keeps a living animal from breeding, and nothing was found."
NOBODY_NAMED = "No institution has a representative in this book."


def reproduction_section(inputs: Plain) -> Section | None:
    """Return appendix J; None of a version from before it was frozen."""
    told, title = inputs.get("reproduction"), "Appendix J. Contraception and reproductive health"
    if told is None:
        return None
    animals, places = inputs["book"]["animals"], inputs["book"]["places"]
    if not told["standing"]:
        return Section("reproduction", title, (Text((NOTHING_STANDS,)),))
    table = Table(
        columns=(*ANIMAL, Column("What stands", width="1fr")),
        rows=tuple(
            row(
                number,
                animals[number]["house_name"],
                animals[number]["sex"],
                aged(animals[number].get("age")),
                placed(animals[number].get("holder"), places),
                " ".join(sentence(capfirst(each)) for each in states),
            )
            for number, states in told["standing"]
            if number in animals
        ),
        note=f"As recorded on {day(told['read_on'])}. An animal that is not listed has nothing on record.",
        sheet="Reproduction",
        small=True,
    )
    return Section("reproduction", title, (table,), breaks=True)


def people_section(inputs: Plain) -> Section | None:
    """Return appendix K; None of a version from before it was frozen."""
    told, title = inputs.get("people"), "Appendix K. Representatives"
    if told is None:
        return None
    if not told:
        return Section("people", title, (Text((NOBODY_NAMED,)),))
    holding = {each["holder"] for each in inputs["book"]["animals"].values() if each.get("holder")}
    without = len(holding - {each["key"] for each in told})
    note = f"Without one in this book: {counted(without, 'other institution')} with living animals."
    table = Table(
        columns=(
            Column("Institution", width="2.4cm", letters=12),
            Column("Name", width="1fr"),
            Column("Representatives", width="1fr"),
        ),
        rows=tuple(row(each["mnemonic"], each["name"], ", ".join(each["people"])) for each in told),
        note=note if without else "",
        sheet="Representatives",
        small=True,
    )
    return Section("people", title, (table,))
