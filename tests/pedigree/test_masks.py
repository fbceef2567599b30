"""Who is meant is said by True or False for each animal; whatever merely looks like that is refused."""

import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import pedigree as engine
from pedigree import MaskError, Pedigree, founder_table, kinship_matrix, known_fraction
from tests.pedigree import lacy

PEDIGREE = lacy.t1()
SIZE = len(PEDIGREE)
EVERYONE = np.full(SIZE, True)
FOUNDERS = np.full(len(founder_table(PEDIGREE, EVERYONE)), True)

GIVEN: dict[str, Any] = {
    "self": PEDIGREE,
    "pedigree": PEDIGREE,
    "kinship": kinship_matrix(PEDIGREE),
    "known": known_fraction(PEDIGREE),
    "inbreeding": np.zeros(SIZE),
    "equivalents": np.full(SIZE, 2.0),
    "sire": 0,
    "dam": 1,
    "drops": 1,
    "age": np.full(SIZE, 3),
    "entry": np.zeros(SIZE),
    "exit_": np.ones(SIZE),
    "chance": np.full(SIZE, 0.25),
    "candidates": EVERYONE,
    "is_male": np.arange(SIZE) % 2 == 0,
    "males": 1,
    "females": 1,
    **dict.fromkeys(("living", "measured", "keep", "died", "animals", "sires", "dams", "donors"), EVERYONE),
    "founders": FOUNDERS,
}
"""What is given by the name of a parameter: a new function with a mask is asked too, or fails for want of a name."""

WRONG: dict[str, Callable[[NDArray[np.bool_]], object]] = {
    "array of type int64": lambda mask: mask.astype(np.int64),
    "array of type float64": lambda mask: mask.astype(np.float64),
    "array of type object": lambda mask: mask.astype(object),
    "array of type uint8": lambda mask: mask.view(np.uint8),
    "array of shape .*,.": lambda mask: mask[1:],
    "array of shape ..,.": lambda mask: np.append(mask, True),
    "array of shape .1, .": lambda mask: mask[None],
    r"array of shape \(\)": lambda mask: np.array(True),
    "object of type list": lambda mask: mask.tolist(),
    "object of type bool": lambda mask: True,
}


def public() -> Iterator[tuple[str, Callable[..., object]]]:
    for name in engine.__all__:
        value = getattr(engine, name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            for part in vars(value):
                method = getattr(value, part)
                if not part.startswith("_") and callable(method) and hasattr(method, "__annotations__"):
                    yield f"{name}.{part}", method


def is_mask(hint: object) -> bool:
    options = (hint, *typing.get_args(hint))
    return any(option == NDArray[np.bool_] for option in options)


def masks() -> Iterator[tuple[str, Callable[..., object], str]]:
    for name, function in public():
        hints = {**typing.get_type_hints(function), "return": None}
        yield from ((name, function, parameter) for parameter, hint in hints.items() if is_mask(hint))


MASKS = {f"{name}({parameter})": (function, parameter) for name, function, parameter in masks()}


def asked(function: Callable[..., object], parameter: str, change: Callable[..., object]) -> object:
    needed = [
        each.name
        for each in inspect.signature(function).parameters.values()
        if each.default is each.empty or each.name in (parameter, "drops")
    ]
    return function(**{name: GIVEN[name] for name in needed} | {parameter: change(GIVEN[parameter])})


def test_masks__are_found_in_functions_and_methods() -> None:
    assert {"gene_drop(living)", "Pedigree.subset(keep)", "Population.of(living)"} <= MASKS.keys()
    assert {"rank_pairs(dams)", "lineage_share(founders)", "kinship_among(animals)"} <= MASKS.keys()


@pytest.mark.parametrize("place", MASKS)
def test_mask__of_booleans_is_accepted(place: str) -> None:
    function, parameter = MASKS[place]
    assert asked(function, parameter, lambda mask: mask) is not None


# Founders may be given by name too, so what is no array is not taken for a mask there.
REFUSED = [
    (place, given)
    for place in MASKS
    for given in WRONG
    if not (place == "lineage_share(founders)" and given.startswith("object"))
]


@pytest.mark.parametrize(("place", "given"), REFUSED)
def test_mask__of_anything_else_is_refused(place: str, given: str) -> None:
    function, parameter = MASKS[place]
    wanted = f"{len(FOUNDERS)} founders" if parameter == "founders" else f"{SIZE} animals"
    with pytest.raises(MaskError, match=f"^`{parameter}` was given as an {given}.* for each of the {wanted}"):
        asked(function, parameter, WRONG[given])


def test_mask_error__says_what_was_given_what_is_wanted_and_how_to_make_it() -> None:
    with pytest.raises(MaskError) as caught:
        Pedigree.subset(PEDIGREE, np.array([0, 1]))  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"`keep` was given as an array of type int64, but must say True or False for each of the {SIZE} animals. "
        f"Give an array of {SIZE} booleans: Pedigree.mask makes one from ids, `array == 1` one from numbers."
    )
