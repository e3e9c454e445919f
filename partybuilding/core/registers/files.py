"""A register as a file: written in the request while it is short, else beside it, with progress to be seen.

Whoever makes a long one asks the register's own address again with the owner's rights, so that every
register, whatever it is narrowed to, comes to its file by the one road that its list takes.
"""

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import get_script_prefix, resolve, set_script_prefix
from django.utils import timezone
from django_tasks import task

from partybuilding.core.background import run_beside
from partybuilding.core.files.storage import private_storage
from partybuilding.core.models import ListFile, ListStatus
from partybuilding.core.models.listfile import KEPT
from partybuilding.core.registers.exports import ExportColumn, as_xlsx, xlsx_of

#: More rows than this are written beside the request.
LONG = 2_000
#: Rows that are read at once, and after which it is told how far it is.
BEAT = 500
log = logging.getLogger(__name__)


def as_file(
    request: HttpRequest, title: str, columns: Sequence[ExportColumn], rows: QuerySet
) -> HttpResponse:
    """Return rows as XLSX; of many, the way to where they are being written."""
    if isinstance(request, Again):
        _write(request.file, title, columns, rows)
        return HttpResponse(status=204)
    if len(rows.order_by().values_list("pk")[: LONG + 1]) <= LONG:
        return as_xlsx(title, columns, rows)
    return redirect("partybuilding:list_file", begin(request, title, rows.count()).pk)


def begin(request: HttpRequest, title: str, total: int) -> ListFile:
    """Begin to write a register; one that its owner has begun already is not begun twice."""
    address = {"owner": request.user, "address": request.get_full_path()}
    running = ListFile.objects.running().filter(**address).first()
    if running is not None:
        return running
    file = ListFile.objects.create(**address, title=title, total=total)
    transaction.on_commit(lambda: make_beside(file))
    return file


def make_beside(file: ListFile) -> None:
    """Write it beside the request: by the worker, or in a thread where there is none."""
    run_beside(make, file.pk)


@task()
def make(pk: int, prefix: str) -> None:
    """Write a file that is still wanted; begun again after a worker was killed, it begins anew.

    Args:
        pk: its key.
        prefix: the path below which the site lives, which nobody but a request knows.
    """
    file = ListFile.objects.filter(pk=pk, status=ListStatus.RUNNING).select_related("owner").first()
    if file is None:
        return
    set_script_prefix(prefix)
    try:
        again = Again(file)
        view, args, kwargs = resolve(again.path_info)
        view(again, *args, **kwargs)
        fate = ListStatus.MADE if file.file else ListStatus.FAILED
    except Exception:
        log.exception("a list could not be written")
        fate = ListStatus.FAILED
    still = ListFile.objects.filter(pk=pk, status=ListStatus.RUNNING)
    if not still.update(status=fate, file=file.file.name, heard_at=timezone.now()) and file.file:
        private_storage().delete(file.file.name or "")


class Again(HttpRequest):
    """The request of a file's owner, once more."""

    def __init__(self, file: ListFile) -> None:
        super().__init__()
        address = urlsplit(file.address)
        self.file = file
        self.user = file.owner
        self.method = "GET"
        self.path = address.path
        self.path_info = "/" + address.path.removeprefix(get_script_prefix())
        self.GET = QueryDict(address.query)
        self.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": address.query}


def _write(file: ListFile, title: str, columns: Sequence[ExportColumn], rows: QuerySet) -> None:
    content = xlsx_of(title, columns, _told(file, rows))
    file.done = file.total
    name = file.file.field.generate_filename(file, "list.xlsx")
    file.file.name = private_storage().save(name, File(BytesIO(content)))


def _told(file: ListFile, rows: QuerySet) -> Iterator[Any]:
    """Yield the rows, and tell how many were written."""
    for number, row in enumerate(rows.iterator(chunk_size=BEAT)):
        if number % BEAT == 0:
            now = timezone.now()
            ListFile.objects.filter(pk=file.pk).update(done=number, heard_at=now)
        yield row


def forget_list_files() -> int:
    """Forget files that are a day old; return how many."""
    old = ListFile.objects.filter(begun_at__lt=timezone.now() - KEPT)
    for name in old.exclude(file="").values_list("file", flat=True):
        private_storage().delete(name)
    return old.delete()[0]
