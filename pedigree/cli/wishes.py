"""What a breeding plan can be asked on the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NUMBERS: Final[dict[str, tuple[type, str]]] = {
    "inbreeding_limit": (float, "F of every young stays below it"),
    "km_most": (float, "kilometres of all pairs at most"),
    "cost_per_km": (float, "what a kilometre costs, in mean kinship"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """The litters wanted, the limits, and the file of pairs, where there is one."""

    wanted: int | None
    at_most: bool
    litter: int
    per_pair: int
    per_sire: int | None
    per_dam: int | None
    inbreeding_limit: float | None
    km_most: float | None
    cost_per_km: float | None
    moves_most: int | None
    pairs: Path | None
    groups: tuple[tuple[str, float], ...]
    required: tuple[tuple[str, str], ...]
    forbidden: tuple[tuple[str, str], ...]
    costs: bool


def add_plan_options(
    command: argparse.ArgumentParser, number_from: Callable[..., Callable[[str], int]]
) -> None:
    """Add the options of a plan."""
    add = command.add_argument
    add("--wanted", type=number_from(0), metavar="N", help="how many litters in all")
    add("--at-most", action="store_true", help="accept fewer, as many as the limits allow")
    add("--litter", type=number_from(1), default=1, metavar="N", help="young of each litter (1)")
    add("--per-pair", type=number_from(1), default=1, metavar="N", help="litters of one pair at most (1)")
    for side in ("sire", "dam"):
        add(f"--per-{side}", type=number_from(0), metavar="N", help=f"litters of one {side} at most")
    for name, (kind, meaning) in NUMBERS.items():
        add(f"--{name.replace('_', '-')}", type=kind, metavar="N", help=meaning)
    add(
        "--transfers",
        type=number_from(0),
        metavar="N",
        dest="moves_most",
        help="pairs that need one, at most",
    )
    meaning = "the pairs that may breed: CSV with sire and dam, and chance, km, transfer (yes, no) or columns of groups"
    add("--pairs", type=Path, metavar="FILE", help=meaning)
    meaning = "litters at most of a group, a column of the file of pairs that says what a litter counts; may be given again"
    add("--group", type=_group, action="append", default=[], metavar="NAME=N", dest="groups", help=meaning)
    for name, meaning in (("require", "at least one litter"), ("forbid", "none")):
        text = f"a pair that has {meaning}; may be given again"
        add(f"--{name}", nargs=2, action="append", default=[], metavar=("SIRE", "DAM"), help=text)
    add("--costs", action="store_true", help="also, on stderr or in the JSON, what each limit costs")


def wishes_of(options: argparse.Namespace) -> Wishes:
    """Return what the options ask."""
    pairs = {
        name: tuple((sire, dam) for sire, dam in getattr(options, name)) for name in ("require", "forbid")
    }
    plain = (
        "wanted",
        "at_most",
        "litter",
        "per_pair",
        "per_sire",
        "per_dam",
        "moves_most",
        "pairs",
        "costs",
        *NUMBERS,
    )
    given = {name: getattr(options, name) for name in plain}
    return Wishes(groups=tuple(options.groups), required=pairs["require"], forbidden=pairs["forbid"], **given)


def _group(text: str) -> tuple[str, float]:
    match = re.fullmatch(r"\s*(.+?)\s*=\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*", text)
    if match is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} sets no limit. Write the name of a column and a number, as zoo=2."
        )
    return match[1].lower(), float(match[2])
