from django.urls import path

from studbook.institutions import people_views, spaces_views, views

urlpatterns = [
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/export.csv", views.institutions_csv, name="institutions_csv"),
    path("institutions/export.xlsx", views.institutions_xlsx, name="institutions_xlsx"),
    path("institutions/<int:pk>/", views.institution, name="institution"),
    path("institutions/<int:pk>/spaces/", spaces_views.institution_spaces, name="institution_spaces"),
    path("people/", people_views.people, name="people"),
    path("people/new/", people_views.person_new, name="person_new"),
    path("people/<int:person>/", people_views.person, name="person"),
    path("people/<int:person>/link/", people_views.person_link, name="person_link"),
    path("people/<int:person>/withdraw/", people_views.role_withdraw, name="role_withdraw"),
    path("people/<int:person>/close/", people_views.account_close, name="account_close"),
    path("people/<int:person>/reopen/", people_views.account_reopen, name="account_reopen"),
    path("people/<int:person>/second-factor/", people_views.second_factor_reset, name="second_factor_reset"),
]
