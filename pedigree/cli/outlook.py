"""What a projection can be asked on the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from pedigree.errors import ScenarioError
from pedigree.projection import (
    KINSHIPS,
    STRATEGIES,
    Arrivals,
    Catastrophe,
    Departures,
    GenomeBank,
    Scenario,
)

Part = TypeVar("Part", Arrivals, Departures, Catastrophe)
PLAIN: Final = Scenario()
NUMBERS: Final[dict[str, tuple[type, str]]] = {
    "years": (int, "how many years"),
    "seed": (int, "the same seed gives the same answer"),
    "capacity": (int, "spaces: no more pairs are recommended than fill them"),
    "share_male": (float, "the chance that a young is male"),
    "fulfilment": (float, "the chance that a recommended pair has a litter, instead of that of Mx"),
    "litters_per_sire": (int, "the most recommended pairs of a male in a year"),
    "kinship_limit": (float, "pairs of a higher kinship are not recommended"),
    "lethal_equivalents": (
        float,
        "of a diploid genome: first years are survived with exp(-F x half of them)",
    ),
    "rates_inbreeding": (float, "the mean F of the young that Q0 was counted on"),
    "extinction_threshold": (int, "fewer animals than this count as extinct"),
    "loci": (int, "neutral loci that are carried along"),
}
"""The numbers of a scenario that have an option of their name."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The scenarios asked about, how often, and on whom."""

    scenarios: tuple[Scenario, ...]
    rates: Path | None
    runs: int
    processes: int
    level: float
    straws: Path | None
    goal: float | None
    target: int | None
    on: date | None
    unknown_age: int | None


def add_outlook_options(
    command: argparse.ArgumentParser,
    number_from: Callable[..., Callable[[str], int]],
    day: Callable[[str], date],
) -> None:
    """Add the options of a projection."""
    add = command.add_argument
    meaning = "Qx and Mx by age: CSV with age, Qx, Mx and, unless both sexes are alike, sex (M, F, all)"
    add("--rates", type=Path, metavar="FILE", help=meaning)
    add("--runs", type=number_from(1), default=1000, metavar="N", help="how many runs (1000)")
    meaning = "who breeds with whom (mean-kinship); given again, strategies side by side"
    add("--strategy", choices=STRATEGIES, action="append", default=[], dest="strategies", help=meaning)
    for name, (kind, meaning) in NUMBERS.items():
        usual = getattr(PLAIN, name)
        shown = meaning if usual is None else f"{meaning} ({usual})"
        add(f"--{name.replace('_', '-')}", type=kind, default=usual, metavar="N", help=shown)
    meaning = "animals above the capacity leave after breeding; then pairs are not limited by it"
    add("--exports-surplus", action="store_true", help=meaning)
    meaning = "chances of litters of 1, 2, 3 ... young, as 0.3,0.5,0.2"
    add("--litters", type=_chances, default=PLAIN.litter_sizes, metavar="LIST", help=meaning)
    for name, kind in (("import", Arrivals), ("export", Departures), ("catastrophe", Catastrophe)):
        parts = ", ".join(f"{field.name}=" for field in fields(kind))
        meaning = f"any of {parts} joined by commas; may be given again"
        add(
            f"--{name}",
            type=_part(kind),
            action="append",
            default=[],
            metavar="PARTS",
            dest=f"{name}s",
            help=meaning,
        )
    add("--bank", type=Path, metavar="FILE", help="banked straws: CSV with id and straws")
    add(
        "--bank-success",
        type=float,
        default=GenomeBank().success,
        metavar="N",
        help="what a straw multiplies a dam's chance by (0.5)",
    )
    add("--bank-per-year", type=number_from(0), metavar="N", help="the most inseminations of a year")
    add(
        "--kinship",
        choices=KINSHIPS,
        default=PLAIN.kinship,
        help="by the pedigree (exact), or by the loci, for thousands of animals",
    )
    add("--processes", type=number_from(1), default=1, metavar="N", help="processes of this machine (1)")
    add("--level", type=float, default=0.9, metavar="N", help="the share of runs between low and high (0.9)")
    add(
        "--goal", type=float, metavar="GD", help="also in how many runs gene diversity stays at or above this"
    )
    add(
        "--target",
        type=number_from(1),
        metavar="N",
        help="also in how many runs so many animals were reached",
    )
    add("--on", type=day, metavar="DATE", help="the day of the start; the last date of the file if not given")
    add(
        "--unknown-age",
        type=number_from(0),
        metavar="YEARS",
        help="the age of animals without a date of birth",
    )


def outlook_of(options: argparse.Namespace) -> Outlook:
    """Return what the options ask."""
    bank = GenomeBank(options.bank_success, options.bank_per_year) if options.bank else None
    scenario = Scenario(
        litter_sizes=options.litters,
        limits_litters=not options.exports_surplus,
        exports_surplus=options.exports_surplus,
        imports=tuple(options.imports),
        exports=tuple(options.exports),
        catastrophes=tuple(options.catastrophes),
        bank=bank,
        kinship=options.kinship,
        **{name: getattr(options, name) for name in NUMBERS},
    )
    strategies = dict.fromkeys(options.strategies) or (PLAIN.strategy,)
    return Outlook(
        tuple(replace(scenario, strategy=strategy) for strategy in strategies),
        options.rates,
        options.runs,
        options.processes,
        options.level,
        options.bank,
        options.goal,
        options.target,
        options.on,
        options.unknown_age,
    )


def _chances(text: str) -> tuple[float, ...]:
    try:
        chances = tuple(float(each) for each in text.split(","))
        Scenario(litter_sizes=chances)
    except (ScenarioError, ValueError) as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return chances


def _part(kind: type[Part]) -> Callable[[str], Part]:
    names = [field.name for field in fields(kind)]

    def part(text: str) -> Part:
        given: dict[str, Any] = {}
        for each in text.split(","):
            match = re.fullmatch(r"\s*([a-z_]+)=([0-9.]+|yes|no)\s*", each)
            if match is None or match[1] not in names:
                raise argparse.ArgumentTypeError(
                    f"{each!r} is none of its parts. Write {', '.join(names)}, each as name=number, joined by commas."
                )
            given[match[1]] = _value(match[2])
        try:
            return kind(**given)
        except TypeError:
            raise argparse.ArgumentTypeError(f"{text!r} lacks {names[0]}. Add {names[0]}=number.") from None

    return part


def _value(text: str) -> int | float | bool:
    if text in ("yes", "no"):
        return text == "yes"
    return int(text) if text.isdigit() else float(text)
