/// Bytes looked at already, then the rest of the source they came from.
final class PrefixedSource: ByteSource {
    private let head: [UInt8]
    private var offset = 0
    private let rest: ByteSource

    init(_ head: [UInt8], then rest: ByteSource) {
        self.head = head
        self.rest = rest
        super.init(total: rest.total)
    }

    override var consumed: Int64 { rest.consumed }

    override func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        guard offset < head.count else { return try rest.read(into: buffer) }
        let count = min(buffer.count, head.count - offset)
        head.withUnsafeBytes { source in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + count)]))
        }
        offset += count
        return count
    }
}

/// Windows-1252 (of which ISO 8859-1 is read as a part, as browsers do) turned into UTF-8.
final class Latin1Source: ByteSource {
    private let source: ByteSource
    private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init(_ source: ByteSource) {
        self.source = source
        super.init(total: source.total)
    }

    override var consumed: Int64 { source.consumed }

    deinit { block.deallocate() }

    override func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        // Every byte becomes at most three.
        let room = min(block.count, buffer.count / 3)
        guard room > 0 else { return 0 }
        let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: block[0..<room]))
        var out = 0
        for byte in block[0..<count] {
            if byte < 0x80 {
                buffer[out] = byte
                out += 1
                continue
            }
            let scalar = byte < 0xA0 ? Self.upper[Int(byte - 0x80)] : UInt32(byte)
            if scalar < 0x800 {
                buffer[out] = UInt8(0xC0 | scalar >> 6)
                out += 1
            } else {
                buffer[out] = UInt8(0xE0 | scalar >> 12)
                buffer[out + 1] = UInt8(0x80 | (scalar >> 6 & 0x3F))
                out += 2
            }
            buffer[out] = UInt8(0x80 | scalar & 0x3F)
            out += 1
        }
        return out
    }

    private static let upper: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
        0x017E, 0x0178,
    ]
}
