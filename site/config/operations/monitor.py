"""Answer whoever watches the site, from the machine's own address: alive, ready, and figures for Prometheus."""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse

from config.operations.probes import Answer, ask, ready_probes
from config.operations.probes.replicas import replicas
from partybuilding.core.answers.replicas import first_that_answers
from partybuilding.core.models import CommandRun, DeliveryState
from partybuilding.core.selectors import mails_in


def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200 while the process lives and a database answers, a replica too, 503 otherwise."""
    if first_that_answers(_lives) is None:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


def _lives(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def readyz(request: HttpRequest) -> HttpResponse:
    """Return 503 when no request can be answered well here; what only somebody has to look at stands in the answer."""
    answers = ask(ready_probes())
    worst = max(answer.finding.level for answer in answers)
    body = {"status": worst.name.lower(), "checks": {one.probe.name: told(one) for one in answers}}
    return JsonResponse(
        body,
        status=503 if any(answer.stops for answer in answers) else 200,
        json_dumps_params={"ensure_ascii": False},
    )


def told(answer: Answer) -> dict[str, str]:
    """Return a probe's answer as plain values."""
    finding = answer.finding
    return {
        "title": str(answer.probe.title),
        "level": finding.level.name.lower(),
        "said": finding.said,
        "todo": finding.todo,
    }


def metrics(request: HttpRequest) -> HttpResponse:
    """Return the same as figures, in the words of Prometheus, where they are switched on."""
    if not settings.METRICS:
        return HttpResponseNotFound()
    return HttpResponse(
        "\n".join([*_lines(), ""]), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _lines() -> Iterator[str]:
    yield "# TYPE partybuilding_probe_level gauge"
    for answer in ask(ready_probes()):
        yield f'partybuilding_probe_level{{probe="{answer.probe.name}"}} {answer.finding.level:d}'
    yield "# TYPE partybuilding_replica_behind_seconds gauge"
    for replica in replicas():
        behind = "NaN" if replica.behind is None else f"{replica.behind:.3f}"
        yield f'partybuilding_replica_behind_seconds{{replica="{replica.alias}"}} {behind}'
    with suppress(DatabaseError):  # its probe has said above that the primary is away
        yield from _rows()


def _rows() -> Iterator[str]:
    yield "# TYPE partybuilding_mails gauge"
    for state in (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.PARKED):
        yield f'partybuilding_mails{{state="{state.value}"}} {mails_in(state)}'
    yield "# TYPE partybuilding_command_succeeded_timestamp_seconds gauge"
    for run in CommandRun.objects.exclude(succeeded_at=None):
        moment = run.succeeded_at.timestamp() if run.succeeded_at else 0
        name = "partybuilding_command_succeeded_timestamp_seconds"
        yield f'{name}{{command="{run.command}"}} {moment:.0f}'


class MonitorMiddleware:
    """Answer the monitor before anything asks for host, session or account; nobody else finds these addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        response = answer(request) if is_own(request) else HttpResponseNotFound()
        response["Cache-Control"] = "no-store"
        return response


def is_own(request: HttpRequest) -> bool:
    """Tell whether everybody on the way of the request is a machine that may ask, its sender first of all."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    way = [request.META.get("REMOTE_ADDR", ""), *filter(None, forwarded.split(","))]
    return all(_is_allowed(address.strip()) for address in way)


def _is_allowed(address: str) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    networks = (ipaddress.ip_network(one) for one in settings.MONITOR_ADDRESSES)
    return any(known in network for network in networks)
