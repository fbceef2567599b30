from django.urls import include, path

from studbook.population.demography import table_views, views
from studbook.population.demography.goals import views as goal_views
from studbook.population.demography.rates import views as rate_views

urlpatterns = [
    path("demography/", views.demography, name="demography"),
    path("demography/animals/", views.demography_animals, name="demography_animals"),
    path("demography/animals/export.csv", views.demography_animals_csv, name="demography_animals_csv"),
    path("demography/animals/export.xlsx", views.demography_animals_xlsx, name="demography_animals_xlsx"),
    path("demography/life-tables/", table_views.life_tables, name="life_tables"),
    path("demography/life-tables/export.csv", table_views.life_tables_csv, name="life_tables_csv"),
    path("demography/life-tables/export.xlsx", table_views.life_tables_xlsx, name="life_tables_xlsx"),
    path("demography/goals/", goal_views.demography_goals, name="demography_goals"),
    path("demography/goals/export.csv", goal_views.demography_goals_csv, name="demography_goals_csv"),
    path("demography/rates/", rate_views.rate_sets, name="rate_sets"),
    path("demography/rates/new/", rate_views.rate_set_new, name="rate_set_new"),
    path("demography/rates/<int:pk>/", rate_views.rate_set, name="rate_set"),
    path("demography/rates/<int:pk>/export.csv", rate_views.rate_set_csv, name="rate_set_csv"),
    path("demography/rates/<int:pk>/edit/", rate_views.rate_set_edit, name="rate_set_edit"),
    path("demography/rates/<int:pk>/archive/", rate_views.rate_set_archive, name="rate_set_archive"),
    path("demography/rates/<int:pk>/restore/", rate_views.rate_set_restore, name="rate_set_restore"),
    path("", include("studbook.population.demography.projections.urls")),
    path("demography/<slug:kind>.csv", views.demography_csv, name="demography_csv"),
    path("demography/<slug:kind>.xlsx", views.demography_xlsx, name="demography_xlsx"),
]
