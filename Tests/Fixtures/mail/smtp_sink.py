"""A mail server for tests: prints its port, then a line of JSON for every mail it takes.

usage: smtp_sink.py [--tls CERTIFICATE KEY] [--user NAME PASSWORD] [--refuse ADDRESS] [--busy N]
"""

import argparse
import json
import ssl
import sys
import threading
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Sink:
    def __init__(self, refuse, busy):
        self.refuse = refuse
        self.busy = busy

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.busy > 0:
            self.busy -= 1
            return "451 try again later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["Subject"],
            "sender": str(mail["From"]), "id": mail["Message-ID"], "language": mail["Content-Language"],
            "auto": mail["Auto-Submitted"], "body": mail.get_content(), "tls": session.ssl is not None,
            "user": bool(session.authenticated),
            "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
        }), flush=True)
        return "250 taken"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tls", nargs=2)
    options.add_argument("--user", nargs=2)
    options.add_argument("--refuse")
    options.add_argument("--busy", type=int, default=0)
    given = options.parse_args()
    settings = {}
    if given.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*given.tls)
        settings |= {"tls_context": context, "require_starttls": True}
    if given.user:
        name, password = (part.encode() for part in given.user)

        def check(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == name and data.password == password)

        settings |= {"authenticator": check, "auth_required": True, "auth_require_tls": bool(given.tls)}
    controller = Controller(Sink(given.refuse, given.busy), hostname="127.0.0.1", port=0, **settings)
    # Port 0: the controller's own check would connect to port 0, so the server is started without it.
    loop = controller.loop
    server = loop.run_until_complete(loop.create_server(controller._factory_invoker, host="127.0.0.1", port=0))
    print(server.sockets[0].getsockname()[1], flush=True)
    # The server ends with whoever started it.
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(loop.stop)), daemon=True).start()
    loop.run_forever()


main()
