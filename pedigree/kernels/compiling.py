"""Whether numba is there, and functions compiled by it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def is_installed() -> bool:
    """Return whether numba can be imported, without importing it: that takes most of a second."""
    return find_spec("numba") is not None


def compiled(function: Function) -> Function:
    """Return the function compiled at its first call, and kept on disk where there is a place for it."""
    jit = import_module("numba").njit
    try:
        fast: Function = jit(nogil=True, cache=True)(function)
    except RuntimeError:
        # Where neither the package nor the user has a folder to write to, each process compiles anew.
        fast = jit(nogil=True)(function)
    return fast
