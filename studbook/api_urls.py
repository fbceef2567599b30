"""Addresses of the read API, below /api/."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from studbook.animals import api as animals
from studbook.animals.correcting import api as correcting
from studbook.animals.entry import api as entry
from studbook.programmes import api as programmes
from studbook.transfers import api as transfers

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("programmes/", programmes.ProgrammeList.as_view(), name="api_programmes"),
    path("programmes/<slug:code>/animals/", animals.AnimalList.as_view(), name="api_animals"),
    path(
        "programmes/<slug:code>/animals/<str:number>/",
        correcting.CorrectableAnimal.as_view(),
        name="api_animal",
    ),
    path("programmes/<slug:code>/log/<slug:kind>/", entry.LogNew.as_view(), name="api_log_new"),
    path(
        "programmes/<slug:code>/animals/<str:number>/log/<slug:kind>/",
        entry.LogEvent.as_view(),
        name="api_log_event",
    ),
    path(
        "programmes/<slug:code>/animals/<str:number>/events/<int:event>/",
        correcting.EventEndpoint.as_view(),
        name="api_event",
    ),
    path(
        "programmes/<slug:code>/animals/<str:number>/observations/<int:observation>/",
        correcting.ObservationEndpoint.as_view(),
        name="api_observation",
    ),
    path("programmes/<slug:code>/transfers/", transfers.TransferList.as_view(), name="api_transfers"),
    path(
        "programmes/<slug:code>/transfers/<int:pk>/",
        transfers.TransferDetail.as_view(),
        name="api_transfer",
    ),
    path(
        "programmes/<slug:code>/transfers/<int:pk>/<slug:step>/",
        transfers.TransferStepEndpoint.as_view(),
        name="api_transfer_step",
    ),
]
