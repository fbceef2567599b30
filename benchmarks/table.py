"""The table of one run, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from benchmarks.targets import HOWS, Comparison, Found, Key

UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"))
HEADER: Final = "| What | Takes | Beside | Takes | Ratio | Target | Met |\n|-|-:|-|-:|-:|-|-|"
NAMES: Final = {
    "copy": "copying a matrix in memory, {} rows",
    "kinship": "kinship of all pairs, {} animals",
    "inbreeding": "F of all, {} animals",
    "mean kinship": "mean kinship of {} animals to 250 living, F known",
    "kinship of the living": "kinship among 250 living out of {}, F known",
    "gene drop": "gene drop of {} animals, 10,000 times",
    "pairs": "15,625 pairs ranked, kinship of {} known",
    "birth": "one birth appended to the kinship of {}",
    "what if": "one litter among 250 living, kinship of {} known: all MKs and ranks",
    "projection": "a run of {} animals and 20 years, mean kinship by the pedigree",
    "projection by loci": "a run of {} animals and 20 years, mean kinship by loci",
    "plan": "a run of {} animals and 20 years, the plan by the pedigree",
    "plan by loci": "a run of {} animals and 20 years, the plan by loci",
    "plan of years": "a run of 250 animals and {} years, the plan by the pedigree",
}


def name(key: Key) -> str:
    """Return what was measured, in words."""
    question, how, size = key
    words = NAMES[question].format(f"{size:,}")
    return words if question == "copy" else f"{words}: {HOWS[how]}"


def duration(seconds: float) -> str:
    """Return a duration with two figures and a unit that suits it."""
    unit, symbol = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    amount = seconds / unit
    return f"{amount:.0f} {symbol}" if amount >= 10 else f"{amount:.1f} {symbol}"


def lines(comparisons: tuple[Comparison, ...], found: Found) -> Iterator[str]:
    """Yield the table, a line for each comparison."""
    yield HEADER
    for each in comparisons:
        cells = (
            *(cell for key in (each.ours, each.other) for cell in (name(key), _amount(each, found, key))),
            _ratio(each, found),
            _target(each),
            {True: "yes", False: "**no**", None: ""}[each.is_met(found)],
        )
        yield f"| {' | '.join(cells)} |"


def _amount(each: Comparison, found: Found, key: Key) -> str:
    if each.of == "peak_megabytes":
        return f"{found[key].peak_megabytes:,.0f} MB at most"
    return duration(found[key].seconds)


def _ratio(each: Comparison, found: Found) -> str:
    ratio = each.ratio(found)
    if each.least is not None:
        return f"{ratio:.3g} times faster"
    return f"1/{1 / ratio:,.0f}" if ratio < 0.1 else f"{ratio:,.3g}" if ratio < 1000 else f"{ratio:,.0f}"


def _target(each: Comparison) -> str:
    if each.least is not None:
        return f"at least {each.least:g}"
    if each.most is None:
        return ""
    return f"at most {each.most:,g}" if each.most >= 1 else f"at most 1/{1 / each.most:,.0f}"


def missed(comparisons: tuple[Comparison, ...], found: Found) -> list[str]:
    """Return what did not keep its target."""
    return [name(each.ours) for each in comparisons if each.is_met(found) is False]


def machine_lines(machine: Mapping[str, str]) -> Iterator[str]:
    """Yield the machine and the versions."""
    for what, value in machine.items():
        yield f"- {what}: {value}"
