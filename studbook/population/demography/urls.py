from django.urls import path

from studbook.population.demography import table_views, views

urlpatterns = [
    path("demography/", views.demography, name="demography"),
    path("demography/animals/", views.demography_animals, name="demography_animals"),
    path("demography/animals/export.csv", views.demography_animals_csv, name="demography_animals_csv"),
    path("demography/animals/export.xlsx", views.demography_animals_xlsx, name="demography_animals_xlsx"),
    path("demography/life-tables/", table_views.life_tables, name="life_tables"),
    path("demography/life-tables/export.csv", table_views.life_tables_csv, name="life_tables_csv"),
    path("demography/life-tables/export.xlsx", table_views.life_tables_xlsx, name="life_tables_xlsx"),
    path("demography/<slug:kind>.csv", views.demography_csv, name="demography_csv"),
    path("demography/<slug:kind>.xlsx", views.demography_xlsx, name="demography_xlsx"),
]
