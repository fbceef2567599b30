"""Addresses of the read API, below /api/."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from studbook.animals import api as animals
from studbook.programmes import api as programmes

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("programmes/", programmes.ProgrammeList.as_view(), name="api_programmes"),
    path("programmes/<slug:code>/animals/", animals.AnimalList.as_view(), name="api_animals"),
    path("programmes/<slug:code>/animals/<str:number>/", animals.AnimalDetail.as_view(), name="api_animal"),
]
