"""The disk as a power cut would have left it.

A journal of every write and sync (see shim.c) is played back up to some moment. What was synced before it is on the disk;
of what was not, each write is there whole, in part or not at all, whatever the order in which they were made: a disk and a
file system keep what they like until they are asked to sync. Files made, removed and renamed are there as far as the folder
was synced, and beyond that up to a point chosen at random.
"""

from __future__ import annotations

import pathlib
import random
import shutil
import struct

HEAD = struct.Struct("<cIQQI")
SECTOR = 512


def read_journal(path: pathlib.Path) -> list[tuple]:
    """(kind, file, nanoseconds, offset, bytes); an entry cut at the end by the kill is left out."""
    data = path.read_bytes()
    entries, at = [], 0
    while at + HEAD.size <= len(data):
        kind, file, when, offset, length = HEAD.unpack_from(data, at)
        if at + HEAD.size + length > len(data):
            break
        entries.append((kind, file, when, offset, data[at + HEAD.size:at + HEAD.size + length]))
        at += HEAD.size + length
    return entries


class Inode:
    def __init__(self, durable: bytes = b""):
        self.durable = bytearray(durable)
        self.pending: list[tuple] = []

    def sync(self) -> None:
        for offset, data in self.pending:
            apply(self.durable, offset, data)
        self.pending.clear()

    def after_the_cut(self, chance: random.Random) -> bytes:
        found = bytearray(self.durable)
        kept = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        order = list(self.pending)
        if chance.random() < 0.5:
            chance.shuffle(order)
        for offset, data in order:
            if chance.random() >= kept:
                continue
            if data is not None and len(data) > SECTOR and chance.random() < 0.3:
                # Torn: some of its sectors.
                for start in range(0, len(data), SECTOR):
                    if chance.random() < 0.5:
                        apply(found, offset + start, data[start:start + SECTOR])
            else:
                apply(found, offset, data)
        return bytes(found)


def apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:  # a truncation
        if offset < len(content):
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


class Disk:
    """A folder's files while its journal is played back."""

    def __init__(self, folder: pathlib.Path):
        # What the folder held before is taken for durable.
        self.names = {str(path.relative_to(folder)): Inode(path.read_bytes())
                      for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")}
        self.open: dict[int, Inode] = {}
        self.durable_names = dict(self.names)
        self.waiting: list[tuple] = []  # changes of names not yet durable

    def play(self, entry: tuple) -> None:
        kind, file, _, offset, data = entry
        if kind == b"o":
            name = data.decode(errors="surrogateescape")
            if name.endswith("-shm"):
                # Memory the connections share: not kept over a cut. Numbers begin anew with each program.
                self.open.pop(file, None)
                return
            if name not in self.names:
                self.names[name] = Inode()
                self.waiting.append(("made", name, self.names[name]))
            self.open[file] = self.names[name]
            if offset == 1:
                self.names[name].pending.append((0, None))
        elif kind == b"w" and file in self.open:
            self.open[file].pending.append((offset, data))
        elif kind == b"t" and file in self.open:
            self.open[file].pending.append((offset, None))
        elif kind == b"s" and file in self.open:
            inode = self.open[file]
            inode.sync()
            # Syncing a file made new makes its name durable, and what came before it.
            for at, change in enumerate(self.waiting):
                if change[0] == "made" and change[2] is inode:
                    self._settle(at + 1)
                    break
        elif kind == b"d":
            self._settle(len(self.waiting))
        elif kind == b"u":
            name = data.decode(errors="surrogateescape")
            if self.names.pop(name, None):
                self.waiting.append(("gone", name, None))
        elif kind == b"r":
            old, new = data.decode(errors="surrogateescape").split("\0")
            if old in self.names:
                self.names[new] = self.names.pop(old)
                self.waiting.append(("renamed", new, old))

        elif kind == b"l":
            old, new = data.decode(errors="surrogateescape").split("\0")
            if old in self.names:
                self.names[new] = self.names[old]
                self.waiting.append(("linked", new, old))

    def _settle(self, count: int) -> None:
        for change in self.waiting[:count]:
            self._change(self.durable_names, change)
        del self.waiting[:count]

    @staticmethod
    def _change(names: dict, change: tuple) -> None:
        kind, name, what = change
        if kind == "made":
            names[name] = what
        elif kind == "gone":
            names.pop(name, None)
        elif kind == "linked" and what in names:
            names[name] = names[what]
        elif what in names:
            names[name] = names.pop(what)

    def cut(self, target: pathlib.Path, chance: random.Random) -> None:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        names = dict(self.durable_names)
        for change in self.waiting[:chance.randint(0, len(self.waiting))]:
            self._change(names, change)
        for name, inode in names.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(inode.after_the_cut(chance))
            path.chmod(0o600)
