"""The call between browser and program stays on this machine: its own addresses, and what it sends, without a browser."""

import asyncio
import os
import shutil
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import aioice
import pytest
from aioice import ice, mdns

from alignment.live import webrtc
from tests import keeping

#: What a browser tells instead of its address, and what one on another machine would tell (TEST-NET-2).
HIDDEN = "6a3a2a5e-8d4a-4a4e-9a55-1d4e4b1f6d3e.local"
ELSEWHERE = "198.51.100.7"


def finished(work):
    """What it gives, from a loop of its own: a browser's may be under way in this thread."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, work).result()


def candidate(host, port):
    return aioice.Candidate.from_sdp(f"1 1 udp 2122260223 {host} {port} typ host")


async def call(hosts):
    """Our end and the browser's, which tells these as its addresses; what ours gathered, sent and received."""
    ours, browser = aioice.Connection(ice_controlling=False), aioice.Connection(ice_controlling=True)
    sent = set()
    with mock.patch.object(mdns, "create_mdns_protocol", side_effect=AssertionError("the network was asked")):
        try:
            await ours.gather_candidates()
            await browser.gather_candidates()
            gathered = [one.host for one in ours.local_candidates]
            for protocol in ours._protocols:
                send = protocol.transport.sendto
                protocol.transport.sendto = lambda data, at, send=send: (sent.add(at[0]), send(data, at))
            for one, other in ((ours, browser), (browser, ours)):
                one.remote_username, one.remote_password = other.local_username, other.local_password
            for host in hosts:
                await ours.add_remote_candidate(candidate(host, browser.local_candidates[0].port))
            for one in ours.local_candidates:
                await browser.add_remote_candidate(one)
            await ours.add_remote_candidate(None)
            await browser.add_remote_candidate(None)
            await asyncio.wait_for(asyncio.gather(ours.connect(), browser.connect()), 20)
            await browser.send(b"a picture")
            received = await asyncio.wait_for(ours.recv(), 20)
        finally:
            await ours.close()
            await browser.close()
    return gathered, sent, received


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.setattr(ice, "get_host_addresses", ice.get_host_addresses)
    monkeypatch.setattr(aioice.Connection, "add_remote_candidate", aioice.Connection.add_remote_candidate)
    webrtc.stay_here()


def test_a_call_has_its_ends_on_this_machine_and_asks_no_network():
    gathered, sent, received = finished(call([HIDDEN]))
    assert gathered == ["127.0.0.1"]
    assert sent == {"127.0.0.1"}
    assert received == b"a picture"


def test_a_page_that_names_another_machine_is_answered_here_and_nothing_reaches_that_one():
    gathered, _, received = finished(call([ELSEWHERE]))
    assert received == b"a picture"
    with socket.socket(type=socket.SOCK_DGRAM) as bound:
        bound.bind((gathered[0], 0))
        with pytest.raises(OSError, match=r"(?i)invalid|assign|unreachable"):
            bound.sendto(b"x", (ELSEWHERE, 9))


#: The same call in a program that has no network but the one within this machine.
UNPLUGGED = """
import asyncio, fcntl, socket, struct
UP, SET = 1, 0x8914  # IFF_UP, SIOCSIFFLAGS
fcntl.ioctl(socket.socket(), SET, struct.pack("16sH14x", b"lo", UP))
from tests.test_live_call import HIDDEN, call, webrtc
webrtc.stay_here()
print([name for _, name in socket.if_nameindex()], *asyncio.run(call([HIDDEN])))
"""


def test_a_call_works_with_the_network_cable_out():
    words = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)))
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("no network of its own can be made for a program here")
    assert keeping.run(UNPLUGGED, before=words).strip() == "['lo'] ['127.0.0.1'] {'127.0.0.1'} b'a picture'"
