"""A server of the product on a free port of the loopback address, stopped when the block ends."""
import contextlib
import http.client
import os
import re
import select
import signal
import subprocess
import time


class Server:
    def __init__(self, process, port, link, seconds):
        self.process = process
        self.port = port
        self.link = link
        self.start_seconds = seconds

    def connect(self, timeout=120):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def processor_seconds(self):
        """User and system time of the server so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settle(self, ask, limit=240):
        """Waits until the work after the start is done (models of promises), asking now and then; gives the seconds."""
        started = time.monotonic()
        while time.monotonic() - started < limit:
            used = self.processor_seconds()
            time.sleep(3)
            if self.processor_seconds() - used < 0.15:
                break
            ask()
        return time.monotonic() - started

    def peak_mebibytes(self):
        try:
            with open(f"/proc/{self.process.pid}/status") as status:
                for line in status:
                    if line.startswith("VmHWM"):
                        return int(line.split()[1]) / 1024
        except OSError:
            pass
        return None


@contextlib.contextmanager
def serving(binary, data, services, templates, log, wait=900, extra=(), database=None):
    """Starts the server and waits until it says where it is, at most `wait` seconds."""
    started = time.monotonic()
    command = [binary, "serve", "--data", data, "--services", services, "--templates", templates, "--port", "0",
               "--log", "error", *(["--database", database] if database else []), *extra]
    with open(log, "ab") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
    try:
        port, link = None, None
        said = b""
        while time.monotonic() - started < wait:
            if process.poll() is not None:
                raise SystemExit(f"the server stopped at once; see {log}")
            if select.select([process.stdout], [], [], 0.2)[0]:
                said += process.stdout.read1(4096)
            text = said.decode()
            where = re.search(r"at http://127\.0\.0\.1:(\d+)/", text)
            whole = re.search(r"set-up/(\S+)\n|sign in at \S+\n", text)
            if where and whole:
                port = int(where.group(1))
                link = whole.group(1)
                break
        if port is None:
            raise SystemExit(f"the server did not start within {wait} s")
        yield Server(process, port, link, time.monotonic() - started)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
