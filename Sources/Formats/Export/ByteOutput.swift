#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a writer's bytes go: a file beside its final name, moved there when all is written, or memory.
final class ByteOutput {
    private var buffer: [UInt8] = []
    private let descriptor: Int32
    private let path: String
    private let temporary: String
    private let packs: Bool
    private var packer: GzipPacker?
    private var isClosed = false

    /// Memory.
    init() {
        descriptor = -1
        path = ""
        temporary = ""
        packs = false
        packer = nil
    }

    /// A file; packed when its name ends in `.gz`. Nothing stands at `path` until ``close()``.
    init(path: String) throws(FormatError) {
        self.path = path
        temporary = path + ".part"
        packs = path.hasSuffix(".gz")
        packer = packs ? try GzipPacker() : nil
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
        buffer.reserveCapacity(1 << 18)
    }

    deinit {
        if descriptor >= 0, !isClosed {
            #if canImport(Glibc)
                _ = Glibc.close(descriptor)
            #elseif canImport(Musl)
                _ = Musl.close(descriptor)
            #else
                _ = Darwin.close(descriptor)
            #endif
            unlink(temporary)
        }
    }

    func append(_ byte: UInt8) { buffer.append(byte) }
    func append(_ text: String) { buffer.append(contentsOf: text.utf8) }
    func append(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

    /// Writes out what has gathered, if it is much; to be called once an item.
    func flushIfFull() throws(FormatError) {
        if descriptor >= 0, buffer.count >= 1 << 17 { try flush(isLast: false) }
    }

    /// The bytes written to memory.
    func take() -> [UInt8] { buffer }

    /// Writes the rest and gives the file its name.
    func close() throws(FormatError) {
        try flush(isLast: true)
        #if canImport(Glibc)
            let closed = Glibc.close(descriptor)
        #elseif canImport(Musl)
            let closed = Musl.close(descriptor)
        #else
            let closed = Darwin.close(descriptor)
        #endif
        isClosed = true
        guard closed == 0, rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw .cannotWrite(path: path, reason: reason)
        }
    }

    private func flush(isLast: Bool) throws(FormatError) {
        let waiting = buffer
        buffer.removeAll(keepingCapacity: true)
        if packs {
            let packed = try packer?.pack(waiting, isLast: isLast) ?? []
            try write(packed)
        } else {
            try write(waiting)
        }
    }

    private func write(_ bytes: [UInt8]) throws(FormatError) {
        var offset = 0
        while offset < bytes.count {
            let start = offset
            let count = bytes.withUnsafeBytes { raw -> Int in
                let part = UnsafeRawBufferPointer(rebasing: raw[start...])
                #if canImport(Glibc)
                    return Glibc.write(descriptor, part.baseAddress, part.count)
                #elseif canImport(Musl)
                    return Musl.write(descriptor, part.baseAddress, part.count)
                #else
                    return Darwin.write(descriptor, part.baseAddress, part.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
            offset += count
        }
    }
}
