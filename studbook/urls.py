from allauth.account import views as account_views
from allauth.mfa.base import views as second_factor_views
from allauth.mfa.recovery_codes import views as recovery_code_views
from allauth.mfa.totp import views as telephone_views
from django.urls import include, path
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from studbook.accounts import views as own_views
from studbook.core.health import health
from studbook.planning.answers.link_views import answer_by_link
from studbook.programmes import algorithms
from studbook.programmes import views as programme_views

handler500 = "studbook.core.middleware.server_error"
form_page = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("", programme_views.home, name="home"),
    path("health/", health, name="health"),
    path("how/", algorithms.algorithms, name="algorithms"),
    path("how/<slug:slug>/", algorithms.algorithm, name="algorithm"),
    path("accounts/login/", form_page(account_views.login), name="account_login"),
    path("accounts/logout/", form_page(account_views.logout), name="account_logout"),
    path(
        "accounts/password/",
        form_page(account_views.password_change),
        name="account_change_password",
    ),
    path(
        "accounts/password/again/",
        form_page(account_views.reauthenticate),
        name="account_reauthenticate",
    ),
    path("accounts/password/forgotten/", own_views.forgot_password, name="forgot_password"),
    path("accounts/password/<int:person>/<str:token>/", own_views.set_password, name="set_password"),
    path("accounts/code/", form_page(second_factor_views.authenticate), name="mfa_authenticate"),
    path("accounts/code/again/", form_page(second_factor_views.reauthenticate), name="mfa_reauthenticate"),
    path("account/", own_views.account, name="account"),
    path("account/sign-out-everywhere/", own_views.sign_out_everywhere, name="sign_out_everywhere"),
    # allauth leads here after a change of the second factor.
    path("account/second-factor/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path(
        "account/second-factor/on/",
        form_page(telephone_views.activate_totp),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-factor/off/",
        form_page(own_views.only_with_second_factor(telephone_views.deactivate_totp)),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/recovery-codes/",
        form_page(own_views.only_with_second_factor(recovery_code_views.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        form_page(own_views.only_with_second_factor(recovery_code_views.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/download/",
        form_page(own_views.only_with_second_factor(recovery_code_views.download_recovery_codes)),
        name="mfa_download_recovery_codes",
    ),
    path("answer/<str:secret>/", answer_by_link, name="answer_by_link"),
    path("api/", include("studbook.api_urls")),
    path("programmes/<slug:code>/", include("studbook.programmes.urls")),
    path("programmes/<slug:code>/", include("studbook.population.urls")),
    path("programmes/<slug:code>/", include("studbook.animals.correcting.urls")),
    path("programmes/<slug:code>/", include("studbook.animals.urls")),
    path("programmes/<slug:code>/", include("studbook.institutions.urls")),
    path("programmes/<slug:code>/", include("studbook.reproduction.urls")),
    path("programmes/<slug:code>/", include("studbook.transfers.urls")),
    path("programmes/<slug:code>/", include("studbook.wild.urls")),
    path("programmes/<slug:code>/", include("studbook.planning.urls")),
]
