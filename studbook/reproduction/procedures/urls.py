from django.urls import path

from studbook.reproduction.procedures import views

urlpatterns = [
    path("reproduction/procedures/<int:pk>/", views.procedure, name="procedure"),
]
