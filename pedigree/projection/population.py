"""The population that a projection starts from: who lives, and whose straws are in the bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._dropping import Plan, planned
from pedigree._masks import check_mask
from pedigree._origins import origins
from pedigree._tabular import Matrix
from pedigree.errors import ScenarioError
from pedigree.lineage import founding
from pedigree.relationship import kinship_among
from pedigree.structure import FEMALE, Pedigree

NO_STRAWS: Mapping[str, int] = {}
OLDEST = 10_000
"""Years of age beyond which a number is taken for a mistake, such as a year of birth."""


@dataclass(frozen=True, slots=True, eq=False)
class LivingPopulation:
    """The living animals with their ages in whole years, then the banked donors, and the kinship of all of them.

    `sex`, `age` and `founder` are of the living; `kinship` has a row for each of the living, then for each
    donor, who may be living too and then stands twice. `plan` and `heads` say how founders' genes come
    down to these rows; `plan` is None where they cannot be followed, founders being related.
    """

    ids: tuple[str, ...]
    sex: NDArray[np.int8]
    age: NDArray[np.int64]
    founder: NDArray[np.bool_]
    donors: tuple[str, ...]
    straws: NDArray[np.int64]
    kinship: Matrix
    plan: Plan | None
    heads: NDArray[np.intp]

    @classmethod
    def of(
        cls,
        pedigree: Pedigree,
        living: NDArray[np.bool_],
        age: NDArray[np.int64] | NDArray[np.float64],
        *,
        straws: Mapping[str, int] = NO_STRAWS,
    ) -> LivingPopulation:
        """Return the living of a pedigree.

        Parameters
        ----------
        pedigree :                      The pedigree.
        living : shape (n_animals,)     True for the animals that live.
        age : shape (n_animals,)        Whole years since birth; those of the dead are not looked at.
        straws :                        How many straws are banked, by the donor's id; donors may be dead.

        Returns
        -------
        The living in the order of the pedigree, then the donors in the order of their ids as text.

        Raises
        ------
        MaskError
            `living` is not True or False for each animal.
        ScenarioError
            An age is no whole number of years from 0 up, or a donor is a female.
        UnknownAnimalError
            A donor is not in the pedigree.

        Examples
        --------
        >>> from pedigree.structure import MALE, Pedigree, Record
        >>> pedigree = Pedigree.from_records([Record("1", sex=MALE), Record("2", sex=FEMALE)])
        >>> found = LivingPopulation.of(pedigree, pedigree.mask(["2"]), np.array([9, 4]), straws={"1": 20})
        >>> found.ids, found.age.tolist(), found.donors, found.kinship.tolist()
        (('2',), [4], ('1',), [[0.5, 0.0], [0.0, 0.5]])
        """
        check_mask("living", living, len(pedigree))
        rows = np.flatnonzero(living)
        ages = _ages(pedigree, rows, np.asarray(age))
        donors = pedigree.rows(sorted(straws))
        _check_donors(pedigree, donors, straws)
        everyone = living.copy()
        everyone[donors] = True
        place = np.cumsum(everyone) - 1
        both = np.concatenate([rows, donors])
        kinship = kinship_among(pedigree, everyone)[np.ix_(place[both], place[both])]
        plan = None if pedigree.related else _plan(pedigree, everyone)
        return cls(
            tuple(pedigree.ids[row] for row in rows),
            pedigree.sex[rows],
            ages,
            founding(pedigree)[rows],
            tuple(pedigree.ids[row] for row in donors),
            np.array([straws[pedigree.ids[row]] for row in donors], dtype=np.int64),
            kinship,
            plan,
            both if plan is None else plan.place[both].astype(np.intp),
        )

    def __len__(self) -> int:
        return len(self.ids)


def _plan(pedigree: Pedigree, everyone: NDArray[np.bool_]) -> Plan:
    sources = origins(pedigree, unknown_as_founders=True)
    needed = pedigree.with_ancestors(everyone)
    return planned(pedigree, needed, sources, unknown_as_founders=True)


def _ages(pedigree: Pedigree, rows: NDArray[np.intp], age: NDArray[np.generic]) -> NDArray[np.int64]:
    if age.shape != (len(pedigree),) or age.dtype.kind not in "iuf":
        raise ScenarioError(
            f"The ages have the shape {age.shape} and the type {age.dtype}. Give a number for each of the "
            f"{len(pedigree)} animals."
        )
    found = age[rows].astype(np.float64)
    for row, years in zip(rows, found.tolist(), strict=True):
        if not (0 <= years <= OLDEST and years == int(years)):
            raise ScenarioError(
                f"The age of animal {pedigree.ids[row]} is {years:g}. Give whole years from 0 up."
            )
    return found.astype(np.int64)


def _check_donors(pedigree: Pedigree, donors: NDArray[np.intp], straws: Mapping[str, int]) -> None:
    for row in donors:
        animal = pedigree.ids[row]
        if pedigree.sex[row] == FEMALE:
            raise ScenarioError(
                f"Animal {animal} is a female, and straws are banked of males. Correct the donor or its sex."
            )
        if straws[animal] < 0:
            raise ScenarioError(
                f"Animal {animal} has {straws[animal]} straws in the bank. Give a number from 0 up."
            )
