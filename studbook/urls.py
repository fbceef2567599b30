from allauth.account import views as account_views
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from studbook.programmes import algorithms
from studbook.programmes import views as programme_views

handler500 = "studbook.core.middleware.server_error"
form_page = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("", programme_views.home, name="home"),
    path("how/", algorithms.algorithms, name="algorithms"),
    path("how/<slug:slug>/", algorithms.algorithm, name="algorithm"),
    path("accounts/login/", form_page(account_views.login), name="account_login"),
    path("accounts/logout/", form_page(account_views.logout), name="account_logout"),
    path(
        "accounts/password/",
        form_page(account_views.password_change),
        name="account_change_password",
    ),
    path("api/", include("studbook.api_urls")),
    path("programmes/<slug:code>/", include("studbook.population.urls")),
    path("programmes/<slug:code>/", include("studbook.animals.urls")),
    path("programmes/<slug:code>/", include("studbook.institutions.urls")),
    path("programmes/<slug:code>/", include("studbook.planning.urls")),
]
