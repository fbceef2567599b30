from django.urls import path

from studbook.reproduction.status import views

urlpatterns = [
    path("reproduction/status/", views.reproductive_status, name="reproductive_status"),
    path("reproduction/status/export.csv", views.reproductive_status_csv, name="reproductive_status_csv"),
    path("reproduction/status/export.xlsx", views.reproductive_status_xlsx, name="reproductive_status_xlsx"),
    path("reproduction/status/needs/", views.contraception_needs, name="contraception_needs"),
    path(
        "reproduction/status/needs/export.csv", views.contraception_needs_csv, name="contraception_needs_csv"
    ),
    path(
        "reproduction/status/needs/export.xlsx",
        views.contraception_needs_xlsx,
        name="contraception_needs_xlsx",
    ),
]
