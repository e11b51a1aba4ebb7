"""A person at the running server without a browser: cookies, form tokens and an address of their own."""

from __future__ import annotations

import contextlib
import html
import http.client
import re
import sqlite3
import urllib.parse
from dataclasses import dataclass, field

PASSWORD = "a lighthouse at the end of the pier"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str

    @property
    def location(self) -> str:
        return self.headers.get("Location") or ""


@dataclass
class Person:
    server: object
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    name: str = ""
    token: str = ""

    def ask(self, method: str, path: str, body: str | bytes | None = None, headers: dict | None = None,
            reads: bool = True) -> Answer:
        place = urllib.parse.urlsplit(self.server.address)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        sent = {"X-Forwarded-For": self.address, "Connection": "close", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body=body, headers=sent)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace") if reads else ""
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            value = rest.partition(";")[0]
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        found = re.search(r'name="form_token" value="([^"]*)"', text)
        if found:
            self.token = html.unescape(found.group(1))
        return Answer(response.status, response.headers, text)

    def get(self, path: str, **options) -> Answer:
        return self.ask("GET", path, **options)

    def post(self, path: str, fields: dict | None = None, token: str | None = None) -> Answer:
        body = urllib.parse.urlencode({**(fields or {}), "form_token": token if token is not None else self.token})
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def set_up(self, link: str, name: str) -> None:
        path = urllib.parse.urlsplit(link).path
        assert self.get(path).status == 200
        done = self.post(path, {"name": name, "password": PASSWORD, "again": PASSWORD})
        assert done.status == 303, done.body
        self.sign_in(name)

    def sign_in(self, name: str | None = None) -> None:
        self.name = name or self.name
        self.get("/staff/sign-in")
        done = self.post("/staff/sign-in", {"name": self.name, "password": PASSWORD})
        assert done.status == 303, done.body
        self.get("/staff/password")


def invite(server, administrator: Person, name: str, role: str, agency: str | None = None) -> Person:
    administrator.get("/staff/accounts")
    page = administrator.post("/staff/accounts", {"name": name, "role": role})
    link = re.search(r'class="code" href="([^"]+)"', page.body)
    assert link, page.body
    person = Person(server, f"10.9.1.{len(name)}")
    person.set_up(html.unescape(link.group(1)), name)
    if agency:
        # The pages don't say yet whose an account is; the store does.
        with contextlib.closing(sqlite3.connect(server.data / "throughline.db", timeout=30)) as record:
            record.execute("UPDATE account SET agency = ? WHERE name = ?", (agency, name))
            record.commit()
        assert server.rows("SELECT agency FROM account WHERE name = ?", name) == [(agency,)]
    return person
