"""Everything that writes the evaluation of a year."""

from partybuilding.evaluation.services.draws import announce_draw, draw_lots, swap
from partybuilding.evaluation.services.objecting import object_to
from partybuilding.evaluation.services.running import compute, override
from partybuilding.evaluation.services.scans import attach_scans
from partybuilding.evaluation.services.scoring import (
    SheetRefused,
    declare_conflict,
    explain,
    give_statement,
    rate_daily,
    record_absence,
    save_sheet,
)
from partybuilding.evaluation.services.year import delivered_rules, save_evaluation_rules

__all__ = [
    "SheetRefused",
    "announce_draw",
    "attach_scans",
    "compute",
    "declare_conflict",
    "delivered_rules",
    "draw_lots",
    "explain",
    "give_statement",
    "object_to",
    "override",
    "rate_daily",
    "record_absence",
    "save_evaluation_rules",
    "save_sheet",
    "swap",
]
