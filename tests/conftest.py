"""What several tests share: where samples, real clips and model files lie. Missing ones skip by name."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


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
