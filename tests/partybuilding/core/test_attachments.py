"""Files are checked, stored and synced before the transaction that names them, and go when it fails."""

import os
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from PIL import Image

from partybuilding.core.files.storage import SyncedStorage
from partybuilding.core.files.uploads import Reason, UploadRefused
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.models import Attachment
from partybuilding.core.models.attachment import private_storage
from partybuilding.core.services import all_or_nothing, attach, enter_file, sweep_files, take_step
from partybuilding.portal.services import add_file
from partybuilding.progress.models import StepReport
from partybuilding.progress.services import Evidence, report_step
from partybuilding.projects.services import record_assessment
from partybuilding.supervision.services import add_pictures
from tests.factories import Cast, make_cast, make_project
from tests.factories.progress import make_kept, step_of
from tests.factories.supervision import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def picture(name: str = "照片.jpg") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue())


def stored() -> set[str]:
    found = Path(private_storage().location).rglob("*")
    return {path.name for path in found if path.is_file()}


# What is stored, and when


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note at each storing how many transactions are open."""
    seen: list[int] = []
    save = SyncedStorage._save

    def noted(storage: Any, name: str, content: Any) -> str:
        seen.append(len(connection.savepoint_ids) + connection.in_atomic_block)
        return save(storage, name, content)

    monkeypatch.setattr(SyncedStorage, "_save", noted)
    return seen


def _take_step(cast: Any) -> None:
    project = make_project("submitted", cast)
    take_step(project, "pass_first", by=cast["unit"], reason="同意。", uploads=[picture()])


def _report(cast: Any) -> None:
    step = step_of(make_kept(cast))
    given = Evidence("路灯已经全部修好。", pictures=((picture(), "现场"),), files=(picture(),))
    report_step(step, by=cast["applicant"], evidence=given)


def _assess(cast: Any) -> None:
    project = make_project("first_passed", cast)
    said = {"participants": "两人", "findings": "扎实", "uploads": [picture()]}
    record_assessment(project, "visit", by=cast["department"], **said)


ROADS = {
    "a step": _take_step,
    "an application": lambda cast: add_file(
        make_project("draft", cast), picture(), by=cast["applicant"]
    ),
    "a report": _report,
    "a pre-assessment": _assess,
    "a visit": lambda cast: add_pictures(
        make_visit(make_kept(cast), cast), [picture()], by=cast["taskforce"]
    ),
}


@pytest.mark.parametrize("road", ROADS)
def test_nothing_is_stored_while_a_transaction_is_open(road: str, cast: Any, watched: Any) -> None:
    outside = len(connection.savepoint_ids) + connection.in_atomic_block  # the test's own
    ROADS[road](cast)
    assert watched
    assert set(watched) == {outside}


def test_no_request_is_wrapped_in_a_transaction() -> None:
    assert not any(one.get("ATOMIC_REQUESTS") for one in configured.DATABASES.values())


def test_file_and_folders_are_synced_before_the_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    root = tmp_path / "private"
    name = SyncedStorage(location=root).save("2026/05/a.pdf", ContentFile(b"words"))
    within = [str(root / one) for one in (name, "2026/05", "2026", "")]
    assert synced == [*within, str(tmp_path)]  # which has the name of the storage's own folder
    assert (root / name).read_bytes() == b"words"


def test_the_private_and_the_public_files_are_both_synced() -> None:
    backends = {configured.STORAGES[name]["BACKEND"] for name in ("default", "private")}
    assert backends == {"partybuilding.core.files.storage.SyncedStorage"}


# What fails leaves nothing


@pytest.mark.parametrize("failure", [Refusal(["nein"]), RuntimeError(), KeyboardInterrupt()])
def test_a_failed_transaction_leaves_no_file(failure: BaseException, cast: Any) -> None:
    before = stored()
    project = make_project("draft", cast)

    def fail() -> None:
        with all_or_nothing([picture(), picture()]) as files:
            enter_file(project, files[0], by=cast["applicant"])
            raise failure

    with pytest.raises(type(failure)):
        fail()
    assert stored() == before
    assert not Attachment.objects.exists()


def test_a_lost_connection_leaves_the_file_to_the_sweep(cast: Any) -> None:
    before = stored()
    with pytest.raises(OperationalError), all_or_nothing([picture()]):
        raise OperationalError
    assert len(stored() - before) == 1


def test_what_got_no_row_goes(cast: Any) -> None:
    before = stored()
    with all_or_nothing([picture(), picture()]) as files:
        enter_file(make_project("draft", cast), files[0], by=cast["applicant"])
    assert len(stored() - before) == 1


def test_a_step_reported_twice_keeps_no_second_set_of_pictures(cast: Any) -> None:
    step = step_of(make_kept(cast))
    given = {
        "by": cast["applicant"],
        "evidence": Evidence("路灯已经全部修好。", pictures=((picture(), ""),)),
    }
    assert report_step(step, **given) is not None
    kept = stored()
    given["evidence"] = Evidence("路灯已经全部修好。", pictures=((picture(), ""),))
    assert report_step(step, **given) is None
    assert stored() == kept


def test_a_full_disk_is_a_refusal_that_names_the_file(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SyncedStorage, "_save", full)
    with pytest.raises(UploadRefused) as refused:
        attach(make_project("draft", cast), picture("现场.jpg"), by=cast["applicant"])
    assert refused.value.reason == Reason.NOT_STORED
    assert refused.value.named.startswith("“现场.jpg”未上传。文件存储")


def test_a_file_that_cannot_be_removed_hides_no_failure(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(SyncedStorage, "delete", locked)
    with pytest.raises(Refusal), all_or_nothing([picture()]):
        raise Refusal(["nein"])


# The sweep and the check


def age(name: str, days: float) -> None:
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(private_storage().path(name), (moment, moment))


def test_the_sweep_takes_old_files_without_a_row_and_no_others(cast: Any) -> None:
    call_command("sweep_files", stdout=StringIO())
    kept = attach(make_project("draft", cast), picture(), by=cast["applicant"])
    step = step_of(make_kept(cast))
    shown = Evidence("路灯已经全部修好。", pictures=((picture(), ""),))
    report = report_step(step, by=cast["applicant"], evidence=shown)
    old = private_storage().save("2020/01/old.jpg", ContentFile(b"x"))
    young = private_storage().save("2020/01/young.jpg", ContentFile(b"x"))
    for name in (kept.file.name, report.pictures[0]["small"], old):
        age(name, 1.01)
    age(young, 0.99)
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert out.getvalue() == "Files without a row removed: 1.\n"
    assert not private_storage().exists(old)
    assert private_storage().exists(young)
    assert private_storage().exists(report.pictures[0]["small"])
    private_storage().delete(young)


def test_the_sweep_asks_for_the_rows_after_it_listed_the_files() -> None:
    name = private_storage().save("2020/01/late.jpg", ContentFile(b"x"))
    age(name, 2)

    def named() -> set[str]:
        later = private_storage().save("2020/01/later.jpg", ContentFile(b"x"))
        age(later, 2)
        return {name}

    assert not {name, "2020/01/later.jpg"} & set(sweep_files(named))
    for one in (name, "2020/01/later.jpg"):
        private_storage().delete(one)


def verdict() -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_trail", stdout=out, no_color=True)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.unlink(), "its file is missing"),
        (lambda path: path.write_bytes(b""), "its file is empty"),
        (lambda path: path.write_bytes(b"other"), "its file was changed"),
    ],
)
def test_a_damaged_attachment_is_told(damage: Any, said: str, cast: Any) -> None:
    kept = attach(make_project("draft", cast), picture(), by=cast["applicant"])
    damage(Path(kept.file.path))
    assert f"attachment {kept.pk} ({kept.file.name}): {said}" in verdict()


@pytest.mark.parametrize(
    ("damage", "said"),
    [(lambda path: path.unlink(), "missing"), (lambda path: path.write_bytes(b""), "empty")],
)
def test_a_damaged_picture_of_a_report_is_told(damage: Any, said: str, cast: Any) -> None:
    step = step_of(make_kept(cast))
    shown = Evidence("路灯已经全部修好。", pictures=((picture(), ""),))
    report_step(step, by=cast["applicant"], evidence=shown)
    name = StepReport.objects.get().pictures[0]["large"]
    damage(Path(private_storage().path(name)))
    assert f"picture of a report ({name}): its file is {said}" in verdict()
