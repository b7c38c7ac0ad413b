"""What stands between browser and app: requests in; those of other pages refused, and answers that limit a page, out.

Streamlit asks an address service on the internet who it is before it refuses another page's call; this is asked first.
"""

import os
import secrets
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from html import escape
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from alignment.texts import say

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

#: What a page of the app may load, and from where: from the app alone. The exceptions: Streamlit's own page and styles are
#: partly written into it ('unsafe-inline'), its charts make functions out of what a chart says ('unsafe-eval'), parts of
#: the app are handed over as blob:, and pictures, fonts and films are held by data: and blob:.
POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline' blob:",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS: Final = (
    ("content-security-policy", POLICY),
    ("x-frame-options", "SAMEORIGIN"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    # Else a browser asks for the names in links before anybody clicks.
    ("x-dns-prefetch-control", "off"),
)
#: By these whoever starts the app tells who may come in: what the address says that is shown to this user, and what the one
#: says that opens the browser, which other users see in the list of processes and which works once. Without them, all may.
SHOWN, ONCE = "ALIGNMENT_APP_KEY", "ALIGNMENT_APP_KEY_ONCE"
#: Tells whether the app is up, and nothing else.
_OPEN_TO_ALL: Final = "/_stcore/health"
_KEY: Final = "key_of_app"
_SEE_OTHER, _FORBIDDEN = 303, 403
_ASSETS: Final = Path(__file__).parent / "assets"
_CLOSED: Final = _ASSETS / "closed.html"
#: The app's icon as an address that holds it: nothing else of the app is served to others.
_ICON: Final = f"data:image/svg+xml;base64,{b64encode((_ASSETS / 'icon.svg').read_bytes()).decode()}"


class Guard:
    """Serves the app to its own pages, in a browser of the person who started it."""

    def __init__(self, app: _App) -> None:
        self._app = app
        self._shown, self._once = os.environ.pop(SHOWN, ""), os.environ.pop(ONCE, "")
        #: What a browser that came in once carries from then on.
        self._cookie = secrets.token_urlsafe(32)

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Answer one request or call."""
        kind = scope["type"]
        if kind not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif not is_own(scope["headers"]):
            await _refuse(kind, receive, send)
        elif not self._shown or scope["path"] == _OPEN_TO_ALL or self._knows(scope["headers"]):
            await self._app(scope, receive, _limiting(send))
        elif kind == "http" and self._opens(scope):
            await self._let_in(scope, _limiting(send))
        else:
            await _refuse(kind, receive, _limiting(send), _closed(_told(scope["headers"])))

    def _knows(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        told = _told(headers)
        try:
            cookies = SimpleCookie(told.get(b"cookie", b"").decode("latin-1"))
        except CookieError:
            return False
        found = cookies.get(_cookie_name(told))
        return found is not None and _same(found.value, self._cookie)

    def _opens(self, scope: _Message) -> bool:
        given = dict(_query(scope)).get(_KEY, "")
        if self._once and _same(given, self._once):
            self._once = ""
            return True
        return _same(given, self._shown)

    async def _let_in(self, scope: _Message, send: _Send) -> None:
        """Give the browser its cookie, and send it on without the key in the address."""
        rest = urlencode([(name, value) for name, value in _query(scope) if name != _KEY])
        # One slash: with two, the next word would name another machine.
        place = f"/{scope['path'].strip('/')}" + (f"?{rest}" if rest else "")
        cookie = f"{_cookie_name(_told(scope['headers']))}={self._cookie}; Path=/; HttpOnly; SameSite=Lax"
        headers = [
            (b"location", place.encode("utf-8")),
            (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": _SEE_OTHER, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _closed(told: Mapping[bytes, bytes]) -> str:
    """The page of an app that belongs to somebody else, or to whoever has its whole address."""
    text, address = say("app_not_yours"), f"http://{told.get(b'host', b'').decode('latin-1')}/?{_KEY}=…"
    words = {"title": say("app_title").message, "message": text.message, "remedy": text.remedy, "address": address}
    page = _CLOSED.read_text(encoding="utf-8")
    for name, word in {**words, "icon": _ICON}.items():
        page = page.replace(f"{{{name}}}", escape(word))
    return page


def _query(scope: _Message) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


def _cookie_name(told: Mapping[bytes, bytes]) -> str:
    """A browser sends its cookies to every port of a machine, where another app of this kind may be."""
    port = told.get(b"host", b"").rpartition(b":")[2]
    return f"alignment-{port.decode('latin-1') if port.isdigit() else '80'}"


def _told(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in headers}


def is_own(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request comes from a page of the app, or from no page: its origin is the very place that is asked."""
    told = _told(headers)
    origin = told.get(b"origin")
    return origin is None or origin in (scheme + told.get(b"host", b"") for scheme in (b"http://", b"https://"))


def _limiting(send: _Send) -> _Send:
    """The same, which adds to every answer what limits the page."""

    async def limited(message: _Message) -> None:
        if message["type"] == "http.response.start":
            here = {bytes(name).lower() for name, _ in message.get("headers", ())}
            added = [(name.encode(), value.encode()) for name, value in HEADERS if name.encode() not in here]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await send(message)

    return limited


async def _refuse(kind: str, receive: _Receive, send: _Send, why: str = "") -> None:
    if kind == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await send(
        {
            "type": "http.response.start",
            "status": _FORBIDDEN,
            "headers": [(b"content-type", b"text/html; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": why.encode()})
