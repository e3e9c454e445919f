"""Back up and restore: a set is a folder with the database, every file, and a manifest that a key seals."""

from config.operations.backup.making import make_set
from config.operations.backup.restoring import restore_set
from config.operations.backup.sets import Unfit, check_set, newest_set, outlived, sets_in

__all__ = [
    "Unfit",
    "check_set",
    "make_set",
    "newest_set",
    "outlived",
    "restore_set",
    "sets_in",
]
