from django.urls import include, path

from studbook.population import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("", include("studbook.population.genetics.urls")),
    path("", include("studbook.population.demography.urls")),
    path("", include("studbook.population.overlays.urls")),
    path("", include("studbook.population.suitability.urls")),
    path("", include("studbook.population.baskets.urls")),
    path("", include("studbook.population.bank.urls")),
    path("pairs/", views.pairs, name="pairs"),
    path("pairs/export.csv", views.pairs_csv, name="pairs_csv"),
    path("pairs/export.xlsx", views.pairs_xlsx, name="pairs_xlsx"),
    path("pairs/<str:sire_number>/<str:dam_number>/", views.pair, name="pair"),
    path("quality/", views.quality, name="quality"),
    path("quality/export.csv", views.quality_csv, name="quality_csv"),
]
