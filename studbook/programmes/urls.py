from django.urls import path

from studbook.programmes.saved_views_views import saved_view_change, saved_view_remove, saved_view_save
from studbook.programmes.settings_views import programme_settings

urlpatterns = [
    path("settings/", programme_settings, name="programme_settings"),
    path("views/save/", saved_view_save, name="saved_view_save"),
    path("views/change/", saved_view_change, name="saved_view_change"),
    path("views/remove/", saved_view_remove, name="saved_view_remove"),
]
