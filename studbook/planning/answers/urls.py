from django.urls import path

from studbook.planning.answers import views

urlpatterns = [
    path("plans/<int:pk>/answers/", views.plan_answers, name="plan_answers"),
    path("plans/<int:pk>/answers.csv", views.plan_answers_csv, name="plan_answers_csv"),
    path("plans/<int:pk>/answers.xlsx", views.plan_answers_xlsx, name="plan_answers_xlsx"),
    path("plans/<int:pk>/answers/send/", views.plan_answers_send, name="plan_answers_send"),
    path("plans/<int:pk>/answers/<int:zoo>/", views.plan_answer, name="plan_answer"),
]
