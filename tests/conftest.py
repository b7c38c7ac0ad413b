"""What several tests share: where samples, real clips and model files lie. Missing ones skip by name."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Generator
from multiprocessing.process import BaseProcess
from pathlib import Path

import jaxtyping
import pytest

ROOT = Path(__file__).parent.parent

# Matrices are small here: two threads that share one wait for each other on busy cores, twenty times as long as one alone
# would compute. It holds for whatever is started from here: pytest-xdist's processes, and programs that tests start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Hundreds of programs are started here: where Python is told to keep no compiled modules, each would compile them all again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

#: The served app and the browser before it; a PostgreSQL. Not where this file alone was copied to.
pytest_plugins = ["tests.browser", "tests.postgres"] if (ROOT / "tests" / "browser.py").is_file() else []


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


def _folder(variable: str, what: str) -> Path:
    folder = os.environ.get(variable)
    if not folder or not Path(folder).is_dir():
        pytest.skip(f"{variable} names no folder of {what}")
    return Path(folder)


@pytest.fixture(scope="session")
def clips() -> Path:
    return _folder("ALIGNMENT_CLIPS", "real clips")


@pytest.fixture(scope="session")
def real_films() -> Path:
    """The folder of landmarks of real films, with what a person sees in each (expected.csv)."""
    return _folder("ALIGNMENT_REAL", "landmarks of real films")


def _model(variant: str) -> Path:
    from alignment.pose import model_files

    path = model_files.find(variant)
    if path is None:
        pytest.skip(f"the {variant} model is not here; `alignment models fetch {variant}` gets it")
    return path


@pytest.fixture(scope="session")
def heavy() -> Path:
    return _model("heavy")


@pytest.fixture(scope="session")
def lite() -> Path:
    return _model("lite")


@pytest.fixture
def started_processes() -> Callable[[], list[BaseProcess]]:
    """Called, the processes that run now and did not before the test; what other tests keep running is none of its own."""
    before = set(multiprocessing.active_children())
    return lambda: [process for process in multiprocessing.active_children() if process not in before]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Tests marked `checked`, and the fixtures made for them, check the arrays' shapes in every call."""
    jaxtyping.config.update("jaxtyping_disable", item.get_closest_marker("checked") is None)
    return (yield)


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


@pytest.fixture(autouse=True)
def _same_main() -> Generator[None]:
    """Streamlit's tests leave a page as the main module, which processes that are started later would run."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before
