"""What a room of the house says of itself, once, in its `room.py`; and the one place where it is read.

An app names its rooms in its AppConfig (`rooms = ("projects", …)`, "" for the app itself). `load()`
reads them all when the models are there, so that nothing depends on which module happened to be
imported. Whoever needs what they have to say asks `collect("deadlines")`: they answer in that order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.apps import apps
from django.dispatch import Signal

Function = Callable[..., Any]


@dataclass(frozen=True)
class Listener:
    """A function that is called when something happened, once, however often the rooms are read."""

    signal: Signal
    receiver: Function
    sender: Any = None


@dataclass(frozen=True)
class IndexPage:
    """A part of the public column that is planted below its front page.

    Args:
        model: the page type.
        title: its name in the navigation, as residents read it.
        slug: its address.
        order: its place in the navigation.
        is_written: whether editors add pages to it by hand.
        is_in_menus: whether it stands in the navigation; otherwise in the foot.
        writers: the role that changes its pages besides editors and publishers, if any.
    """

    model: Any
    title: str
    slug: str
    order: int
    is_written: bool = False
    is_in_menus: bool = True
    writers: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Room:
    """All that a room adds to the house; most rooms leave most of it empty.

    Args:
        machines: its machines (`core.machine.registry.Machine`).
        starts: called once when the app is ready.
        listeners: what it does when something happens elsewhere.
        file_scopes: by model, who may open the files of its rows; of other models nobody may.
        file_names: functions; the names of private files that stand in no FileField.
        identity: tells who a user is when they act (`core.machine.attempts.Identity`); one room does.
        office: tells who receives objections to a notice (`column.notices.office`); one room does.
        deadlines: functions of a day; what is due (`core.desk.deadlines`).
        desk: functions of a user; the lines of the first screen (`core.desk.lines`).
        remarks: functions of page and user; what the page editor says first (`core.pages.remarks`).
        open_things: functions of a project; what keeps its file from being closed.
        open_before_results: the same; what keeps its results from being handed in.
        before_grading: functions of a project; what keeps it from being graded.
        before_announcing: functions of a programme year; what keeps its results from being announced.
        case_sections: parts of a project's case file (`projects.casefile.contents`).
        case_actions: functions of project and user; ways from the case file.
        besides: what it lets a year ask besides the application (`projects.yearform.services.Besides`).
        next_year: functions of a programme year and the one prepared from it; what they copy.
        cycle_actions: functions of programme year and user; ways from its screen.
        session_actions: functions of decision session and user; ways from its summary.
        page_sections: parts of a project's public page (`projects.page.sections`).
        page_words: what of that page a project is found by (`projects.page.words.PageWords`).
        commitment_ways: functions of a reading; ways from the cards of its commitments.
        changes: functions of a project's expression; moments at which what residents read of it changed.
        list_ways: functions of an index page; ways to what is made of what it lists.
        words: its lists of words (`core.words.lists`).
        texts: its letters and messages that the department may word (`texts.register.EditedText`).
        pack_items: functions that yield what of the installation a programme pack takes along (`packs.items`).
        columns: what residents expect something new in (`column.waiting.freshness`).
        ways_when_empty: functions of a model and user; ways from its register while it is empty.
        filters: functions of a model; further filters of its register.
        menu: by group of the menu, registers and items; those of "" stand at its top.
        addresses: by prefix, the module of its staff screens.
        public_addresses: by prefix, the module of what residents read beside pages.
        index_pages: its parts of the public column.
        hooks: pairs of a hook's name and a function (Wagtail's hooks).
    """

    machines: tuple[Any, ...] = ()
    starts: tuple[Function, ...] = ()
    listeners: tuple[Listener, ...] = ()
    file_scopes: Mapping[Any, Function] = field(default_factory=dict)
    file_names: tuple[Function, ...] = ()
    identity: tuple[Function, ...] = ()
    office: tuple[Function, ...] = ()
    deadlines: tuple[Function, ...] = ()
    desk: tuple[Function, ...] = ()
    remarks: tuple[Function, ...] = ()
    open_things: tuple[Function, ...] = ()
    open_before_results: tuple[Function, ...] = ()
    before_grading: tuple[Function, ...] = ()
    before_announcing: tuple[Function, ...] = ()
    case_sections: tuple[Any, ...] = ()
    case_actions: tuple[Function, ...] = ()
    besides: tuple[Any, ...] = ()
    next_year: tuple[Function, ...] = ()
    cycle_actions: tuple[Function, ...] = ()
    session_actions: tuple[Function, ...] = ()
    page_sections: tuple[Any, ...] = ()
    page_words: tuple[Any, ...] = ()
    commitment_ways: tuple[Function, ...] = ()
    changes: tuple[Function, ...] = ()
    list_ways: tuple[Function, ...] = ()
    words: tuple[Any, ...] = ()
    texts: tuple[Any, ...] = ()
    pack_items: tuple[Function, ...] = ()
    columns: tuple[Any, ...] = ()
    ways_when_empty: tuple[Function, ...] = ()
    filters: tuple[Function, ...] = ()
    menu: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    public_addresses: Mapping[str, str] = field(default_factory=dict)
    index_pages: tuple[IndexPage, ...] = ()
    hooks: tuple[tuple[str, Function], ...] = ()


#: The rooms of all apps, in the order in which they are named.
joined: tuple[Room, ...] = ()


def load() -> None:
    """Read the rooms of every installed app, and let them begin; called once, when models are there."""
    global joined
    names = [
        ".".join(filter(None, (app.name, room, "room")))
        for app in apps.get_app_configs()
        for room in getattr(app, "rooms", ())
    ]
    joined = tuple(import_module(name).ROOM for name in names)
    for name, room in zip(names, joined, strict=True):
        for start in room.starts:
            start()
        for one in room.listeners:
            uid = f"{name}.{one.receiver.__name__}"
            one.signal.connect(one.receiver, sender=one.sender, dispatch_uid=uid)


def collect(name: str) -> Iterator[Any]:
    """Yield what every room says under a name, in the order of the rooms; pairs where it is a mapping."""
    for room in joined:
        said = getattr(room, name)
        yield from said.items() if isinstance(said, Mapping) else said
