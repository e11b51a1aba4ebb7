"""Servers that help the running one: a malware scanner that speaks clamd's protocol, and a log server."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import socketserver
import ssl
import subprocess
import threading
import time
import urllib.parse

import pytest

from people import PASSWORD, Person
from server import SERVICES, serving
from test_operations import doctor, found

# The test file that every scanner knows, in two halves, so that none finds it here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
FORM = "/services/with-files/feedback/after-delivery"


class Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class Clamd(socketserver.StreamRequestHandler):
    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            said = b"PONG"
        elif command == b"zVERSION\0":
            said = b"ClamAV 1.4.3/27790/" + time.strftime("%a %b %d %H:%M:%S %Y", time.gmtime()).encode()
        else:
            assert command == b"zINSTREAM\0", command
            file = b""
            while size := int.from_bytes(self.rfile.read(4), "big"):
                file += self.rfile.read(size)
            said = b"stream: Eicar-Signature FOUND" if EICAR in file else b"stream: OK"
        self.wfile.write(said + b"\0")


class LogServer(socketserver.StreamRequestHandler):
    def handle(self):
        while count := self.count():
            self.server.messages.append(self.rfile.read(count).decode())

    def count(self) -> int:
        digits = b""
        while (one := self.rfile.read(1)) and one != b" ":
            digits += one
        return int(digits or b"0")


def listening(handler, port: int = 0, tls: ssl.SSLContext | None = None) -> Threads:
    server = Threads(("127.0.0.1", port), handler)
    server.messages = []
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def end(server: Threads):
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def outside():
    clamd, logs = listening(Clamd), listening(LogServer)
    options = ("--malware-scan", f"clamd:127.0.0.1:{clamd.server_address[1]}",
               "--log-to", f"syslog:127.0.0.1:{logs.server_address[1]}", "--log", "info", "--log-format", "json")
    with serving(size="0.01", options=options) as running:
        running.clamd, running.logs, running.options = clamd, logs, options[:4]
        (running.data / "services").mkdir(exist_ok=True)
        text = (SERVICES / "passport-renewal.yaml").read_text()
        question = ("    questions:\n      - { id: letter, kind: file, accepts: [pdf], "
                    "text: { en: The letter, es: La carta } }\n      - id: rating")
        text = text.replace("service: passport-renewal", "service: with-files", 1)
        assert text.count("    questions:\n      - id: rating") >= 1
        (running.data / "services/with-files.yaml").write_text(
            text.replace("    questions:\n      - id: rating", question, 1))
        person = Person(running, "10.9.7.1")
        deadline = time.monotonic() + 30
        while person.get(FORM).status != 200:
            assert time.monotonic() < deadline, "the service with files did not come up"
            time.sleep(0.2)
        yield running
    end(running.clamd)
    end(logs)


def test_a_leaked_password_is_refused(tmp_path):
    leaked = tmp_path / "leaked.txt"
    hashes = [hashlib.sha1(word.encode()).hexdigest().upper() for word in [PASSWORD, "another one that leaked"]]
    leaked.write_text("".join(f"{one}:3\n" for one in sorted(hashes)))
    with serving(size="0.01", environment={"THROUGHLINE_PASSWORDS_LEAKED": str(leaked)}) as running:
        person = Person(running, "10.9.7.5")
        path = urllib.parse.urlsplit(running.first_link).path

        def choose(password: str) -> int:
            assert person.get(path).status == 200
            return person.post(path, {"name": "ada.first", "password": password, "again": password}).status

        assert choose(PASSWORD) == 422
        assert choose(PASSWORD + ", and one more") == 303
        _, document = doctor(running.data, THROUGHLINE_PASSWORDS_LEAKED=str(leaked))
        assert found(document, "leaked passwords")[0]["state"] == "ok"
        leaked.write_text("".join(f"{one}:3\n" for one in sorted(hashes, reverse=True)))
        code, document = doctor(running.data, THROUGHLINE_PASSWORDS_LEAKED=str(leaked))
        assert code == 1 and "in order" in found(document, "configuration")[0]["said"]


def send(server, content: bytes, language: str = "en") -> tuple[int, str]:
    """Answers the form with a file, as a browser does."""
    person = Person(server, "10.9.7.2")
    page = person.get(f"{FORM}?lang={language}")
    response = re.search(r'name="response_id" value="([^"]+)"', page.body).group(1)
    fields = {"response_id": response, "q_rating": "5", "then": "next", "form_token": person.token}
    body = b"".join(
        f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items())
    body += (b'--XX\r\nContent-Disposition: form-data; name="q_letter"; filename="my letter.pdf"\r\n\r\n'
             + content + b"\r\n--XX--\r\n")
    done = person.ask("POST", FORM, body, {"Content-Type": "multipart/form-data; boundary=XX"})
    return done.status, done.body


def answers(server) -> int:
    return server.rows("SELECT count(*) FROM event WHERE service = 'with-files' AND kind = 'response'")[0][0]


def logged(server, text: str, seconds: float = 20) -> str:
    """The first line of the local log with a text."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for line in (server.data / "server.log").read_text().splitlines():
            if text in line:
                return line
        time.sleep(0.1)
    raise AssertionError(f"nobody logged {text}")


def test_an_infected_file_is_refused_and_a_clean_one_taken(outside):
    before = answers(outside)
    status, page = send(outside, b"%PDF-1.7 " + EICAR)
    assert status == 422 and "found something harmful" in page and "my letter" not in page
    status, page = send(outside, b"%PDF-1.7 " + EICAR, "es")
    assert status == 422 and "encontró algo dañino" in page
    assert answers(outside) == before
    line = json.loads(logged(outside, '"reason":"malware"'))
    assert line["level"] == "warning" and line["found"] == "Eicar-Signature"
    assert line["place"] == "with-files/after-delivery/letter" and "my letter" not in json.dumps(line)
    status, _ = send(outside, b"%PDF-1.7 fine " + b"x" * 300_000)
    assert status == 303 and answers(outside) == before + 1


def test_doctor_asks_scanner_and_log_server(outside):
    _, document = doctor(outside.data, *outside.options)
    assert found(document, "malware scan")[0]["state"] == "ok", document
    assert "ClamAV 1.4.3" in found(document, "malware scan")[0]["said"]
    assert found(document, "log server")[0]["state"] == "ok", document
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code, document = doctor(
        outside.data, "--malware-scan", f"clamd:127.0.0.1:{port}", "--log-to", f"syslog:127.0.0.1:{port}")
    assert code == 1
    assert [found(document, name)[0]["state"] for name in ("malware scan", "log server")] == ["fail", "fail"]
    _, document = doctor(outside.data)
    assert found(document, "malware scan")[0]["state"] == "warn"
    for wrong in (("--malware-scan", "clamd:nowhere"), ("--log-to", "udp:host:514")):
        code, document = doctor(outside.data, *wrong)
        assert code == 1 and found(document, "configuration")[0]["state"] == "fail"


def test_the_log_server_gets_the_lines_the_local_log_has(outside):
    Person(outside, "10.9.7.3").get("/a-path-nobody-has")
    line = logged(outside, '"status":"404"')
    end_at = time.monotonic() + 20
    while not any(message.endswith(line) for message in outside.logs.messages):
        assert time.monotonic() < end_at, outside.logs.messages[-3:]
        time.sleep(0.1)
    message = next(message for message in outside.logs.messages if message.endswith(line))
    assert re.match(r"<30>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ throughline \d+ - - \{", message), message


def test_lines_go_by_tls_to_the_server_that_is_meant_only(tmp_path):
    def server(name: str):
        """A log server with a certificate for a name."""
        key, certificate = tmp_path / f"{name}.key", tmp_path / f"{name}.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=logs", "-addext", f"subjectAltName={name}", "-keyout", key, "-out", certificate],
            check=True, capture_output=True)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        return listening(LogServer, tls=tls), str(certificate)

    def asked(logs: Threads, **environment: str) -> dict:
        _, document = doctor(tmp_path, "--log-to", f"syslog+tls:localhost:{logs.server_address[1]}", **environment)
        return found(document, "log server")[0]

    (logs, certificate), (other, others) = server("DNS:localhost"), server("DNS:other.example")
    try:
        said = asked(logs, THROUGHLINE_LOG_CA=certificate)
        assert said["state"] == "ok", said
        deadline = time.monotonic() + 10
        while not logs.messages:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert "doctor looked" in logs.messages[0]
        stranger = asked(logs)
        assert stranger["state"] == "fail" and "not trusted" in stranger["said"], stranger
        assert asked(other, THROUGHLINE_LOG_CA=others)["state"] == "fail", "its certificate names another"
        assert len(logs.messages) == 1 and not other.messages
    finally:
        end(logs)
        end(other)


def test_without_scanner_files_wait_and_nothing_else_does(outside):
    port = outside.clamd.server_address[1]
    before = answers(outside)
    end(outside.clamd)
    try:
        status, page = send(outside, b"%PDF-1.7 fine")
        assert status == 503 and "Choose it again in a few minutes" in page and answers(outside) == before
        assert json.loads(logged(outside, "could not be scanned"))["level"] == "error"
        assert Person(outside, "10.9.7.4").get("/health/ready").status == 200
    finally:
        outside.clamd = listening(Clamd, port)
    status, _ = send(outside, b"%PDF-1.7 fine")
    assert status == 303 and answers(outside) == before + 1
