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
        let sink = ColumnSink(rejectedKept: options.rejectedKept, strict: options.strict)
        let reader = try makeReader(input, sink, options)
        while !reader.isFinished {
            try reader.advance()
            if options.strict, let bad = reader.withSink({ $0.rejections.rows.first }) { throw .badRow(bad) }
        }
        var report = reader.report
        let read = reader.withSink { sink in (sink.events, sink.rejections, sink.journeysUnnamed) }
        report.events = read.0
        report.rejectedCount = read.1.count
        report.rejected = read.1.rows
        if read.2 > 0 {
            report.warnings.append("\(read.2) journeys had no name and were given one by their place in the file")
        }
        guard report.events > 0 else { throw .noEvents(rejected: report.rejectedCount, first: report.rejected.first) }
        let log = reader.withSink { $0.finish(threads: options.threads) }
        report.attributes = log.attributes
        return LoadedLog(log: log, report: report)
    }
}
