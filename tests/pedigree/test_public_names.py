"""What every public name of the engine owes its readers."""

import inspect
import types
from pathlib import Path

import pytest

import pedigree

FUNCTIONS = {
    name: getattr(pedigree, name) for name in pedigree.__all__ if inspect.isfunction(getattr(pedigree, name))
}
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_function__tells_its_convention_and_shows_an_example(name: str) -> None:
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    parts = text.split("\n\n")
    assert parts[0].endswith(".")
    assert "\n" not in parts[0]
    for section in ("Parameters", "Returns", "Notes", "Examples"):
        assert f"{section}\n{'-' * len(section)}\n" in text
    assert ">>> " in text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_function__is_in_the_glossary(name: str) -> None:
    assert f"`{name}`" in (DOCS / "glossary.md").read_text()


def test_public_names__are_all_there_and_in_order() -> None:
    names = [name for name in pedigree.__all__ if not isinstance(getattr(pedigree, name), types.ModuleType)]
    assert names == pedigree.__all__
    assert len(set(names)) == len(names)


def test_glossary__leads_to_pages_that_exist() -> None:
    text = (DOCS / "glossary.md").read_text()
    pages = {part.split(")")[0] for part in text.split("](")[1:]}
    assert pages
    assert all((DOCS / page).exists() for page in pages)


@pytest.mark.parametrize(
    "page", sorted((DOCS / "algorithms").glob("*.md"), key=lambda path: path.name), ids=lambda p: p.stem
)
def test_algorithm_page__asks_and_answers(page: Path) -> None:
    text = page.read_text()
    assert "**Question.**" in text
    for heading in ("Formula", "Conventions", "Worked example", "Source"):
        assert f"\n## {heading}" in text


def test_public_names__hide_no_module() -> None:
    modules = {path.stem for path in Path(pedigree.__file__).parent.glob("*.py")}
    assert modules.isdisjoint(pedigree.__all__)
