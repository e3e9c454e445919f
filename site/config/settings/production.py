"""Production: the base, which refuses to start without its secrets."""

from config.environment import env, env_list
from config.settings.base import *  # noqa: F403

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env("BASE_URL")
