"""Production: the base, which refuses to start without its secrets."""

from config.environment import require

require("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL")

from config.settings.base import *  # noqa: E402, F403
