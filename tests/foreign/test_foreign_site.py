"""The plugin as it is installed: a wheel that holds it alone, in a site that `wagtail start` made."""

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from partybuilding.conf import DEFAULTS, PREFIX
from tests.architecture.sources import ROOT

DOCUMENT = ROOT / "docs" / "plugin.md"
BEFORE = '    path("", include(wagtail_urls)),\n'
#: What makes the suite quick and no site needs.
LOCAL = """
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF"}
"""
#: The site may not need more lines than these.
MOST_LINES = 10


def lines_of(part: str) -> str:
    """Return the lines that the document gives for the settings or the addresses."""
    found = re.search(rf"^```python {part}\n(.+?)^```$", DOCUMENT.read_text("utf-8"), re.M | re.S)
    assert found
    return found[1]


def run(*arguments: str, folder: Path, **environment: str) -> str:
    """Run Python in a folder and return what it said, all of it when it fails."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what `pip install .` installs."""
    folder = tmp_path_factory.mktemp("wheel")
    run("-c", f"from flit_core import buildapi; buildapi.build_wheel({str(folder)!r})", folder=ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_plugin_with_all_its_files_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"partybuilding"}
    wanted = subprocess.run(
        ["git", "ls-files", "partybuilding"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(wanted.stdout.splitlines()) - set(names) == set()
    kinds = {Path(name).suffix for name in names}
    assert {".html", ".css", ".js", ".svg", ".mo", ".otf", ".typ"} <= kinds
    assert not [name for name in names if "__pycache__" in name]


def test_the_metadata_name_what_the_site_pins(wheel: Path) -> None:
    metadata = next(n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("METADATA"))
    text = zipfile.ZipFile(wheel).read(metadata).decode()
    for framework in ("Django :: 5.2", "Wagtail :: 7", "Wagtail :: 8"):
        assert f"Classifier: Framework :: {framework}\n" in text
    needed = [Requirement(said) for said in re.findall(r"^Requires-Dist: (.+)$", text, re.M)]
    assert len(needed) > 10
    assert [str(one) for one in needed if version(one.name) not in one.specifier] == []


def test_the_document_names_every_setting_with_its_default() -> None:
    said = re.findall(
        rf"^\| `{PREFIX}(\w+)` \|.*\| `([^`]+)` \|$", DOCUMENT.read_text("utf-8"), re.M
    )
    assert dict(said) == {
        name: f'"{value}"' if isinstance(value, str) else str(value)
        for name, value in DEFAULTS.items()
    }


def test_the_plugin_names_no_template_file_or_address_of_this_site() -> None:
    folder = ROOT / "partybuilding"
    named = re.compile(r"""{% (?:include|extends|static) ["']([^"']+)["']""")
    files = {
        name
        for path in (folder / "templates" / "partybuilding").rglob("*.html")
        for name in named.findall(path.read_text("utf-8"))
    }
    assert {name.split("/")[0] for name in files} == {"partybuilding", "wagtailadmin", "django"}
    urls = (ROOT / "site" / "config" / "urls.py").read_text("utf-8")
    own = set(re.findall(r'name="(\w+)"', urls)) - {"wagtailadmin_account", "javascript_catalog"}
    asked = re.compile(r"""(?:reverse\(|reverse_lazy\(|{% url )["']([\w:]+)["']""")
    paths = [*folder.rglob("*.html"), *folder.rglob("*.py")]
    assert (
        own & {name for path in paths for name in asked.findall(path.read_text("utf-8"))} == set()
    )
    assert {"search", "robots"} <= own


@pytest.mark.database
def test_a_new_wagtail_project_takes_the_plugin_up_in_ten_lines(
    wheel: Path, tmp_path: Path
) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    (tmp_path / "installed" / "tests").symlink_to(ROOT / "tests")
    site = tmp_path / "site"
    site.mkdir()
    run("-m", "wagtail.bin.wagtail", "start", "foreign", ".", folder=site)
    settings, addresses = lines_of("settings"), lines_of("addresses")
    assert len((settings + addresses).splitlines()) <= MOST_LINES
    with (site / "foreign" / "settings" / "base.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{settings}")
    urls = site / "foreign" / "urls.py"
    before = urls.read_text("utf-8")
    assert before.count(BEFORE) == 1
    urls.write_text(before.replace(BEFORE, addresses + BEFORE), "utf-8")

    local = site / "foreign" / "settings" / "local.py"
    local.write_text(f"from .base import *\n{LOCAL}", "utf-8")
    inside = {
        "PYTHONPATH": f"{site}:{tmp_path / 'installed'}",
        "DJANGO_SETTINGS_MODULE": "foreign.settings.dev",
    }
    assert "no issues" in run("-W", "error", "manage.py", "check", folder=site, **inside)
    run("manage.py", "migrate", "--verbosity", "0", folder=site, **inside)
    run("manage.py", "makemigrations", "--check", "partybuilding", folder=site, **inside)
    script = str(ROOT / "tests" / "foreign" / "journey.py")
    assert "stands" in run(script, folder=site, **inside)
