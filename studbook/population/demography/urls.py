from django.urls import path

from studbook.population.demography import table_views

urlpatterns = [
    path("demography/life-tables/", table_views.life_tables, name="life_tables"),
    path("demography/life-tables/export.csv", table_views.life_tables_csv, name="life_tables_csv"),
    path("demography/life-tables/export.xlsx", table_views.life_tables_xlsx, name="life_tables_xlsx"),
]
