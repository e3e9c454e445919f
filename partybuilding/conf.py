"""Every setting that the plugin reads, with its default. A project writes it as PARTYBUILDING_<name>."""

from typing import Any

from django.conf import settings

PREFIX = "PARTYBUILDING_"
DEFAULTS: dict[str, Any] = {
    # The template of the site that the public pages and the portal extend.
    "BASE_TEMPLATE": "base.html",
    # Slug of the page below which every migration plants the column; "": the default site's front
    # page; None: nothing is planted but by `manage.py plant`.
    "PLANT_UNDER": None,
    # Secrets that the trail is keyed with, by their ids, the first one current; {}: SECRET_KEY, for
    # a workplace of one's own.
    "TRAIL_KEYS": {},
    # Aliases in DATABASES of replicas that public pages are read from; they refuse to be written to.
    "REPLICAS": [],
    # Megabytes of pieces of pages that each process keeps (`core/answers/pieces.py`); 0: none.
    "PIECES_MEGABYTES": 32,
    # The backend in TASKS that the plugin's own tasks go to; an immediate one means that there is no worker.
    "TASK_BACKEND": "default",
    # A function of a request: the address of the sender's machine, through the proxies one trusts.
    "CLIENT_ADDRESS": "partybuilding.core.access.requests.remote_address",
    # How many opinions one address sends in ten minutes, and sheets of one project's appraisal a day.
    "OPINIONS_PER_ADDRESS": 10,
    # Days after the answer when it is forgotten how to reach the sender of an opinion.
    "OPINION_CONTACT_DAYS": 30,
    # Under what terms the open data are given: "CC-BY-4.0", "reserved", or the address of a licence.
    "DATA_LICENCE": "CC-BY-4.0",
    # Reminders: working days before the day by which something is due, and after it.
    "REMIND_BEFORE_DAYS": 3,
    "REMIND_AFTER_DAYS": 1,
    "REMIND_UNIT_DAYS": 5,
    "REMIND_DEPARTMENT_DAYS": 10,
    # Days that residents may go without news, and without progress while projects are carried out.
    "NEWS_STALE_DAYS": 10,
    "PROGRESS_STALE_DAYS": 30,
    # The official account into whose drafts articles are put; empty: articles are copied by people.
    "WECHAT_APP_ID": "",
    "WECHAT_APP_SECRET": "",
    "WECHAT_API_URL": "https://api.weixin.qq.com",
    # Building a case book: megabytes of memory and seconds that its process may take.
    "BOOK_MEMORY_MB": 1024,
    "BOOK_SECONDS": 300,
}


def setting(name: str) -> Any:
    """Return a setting of the plugin as it is now."""
    return getattr(settings, f"{PREFIX}{name}", DEFAULTS[name])


def trail_keys() -> dict[str, str]:
    """Return the keys of the trail by their ids, the current one first."""
    return setting("TRAIL_KEYS") or {"site": settings.SECRET_KEY}
