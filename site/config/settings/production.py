"""Production: the base, which refuses to start without its secrets or with unsafe values."""

from django.core.exceptions import ImproperlyConfigured

from config.environment import refuse_mail, refuse_unsafe, require

require("SECRET_KEY", "TRAIL_KEY", "ALLOWED_HOSTS", "BASE_URL")

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import (  # noqa: E402
    ALLOWED_HOSTS,
    DEFAULT_FROM_EMAIL,
    EMAIL_HOST,
    EMAIL_USE_SSL,
    EMAIL_USE_TLS,
    PARTYBUILDING_TRAIL_KEYS,
    SECRET_KEY,
    WAGTAILADMIN_BASE_URL,
)

if SECRET_KEY in PARTYBUILDING_TRAIL_KEYS.values():
    raise ImproperlyConfigured("TRAIL_KEY must be another secret than SECRET_KEY.")
refuse_unsafe(
    secrets={
        SECRET_KEY: "SECRET_KEY",
        **dict.fromkeys(PARTYBUILDING_TRAIL_KEYS.values(), "TRAIL_KEY"),
    },
    hosts=ALLOWED_HOSTS,
    base_url=WAGTAILADMIN_BASE_URL,
)
refuse_mail(host=EMAIL_HOST, sender=DEFAULT_FROM_EMAIL, tls=EMAIL_USE_TLS, ssl=EMAIL_USE_SSL)
