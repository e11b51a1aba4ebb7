"""Today's ClickHouse behind the HTTP address the program speaks to: chdb, which is the server's engine as a library.

usage: today.py PORT     It knows a statement in the body, or in `query` with rows in the body, as the server does.
"""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from chdb import session

ENGINE = session.Session()
TURN = threading.Lock()


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        said = parse_qs(urlsplit(self.path).query)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) if "Content-Length" in self.headers \
            else self.chunks()
        text = body.decode()
        statement = f"{said['query'][0]}\n{text}" if "query" in said else text
        try:
            with TURN:
                found = ENGINE.query(statement, "TabSeparated")
            status, answer = 200, (found.bytes() if found is not None else b"") or b""
        except Exception as error:  # the engine's own words, as the server gives them
            status, answer = 500, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def chunks(self):
        read = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            read += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return read

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answers) as server:
        print("ready", flush=True)
        server.serve_forever()
