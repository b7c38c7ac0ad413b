"""The call between browser and program stays on this machine: its own addresses, and what it sends, without a browser."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import aioice
import pytest
from aioice import ice, mdns

from alignment.live import webrtc

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
