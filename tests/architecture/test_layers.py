"""Who may lean on whom: the three lists of layers in pyproject.toml."""

import os
import subprocess
import sys

from tests.architecture.sources import ROOT

COMMAND = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_nothing_leans_upwards() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "--no-logo", "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "site"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kept, 0 broken" in done.stdout
