import CZlib

/// Packs bytes as one gzip member.
struct GzipPacker: ~Copyable {
    private var stream = z_stream()
    private var isOpen = false

    init(level: Int32 = 6) throws(FormatError) {
        let code = deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)
        )
        guard code == Z_OK else { throw .damagedArchive(reason: "zlib cannot start (\(code))") }
        isOpen = true
    }

    deinit {
        var stream = stream
        if isOpen { deflateEnd(&stream) }
    }

    /// Packs `bytes` and hands what is ready to `write`; `isLast` ends the member.
    mutating func pack(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool,
        write: (UnsafeBufferPointer<UInt8>) throws(FormatError) -> Void
    ) throws(FormatError) {
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
        defer { room.deallocate() }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = UInt32(bytes.count)
        repeat {
            stream.next_out = room
            stream.avail_out = 1 << 16
            _ = deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            let count = (1 << 16) - Int(stream.avail_out)
            try write(UnsafeBufferPointer(start: room, count: count))
        } while stream.avail_out == 0
    }
}
