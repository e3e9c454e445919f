"""Everything that writes opinions and appraisals."""

from partybuilding.opinions.services.handling import (
    Outcome,
    clear_contacts,
    publish_exchange,
    refuse_many,
    withhold_exchange,
)
from partybuilding.opinions.services.receiving import Receipt, appraise, receive, set_period

__all__ = [
    "Outcome",
    "Receipt",
    "appraise",
    "clear_contacts",
    "publish_exchange",
    "receive",
    "refuse_many",
    "set_period",
    "withhold_exchange",
]
