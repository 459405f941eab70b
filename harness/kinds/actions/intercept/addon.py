"""What mitmproxy tells Holdfast: one JSON object a line on standard output, times in CLOCK_MONOTONIC nanoseconds.

Loaded by mitmdump (see mitmproxy.ts). Listeners whose mode is reverse:tcp pass TLS through and tamper with it; all others end
TLS and read HTTP. `port` is the listener's, and tells the form.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass

from clear import ClearReader
from mitmproxy import connection, ctx, http, tcp, tls
from mitmproxy.proxy import events, layer
from mitmproxy.proxy.layers import ClientTLSLayer, TCPLayer
from tamper import Tamper


@dataclass
class Progress:
    """How far a caller came: codes for the harness (events.ts), and words for people, which no code reads."""

    handshake: str = "none"
    heard: bool = False
    words: str = "without a handshake"


def emit(event: str, port: int, detail: str, identity: str | None = None, progress: Progress | None = None) -> None:
    at = progress or Progress()
    record = {"event": event, "atNs": str(time.monotonic_ns()), "port": port, "id": identity, "detail": detail}
    record |= {"handshake": at.handshake, "heard": at.heard}
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


class Holdfast:
    def __init__(self) -> None:
        self.progress: dict[str, Progress] = {}
        self.tampers: dict[str, Tamper] = {}
        self.readers: dict[str, ClearReader] = {}

    async def running(self) -> None:
        servers = ctx.master.addons.get("proxyserver").servers
        while servers.is_updating or not all(server.is_running for server in servers):
            await asyncio.sleep(0.02)
        emit("ready", 0, f"{len(list(servers))} listeners")

    def client_connected(self, client: connection.Client) -> None:
        self.progress[client.id] = Progress()
        emit("connection", client.sockname[1], f"from {client.peername[0]}:{client.peername[1]}")

    def client_disconnected(self, client: connection.Client) -> None:
        self.tampers.pop(client.id, None)
        self.readers.pop(client.id, None)
        progress = self.progress.pop(client.id, Progress())
        emit("closed", client.sockname[1], progress.words, None, progress)

    def next_layer(self, data: layer.NextLayer) -> None:
        client = data.context.client
        if client.proxy_mode.full_spec.startswith("reverse:tcp:"):
            # mitmproxy would end TLS here too: nothing but bytes are to pass.
            data.layer = TCPLayer(data.context)
        elif client.alpn is None and data.data_client().startswith(b"PRI * HTTP/2.0"):
            client.alpn = b"h2"

    def tls_failed_client(self, data: tls.TlsData) -> None:
        progress = self.progress[data.conn.id] = Progress("failed", False, "handshake failed")
        emit("refused", data.conn.sockname[1], data.conn.error or "handshake failed", None, progress)

    def tls_established_client(self, data: tls.TlsData) -> None:
        alpn = (data.conn.alpn or b"no ALPN").decode("ascii", "replace")
        # Some callers look at the certificate when the handshake is over, and then leave.
        words = f"the caller accepted the certificate, {data.conn.tls_version}, {alpn}"
        self.progress[data.conn.id] = Progress("accepted", False, words)

    def heard(self, client: connection.Client) -> None:
        self.progress.setdefault(client.id, Progress()).heard = True

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        request = flow.request
        line = f"{request.method} {request.path} {request.http_version}"
        emit("clear", flow.client_conn.sockname[1], line, request.headers.get("x-holdfast-id"))

    def tcp_message(self, flow: tcp.TCPFlow) -> None:
        message, client = flow.messages[-1], flow.client_conn
        if not message.from_client:
            return
        tamper = self.tampers.setdefault(client.id, Tamper())
        message.content, change = tamper.take(message.content)
        if change is not None:
            self.progress[client.id] = Progress(words=change)
            emit("altered", client.sockname[1], change)
        if tamper.clear:
            reader = self.readers.setdefault(client.id, ClearReader())
            for line, identity in reader.take(message.content):
                emit("clear", client.sockname[1], line, identity)
        # Messages are kept by mitmproxy for display: nobody looks.
        flow.messages.clear()


holdfast = Holdfast()
addons = [holdfast]
to_child = ClientTLSLayer.event_to_child


def watched(self: ClientTLSLayer, event: events.Event) -> layer.CommandGenerator[None]:
    """No hook of mitmproxy tells of bytes that are not yet a request."""
    if isinstance(event, events.DataReceived) and event.connection is self.context.client and event.data:
        holdfast.heard(self.context.client)
    yield from to_child(self, event)


ClientTLSLayer.event_to_child = watched
