from django.urls import path

from studbook.animals.many import views

urlpatterns = [
    path("many/", views.many, name="many"),
    path("many/<slug:kind>/", views.many_kind, name="many_kind"),
]
