"""Who is locked out: by name and address soon, by address alone later, by name alone last."""

import unicodedata
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest

#: How many failures within AXES_COOLOFF_TIME lock, for each of AXES_LOCKOUT_PARAMETERS in its order.
#: Offices share an address, and a name alone must not be shut by whoever knows it.
LIMITS = (8, 40, 60)


def name_typed(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """Return the login name that was typed as it is counted: in whatever case the same."""
    typed = (credentials or {}).get("username") or (request.POST.get("username") if request else "")
    return unicodedata.normalize("NFKC", str(typed or "")).strip().casefold()[:150] or None


class LockoutHandler(AxesDatabaseHandler):
    """The library's handler with a limit of its own for each way of counting."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the failures of the way that is nearest to its limit, on the scale of the first."""
        counts = [
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        ]
        scale = settings.AXES_FAILURE_LIMIT
        return max(count * scale // limit for count, limit in zip(counts, LIMITS, strict=True))

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget the failures of this name from this address; one's own account clears no others."""
        pair = self.filter_user_attempts(request, credentials)[0]
        return pair.delete()[0]
