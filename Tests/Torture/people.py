"""Those who use the pages: a small browser without scripts."""

from __future__ import annotations

import contextlib
import html.parser
import http.client
import http.server
import json
import os
import select
import socket
import threading
import time
import urllib.parse

from machine import Server, expect


class Forms(html.parser.HTMLParser):
    """The forms of a page: where each leads and what it sends when it is left as it is."""

    def __init__(self, text: str):
        super().__init__()
        self.forms: list[dict] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.forms.append({"action": at.get("action") or "", "method": (at.get("method") or "get").lower(),
                               "fields": {}, "choices": {}, "buttons": [], "required": set()})
        if not self.forms or not at.get("name"):
            return
        form, name, value = self.forms[-1], at["name"], at.get("value") or ""
        if tag == "input" and at.get("type") in ("radio", "checkbox"):
            form["choices"].setdefault(name, []).append(value)
            if "required" in at:
                form["required"].add(name)
            if "checked" in at:
                form["fields"][name] = value
        elif tag == "button":
            form["buttons"].append((name, value))
        elif tag in ("input", "textarea", "select"):
            form["fields"][name] = value
            if "required" in at:
                form["required"].add(name)


class Person:
    """Cookies, and the pages a person goes through."""

    name, password = "ada.torture", "seven quiet herons by a lock"

    def __init__(self):
        self.cookies: dict[str, str] = {}

    def ask(self, server: Server, method: str, path: str, fields: dict | None = None) -> tuple[int, str, str]:
        """Status, text, and where it leads."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                   "Origin": f"http://127.0.0.1:{server.port}", "Host": f"127.0.0.1:{server.port}"}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = server.connect()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                pair, *rest = line.split(";")
                name, _, value = pair.partition("=")
                if any("max-age=0" in part.lower() for part in rest) or not value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = value
            return answer.status, answer.read().decode(), answer.headers.get("Location") or ""
        finally:
            connection.close()

    def form(self, server: Server, path: str, holding: str) -> dict:
        status, text, where = self.ask(server, "GET", path)
        expect(status == 200, f"{path} answers {status} {where}")
        for form in Forms(text).forms:
            if holding in form["fields"] or holding in form["choices"]:
                return form | {"action": form["action"] or path}
        raise AssertionError(f"{path} has no form with “{holding}”")

    def set_up(self, server: Server, link: str) -> None:
        form = self.form(server, link, "password")
        status, text, where = self.ask(server, "POST", form["action"], form["fields"] | {
            "name": self.name, "password": self.password, "again": self.password})
        expect(status in (302, 303), f"setting up answers {status}")

    def signs_in(self, server: Server) -> None:
        self.cookies.clear()
        form = self.form(server, "/staff/sign-in", "password")
        status, text, where = self.ask(
            server, "POST", form["action"], form["fields"] | {"name": self.name, "password": self.password})
        expect(status in (302, 303), f"signing in answers {status}")

    def signs_out(self, server: Server) -> None:
        status, text, _ = self.ask(server, "GET", "/staff")
        form = next(form for form in Forms(text).forms if form["action"].endswith("sign-out"))
        self.ask(server, "POST", form["action"], form["fields"])

    def is_in(self, server: Server) -> bool:
        return self.ask(server, "GET", "/staff/password")[0] == 200

    def sees(self, server: Server, path: str) -> str:
        status, text, where = self.ask(server, "GET", path)
        expect(status == 200, f"{path} answers {status} {where}")
        return text

    def requests(self, server: Server, service: str, fields: dict) -> str:
        """Asks for a service through its pages; gives the tracking page."""
        form = self.form(server, f"/services/{service}/request", "step")
        sent = form["fields"] | {f"q_{name}": value for name, value in fields.items()}
        for _ in range(3):
            status, text, where = self.ask(server, "POST", form["action"], sent)
            if status in (302, 303):
                return where
            expect(status == 200, f"a request answers {status}: {text[-300:]}")
            form = next(one for one in Forms(text).forms if "step" in one["fields"] or one["buttons"])
            sent = form["fields"] | dict(form["buttons"][:1])
            form["action"] = form["action"] or f"/services/{service}/request"
        raise AssertionError("a request does not end")

    def answers(self, server: Server, service: str = "passport-renewal", form: str = "after-delivery") -> None:
        """Fills a form's required questions in and sends it."""
        path = f"/services/{service}/feedback/{form}"
        found = self.form(server, path, "q_rating")
        sent = found["fields"] | dict(found["buttons"][:1])
        for name, values in found["choices"].items():
            if name not in sent:
                sent[name] = values[-1]
        status, text, where = self.ask(server, "POST", found["action"], sent)
        expect(status in (302, 303), f"an answer is answered {status}: {text[:300]}")

    def presses(self, server: Server, value: int = 4, service: str = "passport-renewal",
                touchpoint: str = "office-kiosk") -> None:
        status, text, _ = self.ask_json(server, f"/kiosk/{service}/{touchpoint}/presses",
                                        {"presses": [{"id": time_ordered_id(), "value": value}]})
        expect(status == 200 and len(json.loads(text)["stored"]) == 1, f"a press is answered {status}: {text[:200]}")

    def ask_json(self, server: Server, path: str, body: dict) -> tuple[int, str, dict]:
        connection = server.connect()
        try:
            connection.request("POST", path, json.dumps(body), {
                "Content-Type": "application/json", "Origin": f"http://127.0.0.1:{server.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.headers)
        finally:
            connection.close()

    @contextlib.contextmanager
    def live(self, server: Server, service: str):
        stream = Stream(server, f"/staff/services/{service}/live", self.cookies)
        try:
            yield stream
        finally:
            stream.close()


class Stream:
    """Server-sent events."""

    def __init__(self, server: Server, path: str, cookies: dict):
        self.line = server.socket()
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookie}\r\n\r\n".encode())
        self.text = b""
        expect(self._waits_for(b"retry:", 10), f"the live page does not begin: {self.text[:200]!r}")

    def _waits_for(self, word: bytes, within: float) -> bool:
        deadline = time.monotonic() + within
        while word not in self.text and time.monotonic() < deadline:
            if select.select([self.line], [], [], 0.1)[0]:
                data = self.line.recv(65536)
                if not data:
                    return False
                self.text += data
        return word in self.text

    def hears(self, within: float) -> bool:
        return self._waits_for(b"event: response", within)

    def close(self) -> None:
        self.line.close()


class Receiver:
    """Another system that is told of promises: what it was told, by the id of the message."""

    def __init__(self):
        self.told: dict[str, int] = {}
        guard, told = threading.Lock(), self.told

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with guard:
                    told[self.headers["webhook-id"]] = told.get(self.headers["webhook-id"], 0) + 1
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/promises"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def time_ordered_id() -> str:
    """As the program writes its ids."""
    value = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return f"{value:032x}"
