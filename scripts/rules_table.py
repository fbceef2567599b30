"""Write the table of rules in docs/rules.md from studbook/core/rulebook.toml: `python -m scripts.rules_table`."""

import sys
from pathlib import Path

from studbook.core.rulebook import DOORS, Rule, rulebook

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
BEGIN, END = "<!-- table of rules: begin -->", "<!-- table of rules: end -->"
PARTS = {
    "A": "Identity",
    "B": "Pedigree",
    "C": "Life events and places",
    "D": "Programme and plan",
    "E": "Derived numbers",
    "G": "Genome bank",
    "K": "Completeness",
}


def table_of_rules() -> str:
    """Return every rule under the heading of its part, and what doors are closed and why."""
    parts = []
    for letter, heading in PARTS.items():
        rules = [rule for code, rule in rulebook().items() if code.startswith(letter)]
        lines = ["| rule | level | it says | remedy | held by | asked at |", "|---|---|---|---|---|---|"]
        parts += [f"### {letter}. {heading}", "\n".join([*lines, *map(_line, rules)]), *_reasons(rules)]
    return "\n\n".join(parts)


def page_with(table: str, page: str) -> str:
    """Return the page with the table between its marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _line(rule: Rule) -> str:
    held = "; ".join(
        f"{kind}: {', '.join(f'`{name}`' for name in names)}" for kind, names in rule.held.items()
    )
    doors = ", ".join(rule.doors) or "–"
    return f"| **{rule.code}** | {', '.join(rule.levels)} | {rule.rule} | {rule.remedy} | {held or '–'} | {doors} |"


def _reasons(rules: list[Rule]) -> list[str]:
    told = [
        f"- {rule.code}, {door}: {rule.closed[door]}"
        for rule in rules
        for door in DOORS
        if door in rule.closed
    ]
    return ["Not asked:", "\n".join(told)] if told else []


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    written = page_with(table_of_rules(), page)
    if sys.argv[1:] == ["--check"] and written != page:
        sys.exit("docs/rules.md does not show the present rules: run `python -m scripts.rules_table`.")
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
