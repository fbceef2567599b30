from django.urls import path

from studbook.animals.entry import finder_views, observation_views, pending_views, views

urlpatterns = [
    path("log/", finder_views.log, name="log"),
    path("log/<slug:kind>/", views.log_new, name="log_new"),
    path("animals/<str:number>/log/<slug:kind>/", views.log_event, name="log_event"),
    path("pending/", pending_views.pending, name="pending"),
    path("pending/confirm/", pending_views.confirm, name="confirm_entries"),
    path("pending/refuse/", pending_views.refuse, name="refuse_entries"),
    path("observations/<int:observation>/file/", observation_views.observation_file, name="observation_file"),
]
