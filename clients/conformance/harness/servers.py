"""The servers of `servers.json`, each a process of its own on a free port."""

from __future__ import annotations

import http.client
import json
import re
import select
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from gate import Gate

#: How long a server may take to say that it serves.
PATIENCE = 30.0
WEB = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}


class Servers:
    """All of them, from `with` to its end."""

    def __init__(self, binary: str, wanted: dict[str, Any], folder: Path, certificates: dict[str, str]) -> None:
        self._binary = binary
        self._wanted = wanted
        self._folder = folder
        self._certificates = certificates
        self._processes: list[subprocess.Popen[str]] = []
        self._gates: list[Gate] = []
        self._held: list[socket.socket] = []
        self.places: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Servers:
        try:
            started = {name: self._start(name, wanted) for name, wanted in self._wanted.items()}
            for name, (process, log) in started.items():
                self.places[name] = self._place(self._wanted[name], process.pid, serving(process, log))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for held in self._held:
            held.close()
        for gate in self._gates:
            gate.close()
        for process in self._processes:
            process.kill()
            process.wait()

    def _start(self, name: str, wanted: dict[str, Any]) -> tuple[subprocess.Popen[str], Path]:
        flags = ["--address", "127.0.0.1:0", "--log-format", "json", *wanted.get("flags", [])]
        if "tokens" in wanted:
            tokens = self._folder / f"{name}.tokens"
            tokens.write_text("\n".join(wanted["tokens"]) + "\n", encoding="utf-8")
            flags += ["--token-file", str(tokens)]
        if "tls" in wanted:
            flags += ["--tls-cert", str(self._folder / "server.pem"), "--tls-key", str(self._folder / "server.key")]
        if wanted.get("tls") == "mutual":
            flags += ["--tls-client-ca", self._certificates["ca"]]
        log = self._folder / f"{name}.log"
        with log.open("w", encoding="utf-8") as error:
            process = subprocess.Popen([self._binary, "serve", *flags], stdout=subprocess.DEVNULL, stderr=error, text=True)
        self._processes.append(process)
        return process, log

    def _place(self, wanted: dict[str, Any], pid: int, port: int) -> dict[str, Any]:
        address = f"127.0.0.1:{port}"
        for _ in range(wanted.get("hold", 0)):
            self._held.append(hold(address))
        if "gate" in wanted:
            gate = Gate(address, wanted["gate"]["bytes"], wanted["gate"].get("every", 1))
            self._gates.append(gate)
            address = gate.address
        place: dict[str, Any] = {"address": address, "pid": pid}
        if "tls" in wanted:
            # By name, as certificates have it.
            place |= {"address": f"localhost:{port}", "tls": self._certificates}
        return place


def serving(process: subprocess.Popen[str], log: Path) -> int:
    """The port of a server, once its lexicon is loaded."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        port = None
        for line in log.read_text(encoding="utf-8").splitlines():
            found = re.search(r'"address":"127\.0\.0\.1:(\d+)"', line)
            port = int(found[1]) if found else port
            if '"message":"serving"' in line and port is not None:
                return port
        time.sleep(0.02)
    raise SystemExit(f"a server did not come up:\n{log.read_text(encoding='utf-8')}")


def hold(address: str) -> socket.socket:
    """A call that stays in hand: its message never comes."""
    host, port = address.rsplit(":", 1)
    headers = "".join(f"{name}: {value}\r\n" for name, value in WEB.items())
    held = socket.create_connection((host, int(port)))
    held.sendall(f"POST /isnad.v1.Extract/Extract HTTP/1.1\r\nhost: {address}\r\n{headers}content-length: 100\r\n\r\n".encode())
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        # An answer would mean that the call was refused, or read.
        if select.select([held], [], [], 0.1)[0]:
            raise SystemExit(f"a call that should stay in hand is answered: {held.recv(1000)!r}")
        probe = http.client.HTTPConnection(address)
        probe.request("POST", "/isnad.v1.Extract/Extract", bytes(5), WEB)
        refused = probe.getresponse().getheader("grpc-status") == "14"
        probe.close()
        if refused:
            return held
    raise SystemExit("a call that should be in hand leaves room for another")


def load(file: Path) -> dict[str, Any]:
    """Which servers are wanted."""
    wanted: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return wanted
