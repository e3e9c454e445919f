"""What takes long is handed to the site's worker, where there is one (docs/adr/0058-one-queue.md)."""

import threading
from typing import Any

from django.db import connections
from django.urls import get_script_prefix
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task

from partybuilding.conf import setting


def has_worker() -> bool:
    """Tell whether tasks are run by somebody else than whoever asks for them."""
    return not isinstance(task_backends[setting("TASK_BACKEND")], ImmediateBackend)


def hand_over(task: "Task[..., Any]", *arguments: Any) -> None:
    """Ask the worker for a task; call it after the commit of what it will read.

    A worker that is killed leaves its task to the next one, so that each must bear being begun again.
    """
    task.using(backend=setting("TASK_BACKEND")).enqueue(*arguments)


def run_beside(task: "Task[..., Any]", pk: int) -> None:
    """Run a task for a row beside the request that asked for it: by the worker, or in a thread where there is none.

    Args:
        task: is called with the key and the path below which the site lives, which nobody but a request knows.
    """
    arguments = (pk, get_script_prefix())
    if has_worker():
        hand_over(task, *arguments)
    else:
        threading.Thread(target=_in_thread, args=(task, *arguments), daemon=True).start()


def _in_thread(task: "Task[..., Any]", *arguments: Any) -> None:
    try:
        task.call(*arguments)
    finally:
        connections.close_all()
