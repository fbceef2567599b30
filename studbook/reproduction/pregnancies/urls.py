from django.urls import path

from studbook.reproduction.pregnancies import list_views, views

urlpatterns = [
    path("animals/<str:number>/pregnancies/new/", views.pregnancy_new, name="pregnancy_new"),
    path("reproduction/pregnancies/", list_views.pregnancies, name="pregnancies"),
    path("reproduction/pregnancies/export.csv", list_views.pregnancies_csv, name="pregnancies_csv"),
    path("reproduction/pregnancies/export.xlsx", list_views.pregnancies_xlsx, name="pregnancies_xlsx"),
    path("reproduction/pregnancies/<int:pk>/", views.pregnancy, name="pregnancy"),
    path("reproduction/pregnancies/<int:pk>/outcome/", views.pregnancy_outcome, name="pregnancy_outcome"),
    path("reproduction/pregnancies/<int:pk>/litter/", views.pregnancy_litter, name="pregnancy_litter"),
    path("reproduction/pregnancies/<int:pk>/tie/", views.pregnancy_tie, name="pregnancy_tie"),
    path("reproduction/pregnancies/<int:pk>/correct/", views.pregnancy_correct, name="pregnancy_correct"),
    path("reproduction/pregnancies/<int:pk>/reopen/", views.pregnancy_reopen, name="pregnancy_reopen"),
    path("reproduction/pregnancies/<int:pk>/strike/", views.pregnancy_strike, name="pregnancy_strike"),
]
