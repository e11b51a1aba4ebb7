"""A webhook receiver for tests: prints its port, then a line of JSON for every message it takes.

usage: receiver.py [--answer STATUS]…   one answer a message, the last one for the rest
"""

import argparse
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

options = argparse.ArgumentParser()
options.add_argument("--answer", type=int, action="append", default=[])
given = options.parse_args()
answers = given.answer or [200]


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = answers.pop(0) if len(answers) > 1 else answers[0]
        print(json.dumps({
            "id": self.headers["webhook-id"], "timestamp": self.headers["webhook-timestamp"],
            "signature": self.headers["webhook-signature"], "body": body.decode(), "path": self.path,
        }), flush=True)
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    print(server.server_port, flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()
