"""Pages of the public column: what all of them share, those that exist once, those that show a record."""

from partybuilding.core.pages.column import (
    FRESH_SECONDS,
    ColumnPage,
    ColumnPermissionTester,
    front_page_entry,
    has_been_public,
    open_to_all,
)
from partybuilding.core.pages.correcting import CorrectablePage, slug_of_correction
from partybuilding.core.pages.farewell import OFFLINE, take_offline
from partybuilding.core.pages.gate import ColumnPageForm, PublicationRefused, faults_of
from partybuilding.core.pages.made import MadePage, MadePageForm, material_given, record_made
from partybuilding.core.pages.meta import PageMeta, own_address, shortened
from partybuilding.core.pages.record import (
    RecordPage,
    RecordPagePermissionTester,
    record_page_models,
    record_page_of,
)
from partybuilding.core.pages.review import approval_of
from partybuilding.core.pages.singular import SingularPage, SingularPermissionTester

__all__ = [
    "FRESH_SECONDS",
    "OFFLINE",
    "ColumnPage",
    "ColumnPageForm",
    "ColumnPermissionTester",
    "CorrectablePage",
    "MadePage",
    "MadePageForm",
    "PageMeta",
    "PublicationRefused",
    "RecordPage",
    "RecordPagePermissionTester",
    "SingularPage",
    "SingularPermissionTester",
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
