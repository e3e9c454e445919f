"""What the programme itself is set to by the environment; the names that the plugin reads (`partybuilding/conf.py`)."""

from typing import Any

from django.utils.functional import lazy
from django.utils.module_loading import import_string

from config.environment import env, env_int

# What the administration and authenticator apps are headed with, asked anew each time.
_called = lazy(lambda: import_string("partybuilding.core.pages.site.name_of_site")(), str)
WAGTAIL_SITE_NAME: Any = env("SITE_NAME", "") or _called()
OTP_TOTP_ISSUER = lambda _device: str(WAGTAIL_SITE_NAME)  # noqa: E731

# Pieces of pages that are drawn from their values alone, kept by each process.
PARTYBUILDING_PIECES_MEGABYTES = env_int("PIECES_MEGABYTES", 32)

# The letterbox: who is counted by address, and how long the contact of a sender is kept.
PARTYBUILDING_CLIENT_ADDRESS = "config.clients.address"
PARTYBUILDING_OPINIONS_PER_ADDRESS = env_int("OPINIONS_PER_ADDRESS", 10)
PARTYBUILDING_OPINION_CONTACT_DAYS = env_int("OPINION_CONTACT_DAYS", 30)

# Reminders (manage.py remind), in working days before and after the day by which something is due.
PARTYBUILDING_REMIND_BEFORE_DAYS = env_int("REMIND_BEFORE_DAYS", 3)
PARTYBUILDING_REMIND_AFTER_DAYS = env_int("REMIND_AFTER_DAYS", 1)
PARTYBUILDING_REMIND_UNIT_DAYS = env_int("REMIND_UNIT_DAYS", 5)
PARTYBUILDING_REMIND_DEPARTMENT_DAYS = env_int("REMIND_DEPARTMENT_DAYS", 10)

# How many days residents may go without news, and without progress, before editors are told.
PARTYBUILDING_NEWS_STALE_DAYS = env_int("NEWS_STALE_DAYS", 10)
PARTYBUILDING_PROGRESS_STALE_DAYS = env_int("PROGRESS_STALE_DAYS", 30)

# The official account, into whose drafts articles are put; off until it is named. Nothing is ever sent.
PARTYBUILDING_WECHAT_APP_ID = env("WECHAT_APP_ID", "")
PARTYBUILDING_WECHAT_APP_SECRET = env("WECHAT_APP_SECRET", "")
PARTYBUILDING_WECHAT_API_URL = env("WECHAT_API_URL", "https://api.weixin.qq.com")

# The terms of the open data: CC-BY-4.0, an address of the terms, or reserved.
PARTYBUILDING_DATA_LICENCE = env("DATA_LICENCE", "CC-BY-4.0")

# Making an edition of a case book: megabytes of memory and seconds that its process may take.
PARTYBUILDING_BOOK_MEMORY_MB = env_int("BOOK_MEMORY_MB", 1024)
PARTYBUILDING_BOOK_SECONDS = env_int("BOOK_SECONDS", 300)
