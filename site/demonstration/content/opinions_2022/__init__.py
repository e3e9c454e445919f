"""What residents wrote in 2022, and what was answered: invented, in words that fit many projects.

`{task}` and `{goal}` are a commitment's own words, `{place}` who carries it out, `{post}` who answers
for it, `{month}` the month in which it is due. Nobody's number stands anywhere.
"""

from demonstration.content.opinions_2022.anywhere import ANYWHERE
from demonstration.content.opinions_2022.by_sector import BY_SECTOR
from demonstration.content.opinions_2022.decisions import (
    CURRENT,
    EXTENSIONS,
    FLOOD,
    GENERAL,
    REFUSALS,
    SENT_BACK,
    TRANSFERS,
)

__all__ = [
    "ANYWHERE",
    "BY_SECTOR",
    "CURRENT",
    "EXTENSIONS",
    "FLOOD",
    "GENERAL",
    "REFUSALS",
    "SENT_BACK",
    "TRANSFERS",
]
