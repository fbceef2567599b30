from django.urls import include, path

urlpatterns = [
    path("", include("studbook.reproduction.pairings.urls")),
    path("", include("studbook.reproduction.procedures.urls")),
    path("", include("studbook.reproduction.pregnancies.urls")),
    path("", include("studbook.reproduction.status.urls")),
    path("", include("studbook.reproduction.bank.urls")),
]
