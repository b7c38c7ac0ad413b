"""What several tests share: where samples, real clips and model files lie. Missing ones skip by name."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Matrices are small here: two threads that share one wait for each other on busy cores, twenty times as long as one alone
# would compute. It holds for whatever is started from here: pytest-xdist's processes, and programs that tests start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

#: The served app and the browser before it; a PostgreSQL. Not where this file alone was copied to.
pytest_plugins = ["tests.browser", "tests.postgres"] if (ROOT / "tests" / "browser.py").is_file() else []


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def clips() -> Path:
    folder = os.environ.get("ALIGNMENT_CLIPS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("ALIGNMENT_CLIPS names no folder of real clips")
    return Path(folder)


def _model(variant: str) -> Path:
    from alignment import weights

    path = weights.find(variant)
    if path is None:
        pytest.skip(f"the {variant} model is not here; `alignment models fetch {variant}` gets it")
    return path


@pytest.fixture(scope="session")
def heavy() -> Path:
    return _model("heavy")


@pytest.fixture(scope="session")
def lite() -> Path:
    return _model("lite")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where ALIGNMENT_NO_SKIP is set, a skipped test fails under its name: what is missing there is a fault."""
    report = yield
    _forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that is skipped."""
    report = yield
    _forbid_skip(report)
    return report


def _forbid_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("ALIGNMENT_NO_SKIP"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"No test may be skipped here (ALIGNMENT_NO_SKIP is set): {report.nodeid}: {reason}"
