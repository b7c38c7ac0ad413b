"""A program that starts the app and calls it as its owner, as another page and as somebody without the key would.

It ends with a call of the live page's kind, whose browser hides its address. `test_network.py` traces all of it.
"""

import asyncio
import http.client
import re
import signal
import subprocess
import sys

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from alignment.live import webrtc
from tests.test_live_call import HIDDEN, call

PAGES = ("", "live", "compare", "clinic", "learn")
FOREIGN = "https://a.invalid"


def status(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("GET", path, headers=headers)
    return asked.getresponse()


def refused(stream: str, **headers: str) -> bool:
    try:
        connect(stream, additional_headers=headers, proxy=None, open_timeout=60).close()
    except WebSocketException:
        return True
    return False


def show(page: ClientConnection, name: str) -> bool:
    """Whether a page of the app was shown to its end."""
    wanted = BackMsg()
    wanted.rerun_script.page_name = name
    page.send(wanted.SerializeToString())
    told = ForwardMsg()
    while told.WhichOneof("type") != "script_finished":
        told.ParseFromString(page.recv(timeout=60))
    return told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def main() -> None:
    command = [sys.executable, "-m", "alignment", "app", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as app:
        found = None
        while found is None:
            line = app.stdout.readline()
            if not line:
                raise RuntimeError("the app did not start")
            found = re.search(r":(\d+)/\?key_of_app=(\S+)", line)
        port, key = int(found[1]), found[2]
        cookie = status(port, f"/?key_of_app={key}").getheader("set-cookie").partition(";")[0]
        stream, own = f"ws://127.0.0.1:{port}/_stcore/stream", f"http://127.0.0.1:{port}"
        print("without the key", status(port, "/").status, refused(stream))  # noqa: T201 - the test reads it
        print("of another page", status(port, "/", Cookie=cookie, Origin=FOREIGN).status, end=" ")  # noqa: T201
        print(refused(stream, Cookie=cookie, Origin=FOREIGN))  # noqa: T201
        about = {"additional_headers": {"Cookie": cookie, "Origin": own}, "proxy": None, "max_size": None}
        with connect(stream, subprotocols=["streamlit"], **about) as page:
            print("of its own", *(show(page, name) for name in PAGES))  # noqa: T201
        webrtc.stay_here()
        print("called", *asyncio.run(call([HIDDEN]))[1])  # noqa: T201
        app.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()
