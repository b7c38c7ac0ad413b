"""What stands before the app, without a server: other pages are refused before Streamlit hears of them."""

import re

import pytest

from alignment.pages import guard
from alignment.pages.guard import Guard
from alignment.texts import say

HOST = (b"host", b"127.0.0.1:8501")


def finished(work):
    """Run it to its end, which it reaches without waiting: no loop is needed, and a browser's may be under way."""
    with pytest.raises(StopIteration):
        work.send(None)


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

    finished(Guard(app)({"type": kind, "headers": [HOST, *headers]}, receive, send))
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


# --- whose app it is -----------------------------------------------------------------------------------------------------


@pytest.fixture
def keyed(monkeypatch):
    """Asks an app that has keys: the status, the headers, and whether the app itself was reached."""
    monkeypatch.setenv(guard.SHOWN, "shown")
    monkeypatch.setenv(guard.ONCE, "once")
    reached = []

    async def app(scope, receive, send):
        reached.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    made = Guard(app)

    def ask(path, query="", cookie="", kind="http"):
        sent = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        headers = [HOST, *([(b"cookie", cookie.encode())] if cookie else [])]
        reached.clear()
        finished(made({"type": kind, "path": path, "query_string": query.encode(), "headers": headers}, receive, send))
        first = sent[0]
        return first.get("status", first.get("code")), dict(first.get("headers", ())), bool(reached)

    return ask


def cookie_of(headers):
    return headers[b"set-cookie"].decode().partition(";")[0]


@pytest.mark.parametrize("path", ["/", "/clinic", "/media/a.mp4", "/_stcore/stream", "/_stcore/upload_file/a/b"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "sent", [{}, {"query": "key_of_app=other"}, {"cookie": "alignment-8501=other"}, {"query": "key_of_app="}]
)
def test_who_has_no_key_sees_nothing(keyed, path, kind, sent):
    status, headers, reached = keyed(path, kind=kind, **sent)
    assert not reached
    assert status in (403, 1008)
    assert b"set-cookie" not in headers


def test_the_key_lets_a_browser_in_which_then_carries_a_cookie_and_no_key(keyed):
    status, headers, reached = keyed("/clinic", "key_of_app=shown&subject=a%26b")
    assert (status, headers[b"location"], reached) == (303, b"/clinic?subject=a%26b", False)
    assert b"HttpOnly" in headers[b"set-cookie"]
    for kind in ("http", "websocket"):
        assert keyed("/clinic", cookie=f"other=1; {cookie_of(headers)}", kind=kind)[2]
    assert not keyed("/", cookie=cookie_of(headers).replace("8501", "8502"))[2]
    assert keyed("/", "key_of_app=shown")[0] == 303


def test_the_key_that_others_can_see_in_the_list_of_processes_works_once(keyed):
    assert keyed("/", "key_of_app=once")[0] == 303
    assert keyed("/", "key_of_app=once")[0] == 403


def test_the_way_on_never_leads_to_another_machine(keyed):
    assert keyed("//a.invalid/", "key_of_app=shown")[1][b"location"] == b"/a.invalid"


def test_the_page_of_an_app_that_is_not_ones_own_says_how_to_come_in_and_loads_nothing():
    hostile = {b"host": b'127.0.0.1:1"><img src=x>{icon}'}
    for told in ({b"host": HOST[1]}, hostile):
        page = guard._closed(told)
        words = say("app_not_yours")
        assert f"<h1>{words.message}</h1>" in page
        assert f"<p>{words.remedy}</p>" in page
        assert "<img" not in page
        assert {address.partition(":")[0] for address in re.findall(r'(?:src|href)="([^"]+)', page)} == {"data"}
    assert "<code>http://127.0.0.1:8501/?key_of_app=…</code>" in guard._closed({b"host": HOST[1]})


def test_whether_it_is_up_is_told_to_everybody(keyed):
    assert keyed("/_stcore/health")[2]
