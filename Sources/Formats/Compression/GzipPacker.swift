import CZlib

/// Packs bytes as one gzip member (RFC 1952).
///
/// The stream has a place of its own: zlib's state points back at it, so it must not move.
final class GzipPacker {
    private let stream: UnsafeMutablePointer<z_stream>

    init(level: Int32 = 6) throws(FormatError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = deflateInit2_(
            stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw .damagedArchive(reason: "zlib cannot start (\(code))") }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes `bytes` in and gives back what is packed so far; `isLast` ends the member.
    func pack(_ bytes: [UInt8], isLast: Bool) throws(FormatError) -> [UInt8] {
        var packed: [UInt8] = []
        let size = 1 << 16
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        defer { room.deallocate() }
        let status = bytes.withUnsafeBufferPointer { input -> Int32 in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(clamping: input.count)
            var status = Z_OK
            repeat {
                stream.pointee.next_out = room
                stream.pointee.avail_out = UInt32(size)
                status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                packed.append(contentsOf: UnsafeBufferPointer(start: room, count: size - Int(stream.pointee.avail_out)))
            } while stream.pointee.avail_out == 0 && status == Z_OK
            return status
        }
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw .damagedArchive(reason: "zlib error \(status)")
        }
        return packed
    }
}
