"""How a population lives, dies and breeds: sets through time, life tables, survival, breeding, growth."""

from pedigree.demography.cautions import Caution
from pedigree.demography.census import AgePyramid, CensusYear, age_pyramid, ages_on, present_on, yearly_census
from pedigree.demography.dying import chance_of_death
from pedigree.demography.fecundity import (
    Breeding,
    BreedingAges,
    Litter,
    birth_intervals,
    breeding_ages,
    litters,
)
from pedigree.demography.growth import Growth, growth_rate
from pedigree.demography.leslie import (
    ProjectedSexes,
    dominant_root,
    leslie_matrix,
    project_one_sex,
    project_two_sexes,
)
from pedigree.demography.lifetable import LifeTable, life_table
from pedigree.demography.lives import LifeRecord, Lives
from pedigree.demography.mortality import EarlyMortality, Share, early_mortality
from pedigree.demography.needs import (
    births_by_year,
    births_needed,
    females_to_recommend,
    growth_needed,
    years_until_full,
)
from pedigree.demography.records import RecordAge, record_ages
from pedigree.demography.seasonality import Season, birth_season
from pedigree.demography.smoothing import filled_table, smoothed_table
from pedigree.demography.survival import MedianLife, SurvivalCurve, kaplan_meier, median_life, survival_curve

__all__ = [
    "AgePyramid",
    "Breeding",
    "BreedingAges",
    "Caution",
    "CensusYear",
    "EarlyMortality",
    "Growth",
    "LifeRecord",
    "LifeTable",
    "Litter",
    "Lives",
    "MedianLife",
    "ProjectedSexes",
    "RecordAge",
    "Season",
    "Share",
    "SurvivalCurve",
    "age_pyramid",
    "ages_on",
    "birth_intervals",
    "birth_season",
    "births_by_year",
    "births_needed",
    "breeding_ages",
    "chance_of_death",
    "dominant_root",
    "early_mortality",
    "females_to_recommend",
    "filled_table",
    "growth_needed",
    "growth_rate",
    "kaplan_meier",
    "leslie_matrix",
    "life_table",
    "litters",
    "median_life",
    "present_on",
    "project_one_sex",
    "project_two_sexes",
    "record_ages",
    "smoothed_table",
    "survival_curve",
    "yearly_census",
    "years_until_full",
]
