"""Pages of the public column: what all of them share, those that exist once, those that show a record."""

from partybuilding.core.pages.column import (
    FRESH_SECONDS,
    ColumnPage,
    ColumnPermissionTester,
    front_page_entry,
    open_to_all,
)
from partybuilding.core.pages.gate import ColumnPageForm, PublicationRefused, faults_of
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
    "ColumnPage",
    "ColumnPageForm",
    "ColumnPermissionTester",
    "PublicationRefused",
    "RecordPage",
    "RecordPagePermissionTester",
    "SingularPage",
    "SingularPermissionTester",
    "approval_of",
    "faults_of",
    "front_page_entry",
    "open_to_all",
    "record_page_models",
    "record_page_of",
]
