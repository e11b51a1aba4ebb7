import Dispatch
import Foundation

/// Reads a long plain file in several parts at once, each from a place where a row or trace seems to start.
///
/// The guess can be wrong: the place may lie inside a quoted field or a comment. Then the part before it does not end
/// cleanly, which is noticed, and the file is read from front to back instead. So the result never depends on the guess, nor
/// on the number of parts.
enum PartReading {
    /// Nil where the file is not fit for it or a guess was wrong.
    static func read(_ input: LogInput, _ options: LogReadingOptions) throws(FormatError) -> LoadedLog? {
        guard let file = input.file, !input.isPacked, input.encoding == .utf8, !options.strict,
            options.maximumBytes == nil
        else { return nil }
        let threads = options.threads > 0 ? options.threads : ProcessInfo.processInfo.activeProcessorCount
        let count = Int(min(Int64(min(threads, 64)), file.size / max(1, options.minimumPart)))
        guard count > 1 else { return nil }
        switch input.format {
        case .csv: return try readCSV(input, file, count, options)
        case .xes: return try readXES(input, file, count, options)
        case .jsonLines, .ocelJSON, .ocelXML: return nil
        }
    }

    /// What one part gave.
    private final class Part: @unchecked Sendable {
        var sink: ColumnSink
        /// Lines of the part; nil when it did not start or end cleanly.
        var lines: Int?
        var timesWithoutZone = false

        init(_ options: LogReadingOptions) { sink = ColumnSink(rejectedKept: options.rejectedKept, strict: false) }
    }

    // MARK: CSV

    private static func readCSV(
        _ input: LogInput, _ file: (path: String, size: Int64), _ count: Int, _ options: LogReadingOptions
    ) throws(FormatError) -> LoadedLog? {
        let plan = try CSVPlan(input, options)
        guard let starts = try starts(file, count, after: "\n") else { return nil }
        let parts = run(starts, file.size, options) { (part, range) throws(FormatError) in
            let source = try FileSource(path: file.path, from: range.lowerBound, to: range.upperBound)
            let table = try CSVTokenizer(source, delimiter: plan.delimiter)
            var sink = ColumnSink(rejectedKept: options.rejectedKept, strict: false)
            swap(&sink, &part.sink)
            var parser = CSVParser(
                table, plan, sink: sink, options, skipsHeader: options.hasHeader && range.lowerBound == 0)
            try parser.advance()
            swap(&parser.sink, &part.sink)
            part.timesWithoutZone = parser.times.metLocalTime
            part.lines = parser.table.endedInQuote && range.upperBound < file.size ? nil : parser.table.lines
        }
        var report = ReadingReport(format: .csv)
        report.roles = plan.assigned
        report.delimiter = plan.delimiter
        report.timeFormat = plan.timeFormat
        return try join(parts, repeatedLines: 0, report, options)
    }

    // MARK: XES

    private static func readXES(
        _ input: LogInput, _ file: (path: String, size: Int64), _ count: Int, _ options: LogReadingOptions
    ) throws(FormatError) -> LoadedLog? {
        // What stands before the first trace says how to read all of them: every part is given it.
        guard let first = input.head.firstRange(of: Array("<trace".utf8))?.lowerBound,
            let starts = try starts(file, count, before: "<trace")
        else { return nil }
        let header = Array(input.head[..<first])
        let headerLines = header.count { $0 == 0x0A }
        let classifiers = Classifiers()
        let parts = run(starts, file.size, options) { (outcome, range) throws(FormatError) in
            let isFirst = range.lowerBound == 0
            let part = try FileSource(path: file.path, from: range.lowerBound, to: range.upperBound)
            let source = isFirst ? part : PrefixedSource(header, then: part)
            var sink = ColumnSink(rejectedKept: options.rejectedKept, strict: false)
            swap(&sink, &outcome.sink)
            var parser = XESParser(source, sink: sink, options: options, isPart: range.upperBound < file.size)
            while !parser.isFinished { try parser.advance() }
            if isFirst { classifiers.found = parser.header.classifiers }
            let lines = parser.xml.window.line(at: parser.xml.window.end) - 1
            // Names by the place in the file need the place in the file.
            let isClean = parser.isBetweenTraces && parser.sink.journeysUnnamed == 0
            swap(&parser.sink, &outcome.sink)
            outcome.timesWithoutZone = parser.times.metLocalTime
            outcome.lines = isClean ? lines : nil
        }
        var report = ReadingReport(format: .xes)
        report.classifiers = classifiers.found
        return try join(parts, repeatedLines: headerLines, report, options)
    }

    private final class Classifiers: @unchecked Sendable {
        /// Written by the first part only.
        var found: [XESClassifier] = []
    }

    // MARK: Parts

    /// Runs each part on a thread; a part that fails is not clean, and the reading from front to back says why.
    private static func run(
        _ starts: [Int64], _ size: Int64, _ options: LogReadingOptions,
        _ body: @escaping @Sendable (Part, Range<Int64>) throws(FormatError) -> Void
    ) -> [Part] {
        let parts = starts.map { _ in Part(options) }
        DispatchQueue.concurrentPerform(iterations: starts.count) { index in
            let end = index + 1 < starts.count ? starts[index + 1] : size
            do {
                try body(parts[index], starts[index]..<end)
            } catch {
                parts[index].lines = nil
            }
        }
        return parts
    }

    private static func join(
        _ parts: [Part], repeatedLines: Int, _ report: ReadingReport, _ options: LogReadingOptions
    ) throws(FormatError) -> LoadedLog? {
        guard parts.allSatisfy({ $0.lines != nil }), let first = parts.first else { return nil }
        var lines = first.lines ?? 0
        for part in parts.dropFirst() {
            first.sink.append(&part.sink, lines: lines - repeatedLines)
            lines += (part.lines ?? 0) - repeatedLines
        }
        var report = report
        report.timesWithoutZone = parts.contains { $0.timesWithoutZone }
        return try first.sink.finish(report, options).get()
    }

    /// Where the parts start: 0, then the first place after each even cut that follows (or holds) the mark.
    private static func starts(
        _ file: (path: String, size: Int64), _ count: Int, after: String? = nil, before: String? = nil
    ) throws(FormatError) -> [Int64]? {
        let mark = Array((after ?? before ?? "").utf8)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        var starts: [Int64] = [0]
        for index in 1..<count {
            let cut = file.size / Int64(count) * Int64(index)
            let source = try FileSource(path: file.path, from: cut)
            var length = 0
            while length < room.count {
                let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[length...]))
                if got == 0 { break }
                length += got
            }
            guard let hit = room[..<length].firstRange(of: mark) else { return nil }
            let start = cut + Int64(after == nil ? hit.lowerBound : hit.upperBound)
            guard start > starts[starts.count - 1], start < file.size else { return nil }
            starts.append(start)
        }
        return starts
    }
}
