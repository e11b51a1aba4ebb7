import CZlib

/// Unpacks gzip (RFC 1952) block by block, members one after another as `cat a.gz b.gz` makes them.
///
/// Holds one block of packed bytes and zlib's 32 KiB window, however far the data expands. Checksums and lengths are
/// checked by zlib; a stream cut short is an error, not an early end.
final class GzipSource: ByteSource {
    private let packed: ByteSource
    private let limit: Int64?
    private var produced: Int64 = 0
    /// In a place of its own: zlib's state points back at it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    private var isOpen = false
    private var isFinished = false
    private var memberEnded = false

    /// - Parameter limit: the most bytes to unpack, nil for no limit.
    init(_ packed: ByteSource, limit: Int64? = nil) throws(FormatError) {
        self.packed = packed
        self.limit = limit
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(byteCount: 1 << 16, alignment: 16)
        super.init(total: packed.total)
        // 15: the largest window; + 16: a gzip header is required.
        let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw .damagedArchive(reason: "zlib cannot start (\(code))") }
        isOpen = true
    }

    override var consumed: Int64 { packed.consumed }

    deinit {
        if isOpen { inflateEnd(stream) }
        stream.deallocate()
        input.deallocate()
    }

    override func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        guard !isFinished, let base = buffer.baseAddress, buffer.count > 0 else { return 0 }
        stream.pointee.next_out = base.assumingMemoryBound(to: UInt8.self)
        let room = UInt32(clamping: buffer.count)
        stream.pointee.avail_out = room
        while stream.pointee.avail_out > 0 {
            if stream.pointee.avail_in == 0 {
                let count = try packed.read(into: input)
                if count == 0 {
                    guard memberEnded || produced == 0 && stream.pointee.total_in == 0 else {
                        throw .damagedArchive(reason: "it ends too early")
                    }
                    isFinished = true
                    break
                }
                stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_in = UInt32(count)
            }
            if memberEnded {
                try startMember()
                if isFinished { break }
            }
            let code = inflate(stream, Z_NO_FLUSH)
            if code == Z_STREAM_END {
                memberEnded = true
            } else if code != Z_OK, code != Z_BUF_ERROR {
                throw .damagedArchive(reason: stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)")
            }
        }
        let count = Int(room - stream.pointee.avail_out)
        produced += Int64(count)
        if let limit, produced > limit { throw .tooLarge(limit: limit) }
        return count
    }

    /// After a member: another one, padding with zeros (which tar writes), or rubbish.
    private func startMember() throws(FormatError) {
        while stream.pointee.avail_in > 0, let next = stream.pointee.next_in, next.pointee == 0 {
            stream.pointee.next_in = next + 1
            stream.pointee.avail_in -= 1
        }
        guard stream.pointee.avail_in > 0, let next = stream.pointee.next_in else { return }
        guard next.pointee == 0x1F else { throw .damagedArchive(reason: "something follows its end") }
        guard inflateReset(stream) == Z_OK else { throw .damagedArchive(reason: "zlib cannot start again") }
        memberEnded = false
    }
}
