"""How often one address may send a form or try a code; counted in the cache, so that it costs no query.

Addresses are kept as keyed digests and for as long as they count. Many residents share one address
(villages, offices, mobile networks): the limit is for machines, not for a family.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

_SALT = "partybuilding.opinions.limit"


@dataclass(frozen=True)
class Limit:
    """At most so many within so many seconds."""

    name: str
    most: int
    seconds: int

    def spend(self, key: str) -> int:
        """Count one more, and return for how many seconds it is too many; 0 when it is not."""
        window, passed = divmod(int(time.time()), self.seconds)
        place = self._place(key, window)
        cache.add(place, 0, self.seconds)
        try:
            count = cache.incr(place) or 0
        except ValueError:  # forgotten in between, or a cache that is down
            return 0
        return 0 if count <= self.most else self.seconds - passed

    def is_spent(self, key: str) -> bool:
        """Tell whether one more would be too many, without counting one."""
        window = int(time.time()) // self.seconds
        return (cache.get(self._place(key, window)) or 0) >= self.most

    def _place(self, key: str, window: int) -> str:
        digest = salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:32]
        return f"opinions:{self.name}:{window}:{digest}"


def sending() -> Limit:
    """Return the limit of opinions from one address."""
    return Limit("send", settings.OPINIONS_PER_ADDRESS, 10 * 60)


def appraising() -> Limit:
    """Return the limit of appraisals of one project from one address: a family, not a campaign."""
    return Limit("appraise", settings.OPINIONS_PER_ADDRESS, 24 * 60 * 60)


#: Wrong codes: from one address, and for one receipt from wherever.
TRYING = Limit("try", 10, 15 * 60)
TRYING_ONE = Limit("try-one", 20, 60 * 60)


def address_of(request: Any) -> str:
    """Return the address of the sender's machine, through the proxies that the site trusts."""
    return import_string(settings.CLIENT_ADDRESS_CALLABLE)(request)
