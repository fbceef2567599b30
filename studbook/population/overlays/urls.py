from django.urls import path

from studbook.population.overlays import assumption_views, views

urlpatterns = [
    path("genetics/overlays/", views.overlays, name="overlays"),
    path("genetics/overlays/new/", views.overlay_new, name="overlay_new"),
    path("genetics/overlays/compare/", views.overlay_compare, name="overlay_compare"),
    path("genetics/overlays/<int:pk>/", views.overlay, name="overlay"),
    path("genetics/overlays/<int:pk>/edit/", views.overlay_edit, name="overlay_edit"),
    path("genetics/overlays/<int:pk>/archive/", views.overlay_archive, name="overlay_archive"),
    path("genetics/overlays/<int:pk>/restore/", views.overlay_restore, name="overlay_restore"),
    path("genetics/overlays/<int:pk>/assume/<slug:kind>/", assumption_views.assume, name="assume"),
    path(
        "genetics/overlays/<int:pk>/assumptions/<int:assumption_pk>/remove/",
        assumption_views.assumption_remove,
        name="assumption_remove",
    ),
]
