"""What is known of each landmark model: its name in, its calibration file in this folder read, a `Calibration` out."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from alignment.core.calibration import Calibration, parse_calibration
from alignment.errors import InputError

_ENDING = ".json"


def _folder() -> Traversable:
    return files(__name__)


def calibrated_models() -> tuple[str, ...]:
    """The models of which enough is known to measure with them."""
    return tuple(sorted(one.name.removesuffix(_ENDING) for one in _folder().iterdir() if one.name.endswith(_ENDING)))


@cache
def calibration_of(model: str) -> Calibration:
    """What is known of this model. InputError where nothing is: its errors would be made up."""
    if model not in calibrated_models():
        raise InputError("model_not_calibrated", model=model, known=", ".join(calibrated_models()))
    return parse_calibration((_folder() / f"{model}{_ENDING}").read_text(encoding="utf-8"))
