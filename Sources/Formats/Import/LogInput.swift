/// A file opened for reading: unpacked where it is packed, its format known, nothing consumed.
struct LogInput {
    let path: String
    private(set) var source: ByteSource
    let format: LogFormat
    /// The first bytes, unpacked.
    let head: [UInt8]
    let isPacked: Bool
    let encoding: LogReadingOptions.Encoding

    static let headSize = 1 << 20

    /// The file, where the input is one of known size.
    let file: (path: String, size: Int64)?
    /// Opens the same bytes again, for a second look; nil where they come only once (a pipe).
    let reopen: (() throws(FormatError) -> ByteSource)?

    init(path: String, options: LogReadingOptions) throws(FormatError) {
        let file = try FileSource(path: path)
        let again: (() throws(FormatError) -> ByteSource)? =
            file.total == nil ? nil : { () throws(FormatError) in try FileSource(path: path) }
        try self.init(file, named: path, options, file: file.total.map { (path, $0) }, again: again)
    }

    /// Bytes in memory as an input, for uploads and tests; `name` stands for the file's name.
    init(bytes: [UInt8], named name: String, options: LogReadingOptions) throws(FormatError) {
        try self.init(
            MemorySource(bytes), named: name, options, file: nil,
            again: { () throws(FormatError) in MemorySource(bytes) })
    }

    private init(
        _ raw: ByteSource, named name: String, _ options: LogReadingOptions, file: (path: String, size: Int64)?,
        again: (() throws(FormatError) -> ByteSource)?
    ) throws(FormatError) {
        path = name
        self.file = file
        let opened = try LogInput.unpack(raw, limit: options.maximumBytes)
        isPacked = opened.isPacked
        let head = try LogInput.readHead(opened.source, limit: Self.headSize)
        guard !head.isEmpty else { throw .empty(path: name) }
        let sniffed = head.withUnsafeBufferPointer { LogFormat.sniffed($0) }
        guard let format = options.format ?? LogFormat.named(name) ?? sniffed else { throw .unknownFormat(path: name) }
        self.format = format
        guard let encoding = LogInput.encoding(head, format, options) else {
            throw .refused(
                format: format, at: InputPosition(line: 1, byte: 0), reason: "it is UTF-16 or UTF-32: save it as UTF-8")
        }
        self.encoding = encoding
        let whole = PrefixedSource(head, then: opened.source)
        source = encoding == .utf8 ? whole : Latin1Source(whole)
        self.head =
            encoding == .utf8 ? head : try LogInput.readHead(Latin1Source(MemorySource(head)), limit: head.count * 3)
        if let again {
            let limit = options.maximumBytes
            reopen = { () throws(FormatError) in
                let source = try LogInput.unpack(try again(), limit: limit).source
                return encoding == .utf8 ? source : Latin1Source(source)
            }
        } else {
            reopen = nil
        }
    }

    /// The same input, unpacked on another thread where it is packed and long enough for that to pay.
    func readingAhead(_ options: LogReadingOptions) -> LogInput {
        guard isPacked, options.threads != 1, let size = file?.size, size >= 1 << 16 else { return self }
        var input = self
        input.source = PrefetchingSource(source)
        return input
    }

    private static func unpack(
        _ source: ByteSource, limit: Int64?
    ) throws(FormatError) -> (source: ByteSource, isPacked: Bool) {
        let magic = try readHead(source, limit: 2)
        let whole = PrefixedSource(magic, then: source)
        if magic == [0x1F, 0x8B] { return (try GzipSource(whole, limit: limit), true) }
        return (limit.map { LimitedSource(whole, limit: $0) } ?? whole, false)
    }

    private static func readHead(_ source: ByteSource, limit: Int) throws(FormatError) -> [UInt8] {
        let head = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 16)
        defer { head.deallocate() }
        var count = 0
        while count < limit {
            let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: head[count...]))
            if got == 0 { break }
            count += got
        }
        return Array(head[0..<count])
    }

    private static func encoding(
        _ head: [UInt8], _ format: LogFormat, _ options: LogReadingOptions
    ) -> LogReadingOptions.Encoding? {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return nil }
        if head.starts(with: [0, 0x3C]) || head.starts(with: [0x3C, 0]) { return nil }
        if format == .xes || format == .ocelXML {
            let declaration = String(decoding: head.prefix(200).prefix { $0 != 0x3E }, as: UTF8.self).lowercased()
            if declaration.contains("iso-8859-1") || declaration.contains("windows-1252")
                || declaration.contains("latin1")
            {
                return .latin1
            }
            return declaration.contains("utf-16") ? nil : .utf8
        }
        return options.encoding
    }
}

/// Ends in an error when the source gives more than `limit` bytes.
final class LimitedSource: ByteSource {
    private let source: ByteSource
    private let limit: Int64
    private var given: Int64 = 0

    init(_ source: ByteSource, limit: Int64) {
        self.source = source
        self.limit = limit
        super.init(total: source.total)
    }

    override var consumed: Int64 { source.consumed }

    override func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let count = try source.read(into: buffer)
        given += Int64(count)
        guard given <= limit else { throw .tooLarge(limit: limit) }
        return count
    }
}
