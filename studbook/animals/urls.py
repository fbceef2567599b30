from django.urls import path

from studbook.animals import views

urlpatterns = [
    path("animals/", views.animals, name="animals"),
    path("animals/export.csv", views.animals_csv, name="animals_csv"),
    path("animals/export.xlsx", views.animals_xlsx, name="animals_xlsx"),
    path("animals/<str:number>/", views.animal, name="animal"),
]
