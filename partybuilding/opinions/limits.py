"""How often one address may send a form or try a code; counted in the database, over all workers.

Addresses are kept as keyed digests and for as long as they count. Many residents share one address
(villages, offices, mobile networks): the limit is for machines, not for a family.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partybuilding.conf import setting
from partybuilding.opinions.models import Tally

_SALT = "partybuilding.opinions.limit"


@dataclass(frozen=True)
class Limit:
    """At most so many within so many seconds."""

    name: str
    most: int
    seconds: int

    def spend(self, key: str) -> int:
        """Count one more, and return for how many seconds it is too many; 0 when it is not."""
        window, passed = divmod(int(timezone.now().timestamp()), self.seconds)
        place = self._place(key, window)
        with transaction.atomic():
            until = datetime.fromtimestamp((window + 1) * self.seconds, UTC)
            row, is_first = Tally.objects.select_for_update().get_or_create(
                place=place, defaults={"until": until}
            )
            if is_first:
                Tally.objects.filter(until__lt=timezone.now()).delete()
                return 0 if self.most else self.seconds - passed
            Tally.objects.filter(place=place).update(count=F("count") + 1)
        return 0 if row.count < self.most else self.seconds - passed

    def is_spent(self, key: str) -> bool:
        """Tell whether one more would be too many, without counting one."""
        window = int(timezone.now().timestamp()) // self.seconds
        return Tally.objects.filter(place=self._place(key, window), count__gte=self.most).exists()

    def _place(self, key: str, window: int) -> str:
        digest = salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:32]
        return f"opinions:{self.name}:{window}:{digest}"


def sending() -> Limit:
    """Return the limit of opinions from one address."""
    return Limit("send", setting("OPINIONS_PER_ADDRESS"), 10 * 60)


def appraising() -> Limit:
    """Return the limit of appraisals of one project from one address: a family, not a campaign."""
    return Limit("appraise", setting("OPINIONS_PER_ADDRESS"), 24 * 60 * 60)


#: Wrong codes of one receipt from one address, and of any receipt from one. A receipt has no limit of
#: its own: whoever tries codes of others from elsewhere must not shut its owner out, and a hundred
#: million codes outlast every number of addresses.
TRYING_ONE = Limit("try-one", 10, 15 * 60)
TRYING = Limit("try", 60, 15 * 60)
