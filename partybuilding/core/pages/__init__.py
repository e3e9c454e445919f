"""Pages of the public column: what all of them share, those that show a record, those that are articles."""

from partybuilding.core.pages.articles import Article, ArticleForm
from partybuilding.core.pages.column import (
    FRESH_SECONDS,
    ColumnPage,
    front_page_entry,
)
from partybuilding.core.pages.correcting import CorrectablePage, slug_of_correction
from partybuilding.core.pages.gate import ColumnPageForm, PublicationRefused, faults_of
from partybuilding.core.pages.meta import PageMeta, own_address, shortened
from partybuilding.core.pages.permissions import (
    ColumnPermissionTester,
    RecordPagePermissionTester,
    has_been_public,
)
from partybuilding.core.pages.record import (
    RecordPage,
    RecordPageForm,
    material_given,
    record_made,
    record_page_models,
    record_page_of,
)
from partybuilding.core.pages.restrictions import open_to_all
from partybuilding.core.pages.revisions import approval_of
from partybuilding.core.pages.withdrawal import OFFLINE, take_offline

__all__ = [
    "FRESH_SECONDS",
    "OFFLINE",
    "Article",
    "ArticleForm",
    "ColumnPage",
    "ColumnPageForm",
    "ColumnPermissionTester",
    "CorrectablePage",
    "PageMeta",
    "PublicationRefused",
    "RecordPage",
    "RecordPageForm",
    "RecordPagePermissionTester",
    "approval_of",
    "faults_of",
    "front_page_entry",
    "has_been_public",
    "material_given",
    "open_to_all",
    "own_address",
    "record_made",
    "record_page_models",
    "record_page_of",
    "shortened",
    "slug_of_correction",
    "take_offline",
]
