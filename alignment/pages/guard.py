"""What stands between browser and app: requests in; those of other pages refused, and answers that limit a page, out.

Streamlit asks an address service on the internet who it is before it refuses another page's call; this is asked first.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

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
_FORBIDDEN: Final = 403


class Guard:
    """Serves the app to its own pages."""

    def __init__(self, app: _App) -> None:
        self._app = app

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Answer one request or call."""
        kind = scope["type"]
        if kind not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif not is_own(scope["headers"]):
            await _refuse(kind, receive, send)
        else:
            await self._app(scope, receive, _limiting(send))


def is_own(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request comes from a page of the app, or from no page: its origin is the very place that is asked."""
    told = {name.lower(): value for name, value in headers}
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


async def _refuse(kind: str, receive: _Receive, send: _Send) -> None:
    if kind == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": _FORBIDDEN, "headers": []})
    await send({"type": "http.response.body", "body": b""})
