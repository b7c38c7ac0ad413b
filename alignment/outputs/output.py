"""What an output is, what it is made from, and all of them by name: the interface, and the registry it is kept in."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from alignment import request as requests
from alignment.core.result import Result
from alignment.core.track import Source, Track
from alignment.outputs.folder import ORIGIN
from alignment.request import Option, Request, formats_of
from alignment.views.report import Picture


@dataclass
class Analysis:
    """What outputs are made from: one film's result with its curves, its raw landmarks, and what was asked for.

    `frames` are the film's pictures once more, None where they cannot be had (a camera's, or landmarks alone). Whoever
    draws on them leaves those that a report shows in `key_frames`. `progress` is told the share of the pictures drawn.
    """

    result: Result
    track: Track
    request: Request
    frames: Source | None = None
    key_frames: tuple[Picture, ...] = ()
    progress: Callable[[float], None] = lambda _share: None


@runtime_checkable
class Sink(Protocol):
    """Takes files by their names."""

    def check(self) -> None:
        """Whether files could be put here, asked before the long work. InputError where they could not."""

    def receiving(self, identity: str) -> AbstractContextManager[None]:
        """Files are put here within the block; they appear when it ends well. `identity` tells one film from another."""

    def open(self, name: str) -> AbstractContextManager[BufferedIOBase]:
        """A stream for the content of a file."""

    def path(self, name: str) -> Path | None:
        """Where a file may be written by its path; None where there is none."""

    def drop(self, name: str) -> None:
        """Forget a file that was begun."""


@runtime_checkable
class Output(Protocol):
    """One file that an analysis leaves. Its words are the catalogue's `output_<name>`."""

    #: What it is called in the registry and on the command line; what the file is called; its type, as browsers know it.
    name: str
    filename: str
    mime: str
    #: The option of a request that switches it on; "" for what is always left.
    option: str
    #: Whether an analysis fails with it; what is not is left out where it cannot be made, and that is said.
    essential: bool

    def applies(self, analysis: Analysis) -> bool:
        """Whether this analysis has what it needs."""

    def write(self, analysis: Analysis, sink: Sink) -> None:
        """Put the file, under its name, into a sink."""


@dataclass
class ContentOutput:
    """An output whose content one function makes; it is there for every analysis, unless `needs` says otherwise."""

    name: str
    filename: str
    mime: str
    content: Callable[[Analysis], bytes]
    option: str = ""
    essential: bool = True
    needs: Callable[[Analysis], bool] = lambda _: True

    def applies(self, analysis: Analysis) -> bool:
        """Whether this analysis has what it needs."""
        return self.needs(analysis)

    def write(self, analysis: Analysis, sink: Sink) -> None:
        """Put the content into a sink."""
        content = self.content(analysis)
        with sink.open(self.filename) as stream:
            stream.write(content)


#: The option that names further formats; an output with this one is left where its name is among them.
FORMATS_OPTION: Final = "to"
#: Every output by its name, in the order in which they are made.
OUTPUTS: Final[dict[str, Output]] = {}


def register(output: Output) -> Output:
    """Add an output under its name, and an option to switch it off unless its option is there. ValueError if it is taken."""
    taken = {one.filename for one in OUTPUTS.values()}
    if output.name in OUTPUTS or output.filename in taken:
        raise ValueError(f"there are two outputs named {output.name} or {output.filename}")
    if output.option and output.option not in requests.OPTIONS:
        flag = f"--{output.option.replace('_', '-')}"
        commands = frozenset({requests.ANALYZE, requests.BATCH})
        requests.register(Option(output.option, "flag", default=True, changes="files", flag=flag, commands=commands))
    OUTPUTS[output.name] = output
    return output


def wanted_outputs(request: Request) -> tuple[Output, ...]:
    """The outputs that a request asks for, in their order."""
    formats = formats_of(request[FORMATS_OPTION])

    def wanted(one: Output) -> bool:
        return one.name in formats if one.option == FORMATS_OPTION else not one.option or bool(request[one.option])

    return tuple(filter(wanted, OUTPUTS.values()))


def format_names() -> tuple[str, ...]:
    """The formats that a result can be written as besides."""
    return tuple(one.name for one in OUTPUTS.values() if one.option == FORMATS_OPTION)


def own_files() -> frozenset[str]:
    """Everything that the program may leave in a folder of results; what else lies there belongs to the user and is kept."""
    return frozenset({*by_filename(), ORIGIN})


def by_filename() -> Mapping[str, Output]:
    """Every output by the name of its file."""
    return {one.filename: one for one in OUTPUTS.values()}
