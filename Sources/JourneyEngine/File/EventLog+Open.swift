/// How much of a saved log is read to see that it is whole.
package enum LogVerification: Sendable {
    /// Header and directory only; the same time whatever the size.
    case directory
    /// Every byte, with one checksum for each mebibyte.
    case everything
    /// Everything up to 256 MiB, which takes well under 100 ms, else the directory: run ``EventLog/verify(path:)``
    /// beside it.
    case automatic
}

extension EventLog {
    /// Opens a saved log by mapping it. Pages are read when a kernel first asks for them and shared between processes.
    ///
    /// A damaged header or directory is always found. Damage in the columns is found as `verification` says; kernels on
    /// a log that was not verified stay inside its memory, but their answers are only as good as the bytes.
    package static func open(
        _ path: String, verification: LogVerification = .automatic
    ) throws(LogFileError) -> EventLog {
        let reader = try LogFileReader(path)
        switch verification {
        case .directory: break
        case .everything: try reader.verify()
        case .automatic: if reader.file.count <= 256 << 20 { try reader.verify() }
        }
        return try reader.log()
    }

    /// Reads every byte of a saved log and throws where the first damage is.
    package static func verify(path: String, threads: Int = 0) throws(LogFileError) {
        let reader = try LogFileReader(path)
        try reader.verify(threads: threads)
        _ = try reader.log()
    }
}

/// The header and directory of a saved log, checked.
struct LogFileReader {
    let path: String
    let file: MappedFile
    private var entries: [LogFileFormat.Entry] = []
    /// By entry: where its checksums begin.
    private var sums: [Int] = []

    init(_ path: String) throws(LogFileError) {
        self.path = path
        file = try MappedFile(path)
        guard number(0, UInt64.self) == LogFileFormat.magic else { throw .notALog(path: path) }
        guard number(12, UInt32.self) == LogFileFormat.byteOrder else { throw .foreignByteOrder(path: path) }
        guard number(8, UInt32.self) == LogFileFormat.version else {
            throw .unsupportedVersion(
                path: path, found: number(8, UInt32.self), supported: LogFileFormat.version)
        }
        guard checksum(file.start, 56) == number(56, UInt64.self) else {
            throw .damaged(path: path, part: "header", bytes: 0..<UInt64(LogFileFormat.headerSize))
        }
        let size = number(16, UInt64.self)
        guard size == UInt64(file.count) else {
            throw .wrongSize(path: path, expected: size, found: UInt64(file.count))
        }
        let count = number(24, UInt64.self)
        let front = number(32, UInt64.self)
        let entryBytes = count.multipliedReportingOverflow(by: UInt64(LogFileFormat.entrySize))
        guard front <= size, !entryBytes.overflow, front >= 72, entryBytes.partialValue <= front - 72 else {
            throw .inconsistent(path: path, part: "header", reason: "its directory does not fit")
        }
        let covered = Int(front) - LogFileFormat.headerSize - 8
        guard checksum(file.start + LogFileFormat.headerSize, covered) == number(Int(front) - 8, UInt64.self) else {
            throw .damaged(path: path, part: "directory", bytes: UInt64(LogFileFormat.headerSize)..<front)
        }
        try readEntries(Int(count), front)
    }

    private func number<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
        Number(littleEndian: file.start.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    private mutating func readEntries(_ count: Int, _ front: UInt64) throws(LogFileError) {
        var sum = LogFileFormat.headerSize + count * LogFileFormat.entrySize
        for index in 0..<count {
            let at = LogFileFormat.headerSize + index * LogFileFormat.entrySize
            let entry = LogFileFormat.Entry(
                part: number(at, UInt32.self), index: number(at + 4, UInt32.self), width: number(at + 8, UInt32.self),
                count: number(at + 16, UInt64.self), offset: number(at + 24, UInt64.self),
                extra: number(at + 32, UInt64.self))
            let bytes = entry.count.multipliedReportingOverflow(by: UInt64(entry.width))
            let limit = UInt64(file.count)
            guard [1, 2, 4, 8].contains(entry.width), !bytes.overflow, entry.offset >= front, entry.offset <= limit,
                entry.offset % UInt64(LogFileFormat.alignment) == 0,
                bytes.partialValue <= limit - entry.offset,
                limit - entry.offset - bytes.partialValue >= UInt64(MemoryBlock.padding)
            else { throw .inconsistent(path: path, part: entry.name, reason: "its place does not fit the file") }
            entries.append(entry)
            sums.append(sum)
            sum += entry.chunks * 8
        }
        guard sum + 8 == Int(front) else {
            throw .inconsistent(path: path, part: "directory", reason: "its checksums do not fit")
        }
    }

    /// Compares every chunk with its checksum; throws for the first that differs.
    func verify(threads: Int = 0) throws(LogFileError) {
        var chunks: [(entry: Int, chunk: Int)] = []
        for (index, entry) in entries.enumerated() {
            for chunk in 0..<entry.chunks { chunks.append((index, chunk)) }
        }
        let workers = max(1, min(threads > 0 ? threads : coreCount, chunks.count))
        let firstBad = concurrently(workers) { worker -> Int? in
            let from = chunks.count * worker / workers
            return (from..<chunks.count * (worker + 1) / workers).first { index in
                let (entry, range) = range(chunks[index])
                let sum = checksum(file.start + Int(range.lowerBound), range.count)
                return sum != number(sums[entry] + chunks[index].chunk * 8, UInt64.self)
            }
        }
        guard let bad = firstBad.compactMap(\.self).min() else { return }
        let (entry, bytes) = range(chunks[bad])
        throw .damaged(path: path, part: entries[entry].name, bytes: bytes)
    }

    private func range(_ chunk: (entry: Int, chunk: Int)) -> (entry: Int, bytes: Range<UInt64>) {
        let entry = entries[chunk.entry]
        let from = UInt64(chunk.chunk * LogFileFormat.chunk)
        let until = min(from + UInt64(LogFileFormat.chunk), entry.bytes)
        return (chunk.entry, entry.offset + from..<entry.offset + until)
    }

    // MARK: Parts

    private func entry(_ part: LogFileFormat.Part, _ index: Int = 0) -> LogFileFormat.Entry? {
        entries.first { $0.part == part.rawValue && $0.index == UInt32(index) }
    }

    private func required(_ part: LogFileFormat.Part, _ index: Int = 0) throws(LogFileError) -> LogFileFormat.Entry {
        if let entry = entry(part, index) { return entry }
        throw .inconsistent(path: path, part: part.title, reason: "it is missing")
    }

    private func block(_ entry: LogFileFormat.Entry) -> MemoryBlock {
        MemoryBlock(part: file.start + Int(entry.offset), count: Int(entry.bytes), of: file)
    }

    private func column<Element>(_ part: LogFileFormat.Part, _ index: Int = 0) throws(LogFileError) -> Column<Element> {
        let entry = try required(part, index)
        guard Int(entry.width) == MemoryLayout<Element>.stride else {
            throw .inconsistent(path: path, part: entry.name, reason: "its elements have \(entry.width) bytes")
        }
        return Column(block: block(entry), count: Int(entry.count))
    }

    private func codes(_ entry: LogFileFormat.Entry, count: Int) throws(LogFileError) -> CodeColumn {
        guard Int(entry.count) == count, entry.width <= 4 else {
            throw .inconsistent(path: path, part: entry.name, reason: "it has \(entry.count) codes for \(count)")
        }
        return CodeColumn(block: block(entry), count: count, width: Int(entry.width))
    }

    private func table(
        _ bytes: LogFileFormat.Part, _ offsets: LogFileFormat.Part, _ slots: LogFileFormat.Part, _ index: Int = 0
    ) throws(LogFileError) -> TextTable {
        let slotEntry = try required(slots, index)
        guard slotEntry.count > 0, slotEntry.count & (slotEntry.count - 1) == 0 else {
            throw .inconsistent(path: path, part: slotEntry.name, reason: "its index is not a power of two long")
        }
        return TextTable(
            bytes: try column(bytes, index), offsets: try column(offsets, index), slots: try column(slots, index),
            seed: slotEntry.extra)
    }

    func log() throws(LogFileError) -> EventLog {
        let offsets: Column<UInt32> = try column(.offsets)
        let times: Column<Int64> = try column(.times)
        let journeys = offsets.count - 1
        let ids = try table(.idBytes, .idOffsets, .idSlots)
        guard offsets.count > 0, Int(offsets[journeys]) == times.count, ids.count == journeys else {
            throw .inconsistent(path: path, part: "journey ranges", reason: "they do not fit the events and ids")
        }
        let activities = try codes(try required(.activities), count: times.count)
        let names = try table(.nameBytes, .nameOffsets, .nameSlots)
        guard names.count > 0 || times.count == 0 else {
            throw .inconsistent(path: path, part: "activity names", reason: "there are none")
        }
        let declarations = try declarations()
        var columns: [CodeColumn?] = []
        var values: [ValueBook] = []
        for (index, declaration) in declarations.enumerated() {
            if let entry = entry(.codes, index) {
                columns.append(try codes(entry, count: declaration.level == .event ? times.count : journeys))
            } else {
                columns.append(nil)
            }
            values.append(ValueBook(table: try table(.valueBytes, .valueOffsets, .valueSlots, index)))
        }
        let segment = LogSegment(
            offsets: offsets, times: times, activities: activities, ids: JourneyIDs(ids), attributes: columns)
        return EventLog(
            segment, book: ActivityBook(TextBook(names)), values: values, attributes: declarations)
    }

    private func declarations() throws(LogFileError) -> [AttributeDeclaration] {
        let bytes: Column<UInt8> = try column(.declarations)
        var result: [AttributeDeclaration] = []
        var at = 0
        while at < bytes.count {
            guard at + 5 <= bytes.count, let level = AttributeDeclaration.Level(rawValue: bytes[at]) else {
                throw .inconsistent(path: path, part: "attribute declarations", reason: "one is not whole")
            }
            let length = (0..<4).reduce(0) { $0 | Int(bytes[at + 1 + $1]) << (8 * $1) }
            guard length <= bytes.count - at - 5 else {
                throw .inconsistent(path: path, part: "attribute declarations", reason: "a name is not whole")
            }
            let name = UnsafeBufferPointer(start: bytes.start + at + 5, count: length)
            result.append(AttributeDeclaration(String(decoding: name, as: UTF8.self), level: level))
            at += 5 + length
        }
        return result
    }
}
