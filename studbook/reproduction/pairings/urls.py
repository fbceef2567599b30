from django.urls import path

from studbook.reproduction.pairings import list_views, mating_views, views

urlpatterns = [
    path("reproduction/pairs/", list_views.pairings, name="pairings"),
    path("reproduction/pairs/export.csv", list_views.pairings_csv, name="pairings_csv"),
    path("reproduction/pairs/export.xlsx", list_views.pairings_xlsx, name="pairings_xlsx"),
    path("reproduction/pairs/new/", views.pairing_new, name="pairing_new"),
    path("reproduction/pairs/<int:pk>/", views.pairing, name="pairing"),
    path("reproduction/pairs/<int:pk>/together/", views.pairing_together, name="pairing_together"),
    path("reproduction/pairs/<int:pk>/separate/", views.pairing_separate, name="pairing_separate"),
    path("reproduction/pairs/<int:pk>/matings/", views.pairing_mating, name="pairing_mating"),
    path("reproduction/pairs/<int:pk>/correct/", views.pairing_correct, name="pairing_correct"),
    path("reproduction/pairs/<int:pk>/strike/", views.pairing_strike, name="pairing_strike"),
    path("reproduction/matings/new/", mating_views.mating_new, name="mating_new"),
    path("reproduction/matings/<int:pk>/", mating_views.mating, name="mating"),
    path("reproduction/matings/<int:pk>/correct/", mating_views.mating_correct, name="mating_correct"),
    path("reproduction/matings/<int:pk>/strike/", mating_views.mating_strike, name="mating_strike"),
]
