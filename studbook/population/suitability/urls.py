from django.urls import path

from studbook.population.suitability import matrix_views, views

urlpatterns = [
    path("pairs/matrix/", matrix_views.pair_matrix, name="pair_matrix"),
    path("pairs/matrix/export.csv", matrix_views.pair_matrix_csv, name="pair_matrix_csv"),
    path("pairs/matrix/export.xlsx", matrix_views.pair_matrix_xlsx, name="pair_matrix_xlsx"),
    path("pairs/suitability/", views.mate_thresholds, name="mate_thresholds"),
    path("pairs/suitability/as-published/", views.mate_thresholds_reset, name="mate_thresholds_reset"),
]
