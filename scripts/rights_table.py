"""Write the table of roles in docs/rights.md from studbook/permissions.toml: `python -m scripts.rights_table`."""

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TABLE, PAGE = ROOT / "studbook" / "permissions.toml", ROOT / "docs" / "rights.md"
BEGIN, END = "<!-- table of roles: begin -->", "<!-- table of roles: end -->"
IN_WORDS = {
    "programme": "everywhere",
    "held": "animals it holds",
    "owned": "animals it owns",
    "institution": "for itself",
}


def table_of_roles(table: dict[str, Any]) -> str:
    """Return what each role may do, a line for each right."""
    roles = list(table["roles"])
    lines = [f"| right | {' | '.join(roles)} |", "|---|" + "---|" * len(roles)]
    for right, words in table["rights"].items():
        given = [_scopes(table["roles"][role], right) for role in roles]
        lines.append(f"| **{right}**: {words} | {' | '.join(given)} |")
    return "\n".join(lines)


def page_with(table: str, page: str) -> str:
    """Return the page with the table between its marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _scopes(given: dict[str, list[str]], right: str) -> str:
    return ", ".join(words for scope, words in IN_WORDS.items() if right in given.get(scope, ())) or "–"


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    written = page_with(table_of_roles(tomllib.loads(TABLE.read_text(encoding="utf-8"))), page)
    if sys.argv[1:] == ["--check"] and written != page:
        sys.exit("docs/rights.md does not show the present table: run `python -m scripts.rights_table`.")
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
