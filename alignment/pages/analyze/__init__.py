"""The page that analyzes a film: choose one, set it up, watch the progress, look at the result.

Where it stands is told by the address, so that a page that is loaded anew goes on where it was.
"""

from typing import Final

from alignment.pages import films, style
from alignment.pages.address import FilmAddress, FilmsAddress
from alignment.pages.analyze import choose, finished, running, setup
from alignment.pages.analyze import several as several_films
from alignment.pages.runs import Run, runs
from alignment.texts import say

TITLE: Final = "analyze"
ICON: Final = ":material/directions_walk:"
ORDER: Final = 10


def show() -> None:
    """Show the page where it stands."""
    place, several = FilmAddress.here(), FilmsAddress.here()
    run = runs().get(place.run) if place.run else None
    film = run.order.film if run else films.shelf().get(place.film) if place.film else None
    style.begin(f"analyze {place} {several} {run.state if run else ''}")
    if place == FilmAddress() and several != FilmsAddress():
        if not several_films.show(several):
            FilmsAddress().go()
            choose.show(gone=True)
        return
    if film is None:
        choose.show(gone=place != FilmAddress())
        return
    films.shelf().look(film.key, films.session())
    if run is None or run.state in ("failed", "cancelled"):
        _why_not(run)
        setup.show(film, run.order if run else None)
    elif run.state == "done" and run.outcome is not None:
        finished.show(run, run.outcome)
    else:
        running.show(run)


def _why_not(run: Run | None) -> None:
    if run is not None and run.fault is not None:
        style.failure(run.fault, folder=run.order.film.path.parent)
    elif run is not None:
        style.state("note", say("analyze_cancelled").message)
