"""What holds in every run of whatever is projected."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import MALE, Pedigree, Record
from pedigree.projection import (
    STRATEGIES,
    Arrivals,
    Catastrophe,
    Departures,
    GenomeBank,
    LivingPopulation,
    Scenario,
    run_projection,
)
from tests.pedigree.projection.cases import LITTERS, RATES
from tests.pedigree.strategies import pedigrees

OPTIONS: dict[str, st.SearchStrategy[Any]] = {
    "strategy": st.sampled_from(STRATEGIES),
    "capacity": st.sampled_from([None, 3, 12]),
    "share_male": st.sampled_from([0.0, 0.5, 1.0]),
    "fulfilment": st.sampled_from([None, 0.0, 0.9]),
    "litters_per_sire": st.sampled_from([None, 1]),
    "kinship_limit": st.sampled_from([None, 0.0, 0.2]),
    "imports": st.sampled_from([(), (Arrivals(1, 1, every=2),), (Arrivals(0, 1, first=3, last=3),)]),
    "exports": st.sampled_from([(), (Departures(1, 1, youngest=1),), (Departures(3, most_related=True),)]),
    "catastrophes": st.sampled_from([(), (Catastrophe(0.5, 0.0, 0.0),)]),
    "bank": st.sampled_from([None, GenomeBank(1.0, 1), GenomeBank(0.5), GenomeBank(0.0)]),
    "lethal_equivalents": st.sampled_from([0.0, 50.0]),
}


@settings(max_examples=60)
@given(pedigrees(), st.fixed_dictionaries(OPTIONS), st.sampled_from([("exact", 2), ("loci", 100)]))
def test_run_projection__keeps_its_books(
    records: list[Record], options: dict[str, Any], genes: tuple[str, int]
) -> None:
    pedigree = Pedigree.from_records(records)
    straws = {record.id: 2 for record in records[:2] if record.sex == MALE}
    living = np.arange(len(pedigree)) % 3 != 1
    start = LivingPopulation.of(pedigree, living, np.arange(len(pedigree)) % 6, straws=straws)
    kinship, loci = genes
    surplus = options["capacity"] == 3
    scenario = Scenario(
        years=5,
        litter_sizes=LITTERS,
        kinship=kinship,
        loci=loci,
        exports_surplus=surplus,
        limits_litters=not surplus,
        **options,
    )
    found = run_projection(start, RATES, scenario, runs=2)
    change = found.births + found.imports - found.deaths - found.exports
    assert (found.animals[:, 1:] - found.animals[:, :-1] == change[:, 1:]).all()
    assert (found.males + found.females == found.animals).all()
    assert (
        min(int(getattr(found, name).min()) for name in ("males", "females", "births", "exports", "straws"))
        >= 0
    )
    there = found.animals > 0
    for name in ("gene_diversity", "alleles", "heterozygosity"):
        assert (np.isnan(getattr(found, name)) == ~there).all(), name
    animals = found.animals[there]
    assert (found.gene_diversity[there] >= -1e-12).all()
    assert (found.gene_diversity[there] <= 1 - 1 / (2 * animals) + 1e-12).all()
    assert (found.alleles[there] <= 2 * animals).all()
    inbred = found.inbreeding[~np.isnan(found.inbreeding)]
    assert ((inbred >= -1e-12) & (inbred <= 1)).all()
    if surplus:
        assert (found.animals[:, 1:] <= 3).all()
    if scenario.bank is None:
        assert (found.straws == found.straws[:, :1]).all()
    if not scenario.imports and scenario.bank is None:
        assert (np.nan_to_num(np.diff(found.alleles, axis=1)) <= 0).all()
