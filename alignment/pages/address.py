"""Where a page stands, kept in the browser's address; and again after another page was looked at."""

from dataclasses import dataclass, fields
from typing import TypeVar

import streamlit as st

_A = TypeVar("_A", bound="PageAddress")


@dataclass(frozen=True)
class PageAddress:
    """Keys of what a page shows, by their names in the browser's address; "" as far as the page is not there."""

    @classmethod
    def here(cls: type[_A]) -> _A:  # which, unlike Self, can be checked in the tests
        """Where the page stands: by its address, else where it stood before another page was looked at."""
        address = cls(**{one.name: st.query_params.get(one.name, "") for one in fields(cls)})
        if address == cls():
            address = st.session_state.get(cls.__name__, address)
        address.go()
        return address

    def go(self) -> None:
        """Stand there from now on; at the beginning for an empty address."""
        st.session_state[type(self).__name__] = self
        for one in fields(self):
            if value := getattr(self, one.name):
                st.query_params[one.name] = value
            else:
                st.query_params.pop(one.name, None)


@dataclass(frozen=True)
class FilmAddress(PageAddress):
    """The keys of a film and of a run."""

    film: str = ""
    run: str = ""


@dataclass(frozen=True)
class FilmsAddress(PageAddress):
    """The keys of several films and of their runs, each joined by dots; `occasion` is set where they are judged as one."""

    films: str = ""
    runs: str = ""
    occasion: str = ""

    @property
    def film_keys(self) -> list[str]:
        """The films' keys."""
        return [key for key in self.films.split(".") if key]

    @property
    def run_keys(self) -> list[str]:
        """The runs' keys."""
        return [key for key in self.runs.split(".") if key]


@dataclass(frozen=True)
class RecordAddress(PageAddress):
    """The keys of a subject, one of its sessions and one of its analyses; `part` is what of it is shown."""

    subject: str = ""
    session: str = ""
    analysis: str = ""
    part: str = ""
