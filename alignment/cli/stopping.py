"""Ctrl-C, SIGTERM and a closed terminal: signals in, one exception out, so that the program tidies up and ends."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

#: Exit code of a program that was stopped.
STOPPED: Final = 130

#: Tidying up takes less than this.
_TIDYING_S: Final = 3.0


class StopError(KeyboardInterrupt):
    """The program was told to stop.

    Not the plain KeyboardInterrupt: where that comes up in an `exec` (as in an import), Python ends the process by the
    signal itself, whatever exit code was asked for.
    """


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Within the block SIGINT, SIGTERM and SIGHUP raise `StopError` in the main thread.

    Only the first one counts, since some programs send two, unless tidying up takes long; what follows it in the
    process' last moments is ignored. What whoever started us chose to ignore (nohup, a job in the background) stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {kind: signal.getsignal(kind) for kind in kinds if signal.getsignal(kind) is not signal.SIG_IGN}
    stopped_at: float | None = None

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped_at
        if stopped_at is None or time.monotonic() > stopped_at + _TIDYING_S:
            stopped_at = time.monotonic()
            raise StopError

    for kind in before:
        signal.signal(kind, stop)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler if stopped_at is None else signal.SIG_IGN)
