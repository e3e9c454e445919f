"""What is handed out: a file and a script of one file, which find every single change."""

import json
import subprocess
import sys
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partybuilding.evaluation import recompute
from partybuilding.evaluation.arithmetic.canonical import canonical, digest, root_of, seal_of
from partybuilding.evaluation.arithmetic.facts import (
    Override,
)
from partybuilding.evaluation.arithmetic.methods import METHODS
from partybuilding.evaluation.arithmetic.ranking import table_of
from partybuilding.evaluation.arithmetic.written import (
    inputs_read,
    inputs_written,
    result_written,
)
from tests.partybuilding.evaluation.arithmetic.years import year

SCRIPT = Path(recompute.__file__)


def run_of(**rules: Any) -> dict[str, Any]:
    inputs = year(**rules)
    written = {"inputs": inputs_written(inputs), "result": result_written(inputs)}
    return {**written, "digest": digest(written)}


def test_a_run_is_read_as_it_was_written() -> None:
    written = run_of(seed=4)["inputs"]
    assert inputs_written(inputs_read(written)) == written
    assert result_written(inputs_read(json.loads(canonical(written)))) == run_of(seed=4)["result"]
    with pytest.raises(ValueError, match="format 2"):
        inputs_read({**written, "format": 2})


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("robust", [False, True])
def test_the_script_computes_every_method_alike(
    method: str, standardise: bool, robust: bool
) -> None:
    for seed in range(5):
        run = run_of(seed=seed, method=method, standardise=standardise, robust=robust)
        mine = recompute.table_of(run["inputs"])
        assert [{name: row[name] for name in mine[0]} for row in run["result"]["rows"]] == mine


def test_grades_against_the_ranking_are_computed_alike() -> None:
    inputs = year(7)
    rows = table_of(inputs).rows
    swapped = (Override(rows[2].project, "first"), Override(rows[1].project, "second"))
    written = inputs_written(type(inputs)(**{**vars(inputs), "overrides": swapped}))
    told = result_written(inputs_read(written))["rows"]
    assert [row["grade"] for row in recompute.table_of(written)] == [row["grade"] for row in told]
    assert told[2]["grade"] == "first"


def test_it_runs_alone_and_says_in_its_exit_code_whether_all_is_as_announced(
    tmp_path: Path,
) -> None:
    run, file = run_of(seed=2), tmp_path / "run.json"
    file.write_text(json.dumps(run), encoding="utf-8")

    def tried(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-I", str(SCRIPT), str(file), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert tried().returncode == 0
    assert "一致：8行全部相符" in tried(run["digest"]).stdout
    assert tried("0" * 64).returncode == 1, "the digest that was published is another one"
    run["result"]["rows"][0]["yuan"] += 1
    file.write_text(json.dumps(run), encoding="utf-8")
    told = tried()
    assert told.returncode == 1
    assert "yuan应为9000" in told.stdout


def test_it_fits_on_three_pages() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 150


def places_of(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where every number and text of a run stands."""
    if isinstance(data, dict):
        return [one for key, value in data.items() for one in places_of(value, (*path, key))]
    if isinstance(data, list):
        return [one for at, value in enumerate(data) for one in places_of(value, (*path, at))]
    return [path]


def changed(data: Any, path: tuple[Any, ...], random: Random) -> Any:
    """Return the run with one value changed."""
    copy = deepcopy(data)
    inside = copy
    for key in path[:-1]:
        inside = inside[key]
    value = inside[path[-1]]
    if isinstance(value, bool):
        inside[path[-1]] = not value
    elif isinstance(value, int):
        inside[path[-1]] = value + random.choice((-1, 1))
    elif value is None:
        inside[path[-1]] = "80"
    else:
        inside[path[-1]] = f"{value}1" if value else "1"
    return copy


def test_a_thousand_of_a_thousand_single_changes_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, random = run_of(seed=11), Random(11)
    places = [path for path in places_of(run) if path != ("digest",)]
    file, missed = tmp_path / "run.json", []
    for _ in range(1000):
        path = random.choice(places)
        copy = changed(run, path, random)
        own = digest({"inputs": copy["inputs"], "result": copy["result"]})
        if own == run["digest"]:
            missed.append(path)
    file.write_text(json.dumps(changed(run, places[0], random)), encoding="utf-8")
    assert recompute.main(str(file)) == 1
    assert "校验值不符" in capsys.readouterr().out
    assert missed == []


def test_the_same_facts_have_one_writing_and_floats_have_none() -> None:
    assert canonical({"b": 1, "a": "等"}) == b'{"a":"\xe7\xad\x89","b":1}'
    for wrong in (1.5, [1.5], {"a": (1.5,)}):
        with pytest.raises(TypeError):
            canonical(wrong)


def test_the_root_of_the_seals_is_of_all_of_them_in_whatever_order() -> None:
    seals = [seal_of({"total": str(Fraction(at, 2))}, f"salt{at}") for at in range(7)]
    assert root_of(seals) == root_of(reversed(seals))
    assert root_of(seals) != root_of(seals[:-1]) != root_of([*seals[:-1], seals[0]])
    assert root_of([]) == ""
    assert root_of(seals[:1]) != seals[0], "a leaf is no seal"
