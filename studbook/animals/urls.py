from django.urls import include, path

from studbook.animals import list_views, views

urlpatterns = [
    path("", include("studbook.animals.journal.urls")),
    path("", include("studbook.animals.many.urls")),
    path("", include("studbook.animals.entry.daily_urls")),
    path("animals/", list_views.animals, name="animals"),
    path("animals/export.csv", list_views.animals_csv, name="animals_csv"),
    path("animals/export.xlsx", list_views.animals_xlsx, name="animals_xlsx"),
    path("animals/<str:number>/", views.animal, name="animal"),
]
