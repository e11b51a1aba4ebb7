"""The server ends TLS itself: 1.2 and 1.3 only, and then behaves as behind https."""

from __future__ import annotations

import http.client
import re
import ssl
import subprocess
import urllib.parse

import pytest
from server import serving


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    return key, certificate


def test_tls_by_itself_from_version_twelve_on(files):
    key, certificate = files
    with serving(size="0.01", options=("--tls-certificate", str(certificate), "--tls-key", str(key))) as server:
        assert server.address.startswith("https://")
        place = urllib.parse.urlsplit(server.address)

        def ask(newest: ssl.TLSVersion) -> tuple[str, http.client.HTTPResponse]:
            context = ssl.create_default_context(cafile=str(certificate))
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            context.maximum_version = newest
            line = http.client.HTTPSConnection(place.hostname, place.port, timeout=20, context=context)
            line.request("GET", "/track")
            answer = line.getresponse()
            version, cipher = line.sock.version() if line.sock else "", line.sock.cipher()[0] if line.sock else ""
            answer.read()
            line.close()
            return f"{version} {cipher}", answer

        for newest in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            said, answer = ask(newest)
            assert answer.status == 200
            assert re.search(r"GCM|CHACHA20", said), said
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
            assert "__Host-visit=" in answer.headers["Set-Cookie"] and "Secure" in answer.headers["Set-Cookie"]
        with pytest.raises((ssl.SSLError, OSError)):
            ask(ssl.TLSVersion.TLSv1_1)
        plain = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
        with pytest.raises((http.client.HTTPException, OSError)):
            plain.request("GET", "/track")
            plain.getresponse()
