"""Tell a fault of the program from a database or store that cannot answer now, and answer the latter well.

Whoever meets it hears when to try again and gets back what was typed, ready to be sent once more.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.db import Error, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from partybuilding.core.access.requests import is_script

#: Seconds after which it is worth asking again.
RETRY_AFTER = 30
#: Texts of this length were typed; what is shorter is sent again unseen.
WORTH_SHOWING = 12
#: Primary result codes of SQLite: busy, locked, read-only, I/O, damaged, full, cannot open, no database.
_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}
_DISK = {
    errno.ENOSPC,
    errno.EROFS,
    errno.EDQUOT,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.EACCES,
}
#: PostgreSQL's codes for a server that takes no writes and for a transaction that idled too long.
_POSTGRES = {"25006", "25P03"}
#: What the client of an object store raises, by the package that it comes from.
_STORES = ("botocore", "urllib3")


def is_unavailable(error: BaseException | None) -> bool:
    """Tell whether database or storage is full, read-only, locked, hanging or away."""
    return any(_says_so(one) for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _says_so(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    if isinstance(error, Error):
        return _database_says_so(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return True
    by_store = type(error).__module__.startswith(_STORES)
    return by_store or isinstance(error, TimeoutError | ConnectionError)


def _database_says_so(error: Error) -> bool:
    if isinstance(error.__cause__, sqlite3.Error):
        return False  # the cause, next in the chain, knows whether it is the program's fault
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) in _POSTGRES
    return isinstance(error, OperationalError | InterfaceError)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: 503 with what was typed when it may be tried again, else 500."""
    if not is_unavailable(sys.exc_info()[1]):
        return server_error(request)
    response = _answer(request)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    if is_script(request):
        said = _("The site cannot save or read anything just now. Please try again in a moment.")
        body = {"success": False, "error_code": "unavailable", "error_message": said}
        return JsonResponse({**body, "message": said}, status=503)
    # Without the request, as of a fault: its processors would ask the database.
    context = {"retry_after": RETRY_AFTER, **_typed(request)}
    return HttpResponse(loader.get_template("503.html").render(context), status=503)


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return what was posted, unless a password stands in it."""
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
        files = [getattr(file, "name", "") for file in request.FILES.values()]
    except (OSError, Error):  # the upload itself found no room
        return {}
    if not posted or any("password" in name or name == "token" for name, _value in posted):
        return {}
    fields = [
        {"name": name, "value": value, "is_text": _is_text(name, value)} for name, value in posted
    ]
    return {"fields": fields, "files": files, "action": request.get_full_path()}


def _is_text(name: str, value: str) -> bool:
    return name != "csrfmiddlewaretoken" and (len(value) >= WORTH_SHOWING or "\n" in value)
