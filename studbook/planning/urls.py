from django.urls import include, path

from studbook.planning import views
from studbook.planning.chances.urls import urlpatterns as chances

urlpatterns = [
    path("", include("studbook.planning.plans.urls")),
    path("pairs/<str:sire_number>/<str:dam_number>/recommend/", views.recommend, name="recommend"),
    path("", include("studbook.planning.optimal.urls")),
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/report.pdf", views.report, name="recommendation_report"),
    path("recommendations/<int:pk>/withdraw/", views.withdraw, name="recommendation_withdraw"),
    path("", include("studbook.planning.paper.urls")),
    path("", include("studbook.planning.answers.urls")),
    path("", include("studbook.planning.outcomes.urls")),
    *chances,
]
