"""Everything that writes opinions and appraisals."""

from partybuilding.opinions.services.appraising import appraise, set_period
from partybuilding.opinions.services.handling import Outcome, clear_contacts, refuse_many
from partybuilding.opinions.services.publishing import publish_exchange, withhold_exchange
from partybuilding.opinions.services.receiving import Receipt, receive

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
