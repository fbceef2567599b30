from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "studbook.accounts"

    def ready(self) -> None:
        from studbook.accounts.sessions import begin_session

        user_logged_in.connect(begin_session, dispatch_uid="begin session")
