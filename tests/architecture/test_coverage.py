"""`make coverage` asks about files that exist: a name that no file bears would ask about nothing."""

import subprocess
from fnmatch import fnmatch

from tests.architecture.sources import ROOT, modules, name_of


def deciding() -> list[str]:
    """Return the names of the files that decide, as `make` reads them."""
    command = ["make", "--no-print-directory", "--dry-run", "coverage"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return said.split("--include='", 1)[1].split("'", 1)[0].split(",")


def test_every_name_of_deciding_code_is_the_name_of_a_file() -> None:
    names = [name_of(path) for path in modules()]
    unused = [one for one in deciding() if not any(fnmatch(name, one) for name in names)]
    assert deciding()
    assert unused == []
