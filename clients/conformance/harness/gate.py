"""A relay before a server that cuts connections: the network on a bad day."""

from __future__ import annotations

import itertools
import socket
import threading


class Gate:
    """Passes on at most `limit` bytes of a connection in either direction, then cuts it; of `every` connections only the first."""

    def __init__(self, address: str, limit: int, every: int = 1) -> None:
        host, port = address.rsplit(":", 1)
        self._server = (host, int(port))
        self._limit = limit
        self._every = every
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Takes no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        for number in itertools.count():
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._server)
            except OSError:
                return
            limit = self._limit if number % self._every == 0 else None
            # Small answers must not wait for each other. Set before either side may be cut.
            for side in (near, far):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for here, there in ((near, far), (far, near)):
                threading.Thread(target=pass_on, args=(here, there, limit), daemon=True).start()


def pass_on(here: socket.socket, there: socket.socket, limit: int | None) -> None:
    """Passes bytes on until the limit, or until one side has enough; then both are cut."""
    passed = 0
    try:
        while data := here.recv(4096):
            passed += len(data)
            if limit is not None and passed > limit:
                break
            there.sendall(data)
    except OSError:
        pass
    for side in (here, there):
        try:
            side.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        side.close()
