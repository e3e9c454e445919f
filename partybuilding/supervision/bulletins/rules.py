"""What a bulletin must hold before residents read it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.wording import day_words


def problems(bulletin: Any) -> Iterator[str]:
    """Say what keeps a bulletin from being handed in or published."""
    if not bulletin.issuer:
        yield _("Name the organization that issues the bulletin.")
    if bulletin.computed_at is None:
        yield _("The figures are missing: compute them from the rows first.")
    elif timezone.localdate(bulletin.computed_at) < bulletin.period.last_working_day:
        day = bulletin.period.last_working_day
        yield (
            _("The quarter runs until %(day)s; compute the figures again when it is over.")
            % {"day": day_words(day)}
        )
