"""Three hundred hostile files are refused in words, sixty odd ones taken; none takes long."""

import time

import pytest

from partybuilding.core.files.uploads import UploadRefused, admit_upload, check_upload
from tests.partybuilding.core.uploads.hostile import good_files, hostile_files
from tests.partybuilding.core.uploads.samples import upload

#: Seconds; the slowest takes a tenth of it on a machine with nothing else to do.
LONGEST = 15
HOSTILE, GOOD = hostile_files(), good_files()


def test_there_are_enough_of_both_and_no_two_alike() -> None:
    for files, least in ((HOSTILE, 300), (GOOD, 60)):
        names = [name for name, _shown, _content in files]
        assert len(set(names)) == len(names) >= least
    assert len({(shown, content) for _name, shown, content in HOSTILE}) >= 300


def test_every_hostile_file_is_refused_in_words() -> None:
    taken, slow, silent = [], [], []
    for name, shown, content in HOSTILE:
        began = time.monotonic()
        try:
            admit_upload(upload(shown, content))
        except UploadRefused as refused:
            silent += [] if str(refused).endswith("。") else [name]
        else:
            taken.append(name)
        if time.monotonic() - began > LONGEST:
            slow.append(name)
    assert (taken, slow, silent) == ([], [], [])


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_odd_good_file_is_taken_and_stays_good() -> None:
    refused, slow = {}, []
    for name, shown, content in GOOD:
        began = time.monotonic()
        try:
            checked, kept = admit_upload(upload(shown, content))
            assert check_upload(kept) == checked, name
        except UploadRefused as reason:
            refused[name] = reason.reason
        if time.monotonic() - began > LONGEST:
            slow.append(name)
    assert (refused, slow) == ({}, [])
