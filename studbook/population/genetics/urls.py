from django.urls import path

from studbook.population.genetics import overview_views

urlpatterns = [
    path("genetics/", overview_views.genetics, name="genetics"),
]
