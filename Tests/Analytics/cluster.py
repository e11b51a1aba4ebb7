"""Two ClickHouse servers, one shard each, and the ZooKeeper they meet in, on free ports and in a folder of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

SERVER = next((path for path in ("/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server")
               if os.access(path, os.X_OK)), shutil.which("clickhouse-server"))
KEEPER = Path("/usr/share/java/zookeeper.jar")


def missing() -> str | None:
    """What is not here, in words; nothing when the cluster can be started."""
    if not SERVER:
        return "clickhouse-server is not installed (Debian: clickhouse-server)"
    if not KEEPER.exists() or not shutil.which("java"):
        return "ZooKeeper is not installed (Debian: zookeeper)"
    return None


def free_ports(count: int) -> list[int]:
    taken = [socket.socket() for _ in range(count)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def bounded(command: list[str], log: Path, seconds: int = 900) -> subprocess.Popen:
    """A child that ends by itself if its parent forgets it."""
    return subprocess.Popen(["timeout", "--kill-after=5", str(seconds), *command], stdout=log.open("w"),
                            stderr=subprocess.STDOUT, start_new_session=True)


class Cluster:
    def __init__(self, folder: Path):
        self.folder = folder
        ports = free_ports(7)
        self.keeper_port, self.http, self.native, self.between = ports[0], ports[1:3], ports[3:5], ports[5:7]
        self.children: dict[str, subprocess.Popen] = {}

    def start(self) -> "Cluster":
        folder = self.folder / "keeper"
        folder.mkdir(parents=True)
        (folder / "zoo.cfg").write_text(
            f"tickTime=500\ndataDir={folder}/data\nclientPort={self.keeper_port}\nclientPortAddress=127.0.0.1\n"
            "admin.enableServer=false\nmaxClientCnxns=0\n")
        self.children["keeper"] = bounded(
            ["java", "-Xmx128m", "-Dzookeeper.admin.enableServer=false", "-cp", str(KEEPER),
             "org.apache.zookeeper.server.quorum.QuorumPeerMain", str(folder / "zoo.cfg")], folder / "log")
        wait(self.ask_keeper, "ZooKeeper")
        for shard in (0, 1):
            self.start_shard(shard)
        return self

    def start_shard(self, shard: int):
        folder = self.folder / f"shard{shard}"
        folder.mkdir(exist_ok=True)
        shards = "".join(
            "<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host>"
            f"<port>{port}</port></replica></shard>" for port in self.native)
        (folder / "config.xml").write_text(f"""<?xml version="1.0"?><yandex>
            <logger><level>warning</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
            <http_port>{self.http[shard]}</http_port><tcp_port>{self.native[shard]}</tcp_port>
            <interserver_http_port>{self.between[shard]}</interserver_http_port>
            <interserver_http_host>127.0.0.1</interserver_http_host><listen_host>127.0.0.1</listen_host>
            <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path>
            <user_files_path>{folder}/files/</user_files_path><format_schema_path>{folder}/formats/</format_schema_path>
            <users_config>{folder}/users.xml</users_config><default_profile>default</default_profile>
            <default_database>default</default_database><mark_cache_size>134217728</mark_cache_size>
            <timezone>UTC</timezone><remote_servers><line>{shards}</line></remote_servers>
            <zookeeper><node><host>127.0.0.1</host><port>{self.keeper_port}</port></node></zookeeper>
            <macros><shard>{shard + 1}</shard><replica>only</replica></macros>
            <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl></yandex>""")
        # A server that leaves missing shards out on its own account must not be able to make a number smaller.
        (folder / "users.xml").write_text("""<?xml version="1.0"?><yandex>
            <profiles><default><max_memory_usage>4000000000</max_memory_usage>
            <skip_unavailable_shards>1</skip_unavailable_shards></default></profiles>
            <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
            <quota>default</quota></default></users><quotas><default></default></quotas></yandex>""")
        self.children[f"shard{shard}"] = bounded(
            [SERVER, f"--config-file={folder}/config.xml"], folder / "output")
        wait(lambda: self.ask(shard, "SELECT 1"), "clickhouse-server")

    def ask_keeper(self):
        """It takes connections before it serves, and a server that meets it then gives up for good."""
        with socket.create_connection(("127.0.0.1", self.keeper_port), 5) as link:
            link.sendall(b"srvr")
            said = b""
            while part := link.recv(4096):
                said += part
        if b"Mode:" not in said:
            raise ConnectionError("it does not serve yet")

    def freeze(self, child: str, on: bool = True):
        """Lets it take connections and answer nobody, as a machine that hangs does; or lets it go on."""
        os.killpg(self.children[child].pid, signal.SIGSTOP if on else signal.SIGCONT)

    def kill(self, child: str):
        process = self.children.pop(child)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self):
        for child in list(self.children):
            self.kill(child)

    def ask(self, shard: int, statement: str) -> str:
        request = urllib.request.Request(f"http://127.0.0.1:{self.http[shard]}/", statement.encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    def address(self, database: str) -> str:
        return f"clickhouse:http://127.0.0.1:{self.http[0]}/{database}?cluster=line"


def wait(attempt, name: str, seconds: float = 60):
    end = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError as error:
            if time.monotonic() > end:
                raise TimeoutError(f"{name} did not start: {error}") from error
            time.sleep(0.1)
