"""A carrier of text messages for tests: prints its port, then a line of JSON for every message it is given.

usage: carrier.py [--answer STATUS[:CODE]]…   one answer a message, the last one for the rest
"""

import argparse
import base64
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

options = argparse.ArgumentParser()
options.add_argument("--answer", action="append", default=[])
given = options.parse_args()
answers = given.answer or ["201"]


class Carrier(BaseHTTPRequestHandler):
    def do_POST(self):
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        status, _, code = answer.partition(":")
        secret = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        print(json.dumps({
            "path": self.path, "secret": secret, "to": fields["To"][0], "from": fields["From"][0],
            "body": fields["Body"][0],
        }), flush=True)
        said = {"sid": "SM0123456789", "status": "queued"} if status.startswith("2") else {"code": int(code or 20500)}
        body = json.dumps(said).encode()
        self.send_response(int(status))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Carrier)
    print(server.server_port, flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()
