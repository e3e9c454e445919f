"""Every room is read once, in one place, and nothing depends on what happened to be imported."""

import subprocess
import sys

from django.apps import apps
from django.conf import settings

from partybuilding.core import rooms
from partybuilding.core.machine.registry import all_machines

PLUGIN = settings.ROOT / "partybuilding"
#: What a process knows that has read the models and nothing else: no addresses, no hooks of the CMS.
KNOWN = """
import django
django.setup()
from partybuilding.core import rooms
print(len(rooms.joined), *(len(list(rooms.collect(name))) for name in ("machines", "deadlines", "desk")))
"""


def test_every_folder_with_a_room_is_named_and_no_other() -> None:
    named = set(apps.get_app_config("partybuilding").rooms)
    found = {".".join(path.parent.relative_to(PLUGIN).parts) for path in PLUGIN.rglob("room.py")}
    assert named == found


def test_a_process_that_only_read_the_models_knows_everything() -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONPATH": ".:site"}
    told = subprocess.run(
        [sys.executable, "-c", KNOWN],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    names = ("machines", "deadlines", "desk")
    here = [len(rooms.joined), *(len(list(rooms.collect(name))) for name in names)]
    assert [int(one) for one in told] == here
    assert min(here) > 0


def test_every_machine_has_a_screen_that_is_one_of_its_rooms_addresses() -> None:
    assert all(machine.screen.startswith("partybuilding:") for machine in all_machines())


def test_loading_again_connects_nothing_twice() -> None:
    one = next(listener for room in rooms.joined for listener in room.listeners)
    before = len(one.signal.receivers)
    rooms.load()
    assert len(one.signal.receivers) == before
