"""Shares of lineages and their caps: the engine's numbers, who is above, and what was capped when."""

import csv
from io import StringIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree.founders import founder_contributions, founder_table
from pedigree.kinship import kinship_matrix
from pedigree.structure import Pedigree
from pedigree.whatif import Population
from studbook.accounts.models import User
from studbook.population.basis import Basis, analysis_on
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.stepping import add_steps
from studbook.population.genetics.lineage_actions import edit_lineage, make_lineage
from studbook.population.genetics.lineage_cap_history import cap_history
from studbook.population.genetics.lineage_caps import caps_of
from studbook.population.genetics.lineages import share_of
from studbook.population.genetics.means import mean_rows
from studbook.population.models import Lineage
from tests.factories import BasketFactory
from tests.pedigree.strategies import pedigrees
from tests.population.baskets.conftest import reckon
from tests.population.conftest import Family

REASON = "It may be of another subspecies."


@pytest.fixture
def founder_2(family: Family, ada: Any) -> Lineage:
    return make_lineage(
        family.programme, name="Founder 2", founders=[family[2]], cap=0.41, reason=REASON, by=ada
    )


@settings(max_examples=60, deadline=None)
@given(records=pedigrees(), picked=st.sets(st.integers(0, 20)), alive=st.sets(st.integers(0, 10), min_size=1))
def test_share_of__equals_the_founder_contributions_of_the_engine(records, picked, alive) -> None:
    pedigree = Pedigree.from_records(records)
    living = np.array([int(each) in alive for each in pedigree.ids])
    if not living.any():
        living[0] = True
    table = founder_table(pedigree, living)
    labels = table.labels(pedigree)
    names = [name for at, name in enumerate(labels) if at in picked]
    share, missing = share_of(SimpleNamespace(pedigree=pedigree, living=living), [*names, "nobody"])
    assert missing == ["nobody"]
    chosen = np.isin(np.arange(len(labels)), list(picked))
    assert share[living].mean() == pytest.approx(table.contribution[chosen].sum(), abs=1e-12)
    for row in range(len(pedigree)):
        alone = np.zeros(len(pedigree), dtype=bool)
        alone[row] = True
        of_animal = founder_contributions(pedigree, alone)
        own = dict(zip(_labels(pedigree, alone), of_animal, strict=True))
        assert share[row] == pytest.approx(sum(own.get(name, 0.0) for name in names), abs=1e-12)


def _labels(pedigree: Pedigree, alone: np.ndarray) -> list[str]:
    return list(founder_table(pedigree, alone).labels(pedigree))


def test_caps__name_who_is_above_and_what_a_pair_would_bring(family: Family, founder_2: Lineage) -> None:
    caps = caps_of(family.programme, analysis_on(Basis(family.programme)))
    # 5 and 6 have half of their genes from founder 2, 9 and 10 a quarter, 7 and 8 none.
    assert [number for number in caps.rows if caps.of(number)] == ["2", "5", "6"]
    assert caps.of("nobody") == ()
    assert caps.of_pair("5", "6", {"5": "5 Five"}) == (
        (
            "5 Five has 50.0 % and 6 has 50.0 % of Founder 2, above the cap of 41.0 %. "
            "Their young would have 50.0 %, above it too."
        ),
    )
    assert caps.of_pair("5", "8") == (
        "5 has 50.0 % of Founder 2, above the cap of 41.0 %. Their young would have 25.0 %, within it.",
    )
    assert caps.of_pair("7", "8") == caps.of_pair("9", "10") == ()
    assert caps.of_pair("5", "stranger") == ("5 has 50.0 % of Founder 2, above the cap of 41.0 %.",)


def test_caps__after_newcomers_are_those_of_their_parents(family: Family, founder_2: Lineage) -> None:
    analysis = analysis_on(Basis(family.programme))
    grown = (
        Population.of(analysis.pedigree, kinship_matrix(analysis.pedigree), analysis.living)
        .with_offspring("5", "6", names=["young"])
        .with_import("far")
        .with_offspring("young", "far", names=["grandchild"])
    )
    caps = caps_of(family.programme, analysis).after(grown)
    ((_, share),) = caps.shares
    assert [share[caps.rows[each]] for each in ("young", "far", "grandchild")] == [0.5, 0.0, 0.25]


def test_means__mark_who_is_above_a_cap(
    family: Family, founder_2: Lineage, olga: User, signed_in: Any
) -> None:
    rows = mean_rows(Basis(family.programme))
    assert [row.number for row in rows if row.above_caps] == ["5", "6"]
    client, address = signed_in(olga), "/programmes/leopards/genetics/mean-kinship/"
    assert client.get(address).text.count('above the cap<span class="visually-hidden"> of Founder 2') == 2
    told = list(csv.DictReader(StringIO(client.get(f"{address}export.csv").getvalue().decode())))
    assert {row["studbook_number"]: row["above_cap_of"] for row in told} == {
        row.number: "Founder 2" if row.above_caps else "" for row in rows
    }


def test_animal_page__marks_who_is_above_a_cap(
    family: Family, founder_2: Lineage, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    assert (
        'above the cap<span class="visually-hidden"> of Founder 2'
        in client.get("/programmes/leopards/animals/5/").text
    )
    assert "above the cap" not in client.get("/programmes/leopards/animals/9/").text


def test_basket__warns_of_a_litter_above_a_cap(family: Family, founder_2: Lineage) -> None:
    basket = BasketFactory(programme=family.programme)
    add_steps(
        basket, [StepDraft("litter", sire="5", dam="8"), StepDraft("litter", sire="7", dam="8")], by=None
    )
    first, second = reckon(basket).steps
    assert [each for each in first.cautions if "above the cap of 41.0 %" in each]
    assert not [each for each in second.cautions if "cap" in each]


def test_dynamic_list__leaves_out_who_is_above_a_cap_unless_asked(
    family: Family, founder_2: Lineage, olga: User, signed_in: Any
) -> None:
    client, address = signed_in(olga), "/programmes/leopards/genetics/dynamic/"

    def named(**asked: str) -> set[str]:
        rows = client.get(address, asked).context["found"].rows
        return {side.label for row in rows for side in (row.sire, row.dam)}

    everybody = {"wanted": "30", "per_sire": "", "per_dam": "", "inbreeding": ""}
    assert {"5", "6"} & named(**everybody)
    assert not {"5", "6"} & named(**everybody, caps="on")
    assert not {"5", "6"} & named()
    assert "above the cap of 41.0 %" in client.get(address, everybody).text


def test_cap_history__tells_each_change_with_who_and_why(
    family: Family, founder_2: Lineage, ada: User, olga: User, signed_in: Any
) -> None:
    about = {"name": "Founder 2", "founders": [family[2]], "by": ada}
    edit_lineage(founder_2, cap=0.3, reason="Lowered by the committee.", opened_version=1, **about)
    edit_lineage(founder_2, cap=0.3, reason="Other words.", opened_version=2, **about)
    edit_lineage(founder_2, cap=None, reason="His genes are few now.", opened_version=3, **about)
    told = [(each.before, each.cap, each.reason, each.first) for each in cap_history(founder_2)]
    assert told == [
        (0.3, None, "His genes are few now.", False),
        (0.41, 0.3, "Lowered by the committee.", False),
        (None, 0.41, REASON, True),
    ]
    assert all(each.by for each in cap_history(founder_2))
    page = signed_in(olga).get(founder_2.get_absolute_url()).text
    assert "Cap changed from 41.0 % to 30.0 %" in page
    assert "Cap lifted, it was 30.0 %" in page
    assert "Cap set to 41.0 %" in page
