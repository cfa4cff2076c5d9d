"""The script that measures the small models keeps to its time, and its commands are right ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from samples import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import small_judges

from interviewer.cli.graders.trial import trial
from interviewer.grading.grader import JUDGE_MODES


def test_the_parts_take_the_time_that_there_is(tmp_path: Path) -> None:
    models = {"gguf:/m/small.gguf": 1.0, "gguf:/m/large.gguf": 2.0}
    planned = small_judges.parts(models, 12.0, tmp_path)
    # 12 minutes over three shares are 4 each; of a model's the trial takes 0.4.
    assert [round(p.minutes, 2) for p in planned] == [1.6, 2.4, 3.2, 4.8]
    assert [p.kept.name for p in planned] == [
        *("trial-small.txt", "options-small.txt", "trial-large.txt", "options-large.txt")
    ]
    for part in planned:
        given = part.command[part.command.index("--minutes") + 1]
        assert float(given) == pytest.approx(part.minutes, abs=0.01)


def test_what_it_runs_is_understood(tmp_path: Path) -> None:
    tried, table = small_judges.parts({"openai:m": 1.0}, 1.0, tmp_path, base_url="http://h/v1")
    assert tried.command[:3] == ("-m", "interviewer", "trial")
    context = trial.make_context("trial", list(tried.command[3:]))
    assert context.params["grader_spec"] == "openai:m"
    assert context.params["html"] == tmp_path / "trial-m.html"
    assert Path(table.command[0]).is_file()
    assert set(small_judges.WAYS) <= set(JUDGE_MODES)


def test_a_model_that_was_not_fetched_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"qwen2\.5-coder-0\.5b.*make models"):
        small_judges.specs(tmp_path)
