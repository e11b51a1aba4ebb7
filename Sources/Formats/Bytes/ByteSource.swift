#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Bytes read front to back in blocks. A class because a reader and its wrapper (gzip) share one place in the file.
class ByteSource {
    /// Bytes taken from the underlying file so far, for progress; of a packed file, packed bytes.
    var consumed: Int64 { counted }
    private var counted: Int64 = 0
    /// Size of the underlying file where it is known.
    let total: Int64?

    init(total: Int64?) { self.total = total }

    /// Fills the front of `buffer`; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int { 0 }

    final func advance(_ count: Int) { counted += Int64(count) }
}

/// A file, or the range of one (chunks of a file are read by several threads, each with its own source).
final class FileSource: ByteSource {
    private let descriptor: Int32
    private let path: String
    private var offset: Int64
    private let end: Int64?

    /// - Parameter range: bytes to read; nil reads to the end, also from what has no size (a pipe).
    init(path: String, from start: Int64 = 0, to end: Int64? = nil) throws(FormatError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw .cannotOpen(path: path, reason: reason)
        }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else {
            close(descriptor)
            throw .cannotOpen(path: path, reason: "it is a directory")
        }
        self.descriptor = descriptor
        self.path = path
        offset = start
        self.end = end
        if start > 0 { lseek(descriptor, off_t(start), SEEK_SET) }
        super.init(total: kind == S_IFREG ? Int64(status.st_size) : nil)
    }

    deinit { close(descriptor) }

    override func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        var room = buffer.count
        if let end { room = Int(min(Int64(room), max(0, end - offset))) }
        guard room > 0, let base = buffer.baseAddress else { return 0 }
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, base, room)
            #elseif canImport(Musl)
                let count = Musl.read(descriptor, base, room)
            #else
                let count = Darwin.read(descriptor, base, room)
            #endif
            if count >= 0 {
                offset += Int64(count)
                advance(count)
                return count
            }
            guard errno == EINTR else { throw .cannotRead(path: path, reason: String(cString: strerror(errno))) }
        }
    }
}

/// Bytes already in memory.
final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        super.init(total: Int64(bytes.count))
    }

    override func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - offset)
        guard count > 0 else { return 0 }
        bytes.withUnsafeBytes { source in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + count)]))
        }
        offset += count
        advance(count)
        return count
    }
}
