from django.urls import path

from studbook.population.genetics import (
    animal_views,
    founder_views,
    history_views,
    kinship_map_views,
    lineage_trial_views,
    lineage_views,
    means_views,
    overview_views,
    parent_views,
)

urlpatterns = [
    path("genetics/", overview_views.genetics, name="genetics"),
    path("genetics/founders/", founder_views.founders, name="founders"),
    path("genetics/founders/export.csv", founder_views.founders_csv, name="founders_csv"),
    path("genetics/founders/export.xlsx", founder_views.founders_xlsx, name="founders_xlsx"),
    path("genetics/founders/<str:number>/<str:role>/", founder_views.founder, name="founder"),
    path("genetics/lineages/", lineage_views.lineages, name="lineages"),
    path("genetics/lineages/trial/", lineage_trial_views.lineage_trial, name="lineage_trial"),
    path(
        "genetics/lineages/trial/export.csv", lineage_trial_views.lineage_trial_csv, name="lineage_trial_csv"
    ),
    path("genetics/lineages/new/", lineage_views.lineage_new, name="lineage_new"),
    path("genetics/lineages/<int:pk>/", lineage_views.lineage, name="lineage"),
    path("genetics/lineages/<int:pk>/export.csv", lineage_views.lineage_csv, name="lineage_csv"),
    path("genetics/lineages/<int:pk>/edit/", lineage_views.lineage_edit, name="lineage_edit"),
    path("genetics/lineages/<int:pk>/remove/", lineage_views.lineage_remove, name="lineage_remove"),
    path("genetics/history/", history_views.genetic_history, name="genetic_history"),
    path("genetics/history/export.csv", history_views.genetic_history_csv, name="genetic_history_csv"),
    path("genetics/kinship/", kinship_map_views.kinship_map, name="kinship_map"),
    path("genetics/kinship.csv", kinship_map_views.kinship_csv, name="kinship_csv"),
    path("genetics/kinship.json", kinship_map_views.kinship_json, name="kinship_json"),
    path("genetics/mean-kinship/", means_views.mean_kinships, name="mean_kinships"),
    path("genetics/mean-kinship/export.csv", means_views.mean_kinships_csv, name="mean_kinships_csv"),
    path("genetics/mean-kinship/export.xlsx", means_views.mean_kinships_xlsx, name="mean_kinships_xlsx"),
    path("animals/<str:number>/genetics/", animal_views.animal_genetics, name="animal_genetics"),
    path("animals/<str:number>/genetics/parents/", parent_views.parent_what_if, name="parent_what_if"),
]
