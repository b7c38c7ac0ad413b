"""A real browser before the real app: a server on a free port of this machine, and pages that refuse to ask elsewhere.

The fixtures: `app` (where it is served), `page` (in a desktop's window), `open_page` (another size or scheme). Without
chromium, what needs it is skipped by name.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
#: No run of all tests takes longer than this; a server that is left over ends by itself.
_MOST_S = 3600
#: A machine with other work needs longer for what an idle one does in a second; nobody waits longer than it takes.
PATIENCE_MS = 180_000
expect.set_options(timeout=PATIENCE_MS)
#: So long nothing must be under way before a page counts as settled.
_CALM_MS = 250
#: Names of machines lead nowhere, so that even what a page should not ask for cannot leave.
FLAGS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-sandbox"]


@dataclass
class App:
    """The served app: its address, its process, its temporary files, and strace's notes of its calls (None without).

    `notice` is the file that says that the notice of the first start was read; it is there. `records` is the file in which
    the app keeps records, once it does.
    """

    url: str
    #: The whole address, which lets a browser in.
    door: str
    process: "subprocess.Popen[str]"
    temporary: Path
    log: Path | None
    notice: Path
    records: Path

    def network_calls(self) -> list[str]:
        """Every call so far by which the server or its children open, name or use an address of a network."""
        assert self.log is not None
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if re.search(r"sa_family=AF_INET6?", line)]


@dataclass
class Guard:
    """What a browser's pages asked for."""

    asked: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """Requests that were not for this machine."""
        return [url for url in self.asked if not _is_here(url)]


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.hostname == "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tracer(log: Path) -> list[str]:
    """The command that notes a process' network calls; empty where strace may not trace."""
    strace = shutil.which("strace")
    if (
        strace is None
        or subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode
    ):
        return []
    # -D: the traced process stays our own child, and gets our signals.
    trace = "trace=connect,bind,sendto,sendmsg,sendmmsg"
    return [strace, "-D", "-f", "-qq", "--seccomp-bpf", "-e", trace, "-e", "signal=none", "-o", str(log)]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, served until the tests end; its calls are noted where strace is there."""
    with served(tmp_path_factory, traced=True) as app:
        yield app


@contextmanager
def served(tmp_path_factory: pytest.TempPathFactory, *, traced: bool = False) -> Iterator[App]:
    """The app, served to the end of the block; for tests that want one of their own. `traced`: its calls are noted."""
    log, temporary = tmp_path_factory.mktemp("app") / "calls", tmp_path_factory.mktemp("temporary")
    tracer = _tracer(log) if traced else []
    limit = ["timeout", str(_MOST_S)] if shutil.which("timeout") else []
    command = [*limit, *tracer, sys.executable, "-m", "alignment", "app", "--no-browser", "--port", str(free_port())]
    settings = tmp_path_factory.mktemp("settings")
    notice = settings / "alignment" / "notice-read"
    notice.parent.mkdir()
    notice.touch()
    # Records and settings of whoever runs the tests are none of theirs.
    data = tmp_path_factory.mktemp("data")
    own = {"TMPDIR": str(temporary), "XDG_CONFIG_HOME": str(settings), "XDG_DATA_HOME": str(data)}
    environment = {name: value for name, value in os.environ.items() if name != "ALIGNMENT_DATABASE_URL"} | own
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        url = next((found for line in process.stdout if (found := re.search(r"(http://\S+:\d+)/\S+", line))), None)
        assert url, "the app did not start"
        yield App(
            url[1], url[0], process, temporary, log if tracer else None, notice, data / "alignment" / "records.sqlite"
        )
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
        process.stdout.close()
    # Films and results are gone with the app.
    assert list(temporary.iterdir()) == []


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed; `make system` gets it")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's chromium."""
    with playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as launched:
        yield launched


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser: what it fetched of Streamlit itself is fetched once."""
    with browser.new_context(viewport=DESKTOP, accept_downloads=True) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context


class Tabs:
    """A browser's tabs. One that is done with is emptied and taken again: Streamlit's programs are compiled there already.

    An address opened in it is a new session all the same, as in a new tab. `guard` knows what they all asked for.
    """

    def __init__(self, context: BrowserContext) -> None:
        self._context, self._free = context, []
        self.guard = Guard()
        context.on("request", lambda request: self.guard.asked.append(request.url))

    def let_in(self, app: App) -> None:
        """Give the browser the app's key, so that all tabs can open its pages."""
        self._context.request.get(app.door, max_retries=3)

    @contextmanager
    def one(self) -> Iterator[Page]:
        """An empty tab, emptied again at the end of the block."""
        page = self._free.pop() if self._free else self._new()
        # One behind another would draw nothing, and a click waits for that.
        page.bring_to_front()
        yield page
        if not page.is_closed():
            page.goto("about:blank")
            self._free.append(page)

    def _new(self) -> Page:
        page = self._context.new_page()
        page.on("websocket", lambda one: self.guard.asked.append(one.url))
        return page


@pytest.fixture(scope="session")
def tabs(context: BrowserContext) -> Tabs:
    """The browser's tabs."""
    return Tabs(context)


@pytest.fixture
def open_page(app: App, tabs: Tabs) -> Iterator[Callable[..., Page]]:
    """Opens a page of the app: its address' last part, the window's size, dark or light; asks elsewhere: the test fails."""
    tabs.guard.asked.clear()
    tabs.let_in(app)
    with ExitStack() as opened_here:

        def opened(path: str = "", *, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
            page = opened_here.enter_context(tabs.one())
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{app.url}/{path}")
            page.locator("[data-testid=stAppViewContainer]").wait_for()
            return page

        yield opened
    assert tabs.guard.asked
    assert tabs.guard.outside() == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The app's first page in a desktop's window."""
    return open_page()


def settled(page: Page) -> None:
    """Wait until the page has run through and nothing has been under way for a moment: a click may only be on its way."""
    page.wait_for_function(
        """calm_ms => {
            const app = document.querySelector('[data-testid=stApp]')?.dataset
            const busy = app?.testScriptState !== 'notRunning' || app?.testConnectionState === 'CONNECTING'
            const now = performance.now()
            if (busy) window.calmSince = undefined
            else window.calmSince ??= now
            const calm = !busy && now - window.calmSince >= calm_ms
            if (calm) window.calmSince = undefined
            return calm
        }""",
        arg=_CALM_MS,
    )


def overflows_px(page: Page) -> int:
    """By how much the page is wider than its window."""
    return page.evaluate(
        "() => Math.max(0, ...['[data-testid=stMain]', 'html'].map(s => document.querySelector(s))"
        ".filter(e => e).map(e => e.scrollWidth - e.clientWidth))"
    )
