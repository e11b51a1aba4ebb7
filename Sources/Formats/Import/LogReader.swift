import JourneyEngine

/// Reads a log file straight into the engine's columns.
///
/// For the record, where every event is checked and stored, use ``LogRowStream`` instead.
package enum LogReader {
    package static func read(
        path: String, options: LogReadingOptions = LogReadingOptions()
    ) throws(FormatError) -> LoadedLog {
        try read(try LogInput(path: path, options: options), options)
    }

    /// The same from bytes in memory; `name` stands for the file's name (its ending tells the format).
    package static func read(
        bytes: [UInt8], named name: String, options: LogReadingOptions = LogReadingOptions()
    ) throws(FormatError) -> LoadedLog {
        try read(try LogInput(bytes: bytes, named: name, options: options), options)
    }

    private static func read(_ input: LogInput, _ options: LogReadingOptions) throws(FormatError) -> LoadedLog {
        if let loaded = try PartReading.read(input, options) { return loaded }
        let sink = ColumnSink(rejectedKept: options.rejectedKept, strict: options.strict)
        let reader = try makeReader(input.readingAhead(options), sink, options)
        while !reader.isFinished {
            try reader.advance()
            if options.strict, let bad = reader.withSink({ $0.rejections.rows.first }) { throw .badRow(bad) }
        }
        let report = reader.report
        return try reader.withSink { $0.finish(report, options) }.get()
    }
}

extension ColumnSink {
    /// The log with its report, or why there is none.
    mutating func finish(_ start: ReadingReport, _ options: LogReadingOptions) -> Result<LoadedLog, FormatError> {
        var report = start
        report.events = events
        report.rejectedCount = rejections.count
        report.rejected = rejections.rows
        if journeysUnnamed > 0 {
            report.warnings.append(
                "\(journeysUnnamed) journeys had no name and were given one by their place in the file")
        }
        guard events > 0 else { return .failure(.noEvents(rejected: rejections.count, first: rejections.rows.first)) }
        let log = finish(threads: options.threads)
        report.attributes = log.attributes
        return .success(LoadedLog(log: log, report: report))
    }
}
