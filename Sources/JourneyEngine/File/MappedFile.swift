#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file as memory. The file must not be shortened while it is open: save under the same name replaces it and is safe.
final class MappedFile: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let count: Int

    init(_ path: String) throws(LogFileError) {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { throw .system(operation: "open", path: path, code: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .system(operation: "examine", path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size >= LogFileFormat.headerSize else {
            throw .notALog(path: path)
        }
        count = Int(status.st_size)
        guard let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), memory != MAP_FAILED else {
            throw .system(operation: "map", path: path, code: errno)
        }
        start = memory
    }

    deinit { munmap(start, count) }
}
