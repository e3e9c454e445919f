"""A backup holds all that its database names, is refused when a byte of it is another, and comes back whole."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from config.operations.backup import check_set, outlived, sets_in, stores
from config.operations.backup.sets import MANIFEST, SEAL, Manifest, Unfit
from partybuilding.core.files.storage import private_storage
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import Attachment, Delivery, TransitionRecord
from partybuilding.core.services import attach, post_notices, seal_trail
from tests.factories import make_cast, make_project, make_user
from tests.factories.pictures import photograph


@pytest.fixture(autouse=True)
def empty_storages() -> Iterator[None]:
    """Begin and end without a file."""
    clear_storages()
    yield
    clear_storages()


def clear_storages() -> None:
    for folder in (Path(configured.MEDIA_ROOT), Path(configured.PRIVATE_MEDIA_ROOT)):
        for path in folder.parent.glob(f"*{folder.name}*"):
            shutil.rmtree(path)


@pytest.fixture
def site(transactional_db: None) -> Attachment:
    """Make a site with a project, a file of it and a picture."""
    cast = make_cast()
    project = make_project("draft", cast)
    file = attach(
        project, SimpleUploadedFile("照片.jpg", photograph(size=(40, 30))), by=cast["applicant"]
    )
    default_storage.save("images/one.jpg", ContentFile(b"a picture"))
    seal_trail()
    return file


def run(command: str, *arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.fixture
def made(site: Attachment, tmp_path: Path) -> Path:
    run("backup", str(tmp_path / "sets"))
    (folder,) = sets_in(tmp_path / "sets")
    return folder


def test_a_backup_holds_database_and_files_and_names_keys_but_no_secret(
    made: Path, site: Attachment
) -> None:
    manifest = check_set(made)
    assert {f"private/{site.file.name}", "media/images/one.jpg"} < manifest.files.keys()
    assert manifest.trail["rows"] == TransitionRecord.objects.count()
    assert manifest.keys["variables"] == ["SECRET_KEY", "TRAIL_KEY"]
    told = (made / MANIFEST).read_text()
    secrets = [configured.SECRET_KEY, *configured.PARTYBUILDING_TRAIL_KEYS.values()]
    assert not [secret for secret in secrets if secret in told]
    assert manifest.missing == []


def test_only_its_keeper_may_read_a_backup(made: Path) -> None:
    modes = {path.stat().st_mode & 0o077 for path in [made, *made.rglob("*")]}
    assert modes == {0}


def test_what_an_earlier_backup_holds_is_linked(
    made: Path, site: Attachment, tmp_path: Path
) -> None:
    made.rename(made.with_name("2026-01-01T00-00-00"))
    run("backup", str(tmp_path / "sets"), days=10_000)
    first, second = (folder / "private" / site.file.name for folder in sets_in(tmp_path / "sets"))
    assert first.stat().st_ino == second.stat().st_ino


def test_a_cut_off_backup_is_none_and_goes_with_the_next(site: Attachment, tmp_path: Path) -> None:
    cut_off = tmp_path / "sets" / ".2026-01-01T00-00-00.partial"
    cut_off.mkdir(parents=True)
    assert sets_in(tmp_path / "sets") == []
    run("backup", str(tmp_path / "sets"))
    assert not cut_off.exists()


def test_a_backup_without_a_file_that_a_row_names_says_so(site: Attachment, tmp_path: Path) -> None:
    private_storage().delete(site.file.name)
    with pytest.raises(CommandError):
        run("backup", str(tmp_path / "sets"))
    (folder,) = sets_in(tmp_path / "sets")
    assert check_set(folder).missing == [f"private/{site.file.name}"]


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def forge(folder: Path) -> None:
    """Edit a file and write its new hash into the manifest, as whoever has only the set can."""
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["trail"]["rows"] += 1
    (folder / MANIFEST).write_text(json.dumps(manifest))


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "a byte of the database": lambda folder: edit(next(folder.glob("database.*"))),
    "a byte of a file": lambda folder: edit(folder / "media/images/one.jpg"),
    "a file cut short": lambda folder: os.truncate(folder / "media/images/one.jpg", 3),
    "a file is gone": lambda folder: (folder / "media/images/one.jpg").unlink(),
    "a file too many": lambda folder: (folder / "media/two.jpg").write_bytes(b"x"),
    "a link in place of a file": lambda folder: _link(folder / "media/images/one.jpg"),
    "the manifest": lambda folder: edit(folder / MANIFEST),
    "the manifest, well formed": forge,
    "the seal": lambda folder: edit(folder / SEAL),
    "a seal of a key that nobody has": lambda folder: (folder / SEAL).write_text("other 00"),
    "no seal": lambda folder: (folder / SEAL).unlink(),
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
}


def _link(path: Path) -> None:
    kept = path.parents[3] / "elsewhere.jpg"
    path.rename(kept)
    path.symlink_to(kept)


def test_a_damaged_or_forged_backup_is_refused_and_nothing_touched(
    made: Path, tmp_path: Path
) -> None:
    taken = []
    for damage, does in DAMAGES.items():
        copy = tmp_path / damage / made.name
        shutil.copytree(made, copy)
        does(copy)
        for options in ({"check": True}, {"replace": True}):
            try:
                taken.append(damage + run("restore", str(copy), **options))
            except CommandError:
                continue
    assert taken == []
    assert default_storage.exists("images/one.jpg")


def test_a_whole_one_passes_the_check_and_of_a_folder_the_newest_is_meant(made: Path) -> None:
    assert made.name[:10] in run("restore", str(made.parent), check=True)
    with pytest.raises(CommandError):
        run("restore", str(made / "media"), check=True)


def test_a_database_is_not_replaced_without_being_told(made: Path) -> None:
    with pytest.raises(CommandError, match="--replace"):
        run("restore", str(made))


def test_a_backup_of_another_database_or_a_newer_version_is_refused(made: Path) -> None:
    manifest = Manifest.read(made)
    manifest.database["kind"] = "another"
    manifest.write(made)
    with pytest.raises(CommandError):
        run("restore", str(made), replace=True)
    manifest.database["kind"] = connection.vendor
    manifest.database["migrations"]["partybuilding"].append("9999_of_tomorrow")
    manifest.write(made)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("restore", str(made), replace=True, stdout=out)
    assert "9999_of_tomorrow" in out.getvalue()


def test_a_backup_comes_back_whole_over_what_was_changed_since(
    site: Attachment, tmp_path: Path, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    user = make_user(email="a@example.cn")
    post_notices([NoticeDraft([user], "请初审", "")], key="k")
    run("backup", str(tmp_path / "sets"))
    rows = TransitionRecord.objects.count()
    name = site.file.name
    private_storage().delete(name)
    Attachment.objects.all().delete()
    default_storage.save("images/two.jpg", ContentFile(b"later"))

    said = run("restore", str(tmp_path / "sets"), replace=True)

    assert TransitionRecord.objects.count() == rows
    assert private_storage().exists(name)
    assert not default_storage.exists("images/two.jpg")
    assert [p.name[:12] for p in Path(configured.MEDIA_ROOT).parent.glob("media.*")] == [
        "media.before"
    ]
    assert Delivery.objects.get().state == "parked"
    assert "已恢复" in said


def test_a_database_that_somebody_uses_is_not_replaced(site: Attachment, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "sets"))
    other = connection.copy()
    other.ensure_connection()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM partybuilding_attachment")
        with pytest.raises(CommandError):
            run("restore", str(tmp_path / "sets"), replace=True)
    finally:
        other.close()
    assert Attachment.objects.count() == 1
    assert not list(Path(configured.MEDIA_ROOT).parent.glob(".*.restoring"))


#: How many days ago a set was made.
AGES = st.sets(st.integers(0, 900), min_size=1, max_size=40)


@given(AGES, st.integers(0, 60), st.integers(0, 24))
def test_what_is_removed_is_old_and_never_the_newest(
    ages: set[int], kept_days: int, months: int
) -> None:
    days = [date(2026, 11, 29) - timedelta(days=age) for age in ages]
    names = sorted({f"{day:%Y-%m-%d}T02-00-00" for day in days})
    today = max(days)
    gone = outlived(names, today, days=kept_days, months=months)
    assert names[-1] not in gone
    lately = [n for n in names if date.fromisoformat(n[:10]) > today - timedelta(days=kept_days)]
    assert not set(lately) & set(gone)
    index = today.year * 12 + today.month
    for month in {n[:7] for n in names}:
        first = min(n for n in names if n.startswith(month))
        if index - int(month[:4]) * 12 - int(month[5:]) < months:
            assert first not in gone
    kept = set(names) - set(gone)
    assert outlived(sorted(kept), today, days=kept_days, months=months) == []


def test_every_day_of_two_weeks_and_the_first_of_each_month_are_kept() -> None:
    today = date(2026, 11, 29)
    names = [f"{today - timedelta(days=n):%Y-%m-%d}T02-00-00" for n in range(400)]
    kept = set(names) - set(outlived(names, today, days=14, months=12))
    assert len([name for name in kept if name >= "2026-11-16"]) == 14
    assert {name[:10] for name in kept if name < "2026-11-16"} == {
        *(["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]),
        *(["2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]),
    }


def test_the_disk_of_the_backups_may_be_full(
    site: Attachment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(CommandError, match="No space left"):
            run("backup", str(tmp_path / "sets"))
    assert sets_in(tmp_path / "sets") == []


def test_a_manifest_of_a_later_format_is_refused(made: Path) -> None:
    manifest = Manifest.read(made)
    manifest.format = 2
    manifest.write(made)
    with pytest.raises(Unfit):
        check_set(made)


class Bucket:
    """An object storage with a few objects, as boto3 shows one."""

    def __init__(self, *objects: tuple[str, int, str]) -> None:
        made = [SimpleNamespace(key=key, size=size, e_tag=f'"{tag}"') for key, size, tag in objects]
        self.objects = SimpleNamespace(
            filter=lambda **what: [one for one in made if one.key.startswith(what["Prefix"])]
        )


def test_of_object_storage_the_list_is_kept_and_held_against_what_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def store(*objects: tuple[str, int, str]) -> None:
        one = SimpleNamespace(location="media", bucket=Bucket(*objects))
        monkeypatch.setattr(stores, "stores", lambda: {"media": one})

    store(("media/a.jpg", 3, "x"), ("media/b.jpg", 4, "y"), ("private/c.pdf", 5, "z"))
    kept = stores.bucket()
    assert kept == {"media": {"a.jpg": [3, "x"], "b.jpg": [4, "y"]}}
    assert list(stores.local()) == []
    empty = Manifest("", "", {}, {}, {}, bucket=kept)
    stores.check_bucket(empty)
    store(("media/a.jpg", 3, "x"), ("media/b.jpg", 4, "other"))
    with pytest.raises(Unfit, match=r"b\.jpg"):
        stores.check_bucket(empty)
