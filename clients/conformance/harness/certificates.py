"""Certificates for one run: an authority, a server at localhost, a client."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def make(folder: Path) -> dict[str, str]:
    """Makes them in `folder`; gives their files."""
    if shutil.which("openssl") is None:
        raise SystemExit("no openssl here, which makes the certificates for TLS (Debian: apt-get install openssl)")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    file = {name: str(folder / name) for name in ("ca.pem", "ca.key", "server.pem", "server.key", "client.pem", "client.key")}
    openssl(
        "req", "-x509", *key, "-days", "2", "-subj", "/CN=isnad conformance", "-keyout", file["ca.key"], "-out", file["ca.pem"],
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )  # fmt: skip
    for name, extensions in (
        ("server", "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n"),
        ("client", "subjectAltName=DNS:client.example\nextendedKeyUsage=clientAuth\n"),
    ):
        request, extra = folder / f"{name}.csr", folder / f"{name}.ext"
        extra.write_text(f"basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n{extensions}", encoding="utf-8")
        openssl("req", "-new", *key, "-subj", f"/CN={name}", "-keyout", file[f"{name}.key"], "-out", str(request))
        openssl(
            "x509", "-req", "-in", str(request), "-CA", file["ca.pem"], "-CAkey", file["ca.key"], "-CAcreateserial", "-days", "2",
            "-extfile", str(extra), "-out", file[f"{name}.pem"],
        )  # fmt: skip
    return {"ca": file["ca.pem"], "cert": file["client.pem"], "key": file["client.key"]}
