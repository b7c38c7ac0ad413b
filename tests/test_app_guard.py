"""What stands before the app, without a server: other pages are refused before Streamlit hears of them."""

import asyncio

import pytest

from alignment.pages.guard import Guard

HOST = (b"host", b"127.0.0.1:8501")


def answered(kind, *headers):
    """Whether the app was reached, and what was sent back."""
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append(scope["type"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"DENY")]})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    asyncio.run(Guard(app)({"type": kind, "headers": [HOST, *headers]}, receive, send))
    return bool(reached), sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "origin",
    [b"https://a.invalid", b"http://127.0.0.1:9", b"http://127.0.0.1", b"null", b"", b"http://127.0.0.1:85010"],
)
def test_another_pages_request_is_refused_before_streamlit_hears_of_it(kind, origin):
    reached, sent = answered(kind, (b"origin", origin))
    assert not reached
    assert next(one.get("status", one.get("code")) for one in sent) in (403, 1008)


@pytest.mark.parametrize("kind", ["http", "websocket", "lifespan"])
@pytest.mark.parametrize("own", [(), ((b"Origin", b"http://127.0.0.1:8501"),)])
def test_its_own_pages_and_what_is_no_page_are_served(kind, own):
    assert answered(kind, *own)[0]


def test_an_answer_says_what_the_page_may_load_and_keeps_what_streamlit_said():
    _, ((start),) = answered("http")
    headers = {name.lower(): value for name, value in start["headers"]}
    assert len(headers) == len(start["headers"])
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"x-content-type-options"] == b"nosniff"
    policy = dict(part.split(b" ", 1) for part in headers[b"content-security-policy"].split(b"; "))
    assert policy[b"default-src"] == b"'self'"
    # Neither a picture nor a call can go anywhere else, whatever stands on the page.
    loads = b" ".join(policy[name] for name in (b"img-src", b"media-src", b"connect-src", b"script-src", b"style-src"))
    assert {one for one in loads.split() if not one.startswith(b"'")} <= {b"data:", b"blob:"}
