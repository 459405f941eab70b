"""Reads the requests of a stream in clear: HTTP/1 and HTTP/2 with prior knowledge."""

import re

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from h2.exceptions import ProtocolError

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
REQUEST = re.compile(rb"([A-Z]{3,10} \S+ HTTP/1\.[01])\r\n(.*?)\r\n\r\n", re.S)
IDENTITY = re.compile(rb"^x-holdfast-id:\s*(\S+)", re.I | re.M)
# A request line and its headers end well before this; what has none by then is not HTTP.
LONGEST = 65536


class ClearReader:
    def __init__(self) -> None:
        self._rest = b""
        self._http2: H2Connection | None = None

    def take(self, data: bytes) -> list[tuple[str, str | None]]:
        """The requests that these bytes complete: request line and identity."""
        self._rest = (self._rest + data)[-LONGEST:]
        if self._http2 is None and self._rest.startswith(PREFACE):
            config = H2Configuration(client_side=False, header_encoding="latin1", validate_inbound_headers=False)
            self._http2 = H2Connection(config)
            self._http2.initiate_connection()
        return self._read1() if self._http2 is None else self._read2()

    def _read1(self) -> list[tuple[str, str | None]]:
        found = []
        while match := REQUEST.search(self._rest):
            identity = IDENTITY.search(match[2])
            found.append((match[1].decode("latin1"), identity and identity[1].decode("latin1")))
            self._rest = self._rest[match.end() :]
        return found

    def _read2(self) -> list[tuple[str, str | None]]:
        data, self._rest = self._rest, b""
        found = []
        try:
            for event in self._http2.receive_data(data):
                if isinstance(event, RequestReceived):
                    headers = dict(event.headers)
                    line = f"{headers.get(':method')} {headers.get(':path')} HTTP/2"
                    found.append((line, headers.get("x-holdfast-id")))
        except ProtocolError:
            pass
        return found
