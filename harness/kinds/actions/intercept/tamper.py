"""Flips one byte of application data in a TLS stream that passes by unread."""

HEADER = 5
CHANGE_CIPHER_SPEC, HANDSHAKE, DATA = 20, 22, 23


class Tamper:
    """Follows the records that the client sends, and alters the first one that is application data.

    Under TLS 1.2 that is the first of type 23. Under TLS 1.3 the client's encrypted Finished has that type too (RFC 8446, 5.1),
    in one record for BoringSSL, so it is the second: a client that spreads its certificate and Finished over several records is
    met within its handshake, and no request passes unaltered either way.
    """

    def __init__(self) -> None:
        # True where the stream does not begin with a TLS handshake: then there is nothing to alter, all of it can be read.
        self.clear = False
        self.done = False
        self._started = False
        self._header = b""
        self._left = 0
        self._data_records = 0
        self._changed_cipher = False
        self._finished_seen = False

    def take(self, data: bytes) -> tuple[bytes, str | None]:
        """The bytes to pass on, and what was altered in them, if anything."""
        if data and not self._started:
            self._started = True
            self.clear = data[0] != HANDSHAKE
        if self.clear or self.done:
            return data, None
        out, at, change = bytearray(data), 0, None
        while at < len(out) and not self.done:
            if self._left > 0:
                if self._is_target():
                    out[at] ^= 0x01
                    self.done = True
                    change = f"first byte of a record of {self._left} bytes of application data"
                    break
                step = min(self._left, len(out) - at)
                self._left -= step
                at += step
                continue
            self._header += bytes(out[at : at + 1])
            at += 1
            if len(self._header) == HEADER:
                self._open()
        return bytes(out), change

    def _open(self) -> None:
        self._type, self._left = self._header[0], int.from_bytes(self._header[3:5], "big")
        self._header = b""
        if self._type == CHANGE_CIPHER_SPEC:
            self._changed_cipher = True
        elif self._type == HANDSHAKE and self._changed_cipher:
            # TLS 1.2: the encrypted Finished is still of type handshake.
            self._finished_seen = True
        elif self._type == DATA:
            self._data_records += 1

    def _is_target(self) -> bool:
        return self._type == DATA and (self._finished_seen or self._data_records >= 2)
