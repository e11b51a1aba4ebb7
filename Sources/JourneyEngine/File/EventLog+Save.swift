#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension EventLog {
    /// Writes the log to one file. The file appears under its name only when it is whole and on the disk.
    package func save(to path: String) throws(LogFileError) {
        let log = compacted()
        var parts = LogParts()
        parts.add(log)
        let temporary = "\(path).\(getpid()).partial"
        let file = createFile(temporary)
        guard file >= 0 else { throw .system(operation: "create", path: temporary, code: errno) }
        do throws(LogFileError) {
            try parts.write(to: file, path: temporary)
            guard fsync(file) == 0 else { throw .system(operation: "write", path: temporary, code: errno) }
        } catch {
            close(file)
            unlink(temporary)
            throw error
        }
        close(file)
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw .system(operation: "rename to", path: path, code: code)
        }
    }
}

/// The parts of a log in the order they are written.
private struct LogParts {
    private var entries: [(entry: LogFileFormat.Entry, start: UnsafeRawPointer)] = []
    /// Keeps what `entries` point to.
    private var owners: [MemoryBlock] = []

    mutating func add(_ log: EventLog) {
        let segment = log.segments[0]
        add(.offsets, segment.offsets)
        add(.times, segment.times)
        add(.activities, segment.activities)
        add(segment.ids.table, .idBytes, .idOffsets, .idSlots)
        add(log.book.texts.tables[0], .nameBytes, .nameOffsets, .nameSlots)
        var declarations = GrowingColumn<UInt8>()
        for declaration in log.attributes {
            declarations.append(declaration.level.rawValue)
            let name = Array(declaration.name.utf8)
            for byte in 0..<4 { declarations.append(UInt8(truncatingIfNeeded: name.count >> (8 * byte))) }
            for byte in name { declarations.append(byte) }
        }
        add(.declarations, declarations.freeze())
        for (index, column) in segment.attributes.enumerated() {
            if let column { add(.codes, column, index) }
            let table = log.values[index].texts.tables[0]
            add(table, .valueBytes, .valueOffsets, .valueSlots, index)
        }
    }

    private mutating func add<Element>(
        _ part: LogFileFormat.Part, _ column: Column<Element>, _ index: Int = 0, seed: UInt64 = 0
    ) {
        owners.append(column.block)
        let entry = LogFileFormat.Entry(
            part: part.rawValue, index: UInt32(index), width: UInt32(MemoryLayout<Element>.stride),
            count: UInt64(column.count), offset: 0, extra: seed)
        entries.append((entry, UnsafeRawPointer(column.start)))
    }

    private mutating func add(_ part: LogFileFormat.Part, _ column: CodeColumn, _ index: Int = 0) {
        owners.append(column.block)
        let entry = LogFileFormat.Entry(
            part: part.rawValue, index: UInt32(index), width: UInt32(column.width), count: UInt64(column.count),
            offset: 0, extra: 0)
        entries.append((entry, column.start))
    }

    private mutating func add(
        _ table: TextTable, _ bytes: LogFileFormat.Part, _ offsets: LogFileFormat.Part, _ slots: LogFileFormat.Part,
        _ index: Int = 0
    ) {
        add(bytes, table.bytes, index)
        add(offsets, table.offsets, index)
        add(slots, table.slots, index, seed: table.seed)
    }

    mutating func write(to file: Int32, path: String) throws(LogFileError) {
        let chunks = entries.reduce(0) { $0 + $1.entry.chunks }
        let front = LogFileFormat.headerSize + entries.count * LogFileFormat.entrySize + (chunks + 1) * 8
        var at = LogFileFormat.aligned(front)
        for index in entries.indices {
            entries[index].entry.offset = UInt64(at)
            at = LogFileFormat.aligned(at + Int(entries[index].entry.bytes) + MemoryBlock.padding)
        }
        let size = at
        try put(frontMatter(front, size), to: file, path: path)
        var written = front
        for (entry, start) in entries {
            try put([UInt8](repeating: 0, count: Int(entry.offset) - written), to: file, path: path)
            try put(start, Int(entry.bytes), to: file, path: path)
            written = Int(entry.offset + entry.bytes)
        }
        try put([UInt8](repeating: 0, count: size - written), to: file, path: path)
        withExtendedLifetime(owners) {}
    }

    /// Header, directory and checksums.
    private func frontMatter(_ front: Int, _ size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(front)
        func add<Number: FixedWidthInteger>(_ number: Number) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        add(LogFileFormat.magic)
        add(LogFileFormat.version)
        add(LogFileFormat.byteOrder)
        add(UInt64(size))
        add(UInt64(entries.count))
        add(UInt64(front))
        add(UInt64(0))
        add(UInt64(0))
        add(bytes.withUnsafeBytes { $0.baseAddress.map { checksum($0, 56) } ?? 0 })
        for (entry, _) in entries {
            add(entry.part)
            add(entry.index)
            add(entry.width)
            add(UInt32(0))
            add(entry.count)
            add(entry.offset)
            add(entry.extra)
            for _ in 0..<3 { add(UInt64(0)) }
        }
        for (entry, start) in entries {
            for chunk in 0..<entry.chunks {
                let from = chunk * LogFileFormat.chunk
                add(checksum(start + from, min(LogFileFormat.chunk, Int(entry.bytes) - from)))
            }
        }
        let covered = bytes.count - LogFileFormat.headerSize
        add(bytes.withUnsafeBytes { $0.baseAddress.map { checksum($0 + LogFileFormat.headerSize, covered) } ?? 0 })
        return bytes
    }

    private func put(_ bytes: [UInt8], to file: Int32, path: String) throws(LogFileError) {
        let failure = bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map { writeAll($0, buffer.count, file) } ?? 0
        }
        if failure != 0 { throw .system(operation: "write", path: path, code: failure) }
    }

    private func put(_ start: UnsafeRawPointer, _ count: Int, to file: Int32, path: String) throws(LogFileError) {
        let failure = writeAll(start, count, file)
        if failure != 0 { throw .system(operation: "write", path: path, code: failure) }
    }
}

private func createFile(_ path: String) -> Int32 { open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644) }

/// 0, or the system's error number.
private func writeAll(_ start: UnsafeRawPointer, _ count: Int, _ file: Int32) -> Int32 {
    var done = 0
    while done < count {
        let written = write(file, start + done, min(count - done, 1 << 30))
        if written < 0 {
            if errno == EINTR { continue }
            return errno
        }
        done += written
    }
    return 0
}
