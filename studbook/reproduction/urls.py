from django.urls import include, path

from studbook.reproduction import views

urlpatterns = [
    path("reproduction/", views.reproduction, name="reproduction"),
    path("", include("studbook.reproduction.pairings.urls")),
    path("", include("studbook.reproduction.procedures.urls")),
    path("", include("studbook.reproduction.pregnancies.urls")),
    path("", include("studbook.reproduction.status.urls")),
    path("", include("studbook.reproduction.bank.urls")),
]
