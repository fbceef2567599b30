from django.urls import path

from studbook.population.genetics import (
    animal_views,
    kinship_map_views,
    means_views,
    overview_views,
    parent_views,
)

urlpatterns = [
    path("genetics/", overview_views.genetics, name="genetics"),
    path("genetics/kinship/", kinship_map_views.kinship_map, name="kinship_map"),
    path("genetics/kinship.csv", kinship_map_views.kinship_csv, name="kinship_csv"),
    path("genetics/kinship.json", kinship_map_views.kinship_json, name="kinship_json"),
    path("genetics/mean-kinship/", means_views.mean_kinships, name="mean_kinships"),
    path("genetics/mean-kinship/export.csv", means_views.mean_kinships_csv, name="mean_kinships_csv"),
    path("genetics/mean-kinship/export.xlsx", means_views.mean_kinships_xlsx, name="mean_kinships_xlsx"),
    path("animals/<str:number>/genetics/", animal_views.animal_genetics, name="animal_genetics"),
    path("animals/<str:number>/genetics/parents/", parent_views.parent_what_if, name="parent_what_if"),
]
