/// Events of a file in batches, for the record: pull ``next(_:)`` until it gives nil. Memory is that of a batch.
///
/// Bad rows come with the batch in which they were met and stop nothing, unless the options are strict: then the first is
/// thrown as ``FormatError/badRow(_:)`` after the good ones before it. A file damaged half-way throws when the damage is
/// reached; what came before has been handed out.
package final class LogRowStream {
    private let reader: EventReader<RowSink>
    private let source: ByteSource
    private let strict: Bool
    private var rejectedKept: Int
    private var fault: FormatError?
    /// What is known so far; complete after the last batch.
    package private(set) var report: ReadingReport

    package convenience init(path: String, options: LogReadingOptions = LogReadingOptions()) throws(FormatError) {
        try self.init(try LogInput(path: path, options: options), options)
    }

    /// The same from bytes in memory; `name` stands for the file's name (its ending tells the format).
    package convenience init(
        bytes: [UInt8], named name: String, options: LogReadingOptions = LogReadingOptions()
    ) throws(FormatError) {
        try self.init(try LogInput(bytes: bytes, named: name, options: options), options)
    }

    private init(_ input: LogInput, _ options: LogReadingOptions) throws(FormatError) {
        source = input.source
        strict = options.strict
        rejectedKept = options.rejectedKept
        reader = try makeReader(input, RowSink(recordedTimes: TimeReader(.iso8601, zone: options.zone)), options)
        report = reader.report
    }

    /// Bytes read of the file as it lies on the disk, for progress.
    package var bytesRead: Int64 { source.consumed }
    /// Size of the file as it lies on the disk, where it has one.
    package var bytesTotal: Int64? { source.total }

    /// Up to about `maximum` rows, or nil when there are no more.
    package func next(_ maximum: Int = 1000) throws(FormatError) -> ImportedBatch? {
        if let fault { throw fault }
        while !reader.isFinished {
            do {
                reader.withSink { $0.maximum = max(1, maximum) }
                try reader.advance()
            } catch {
                fault = error
            }
            let batch = reader.withSink { $0.take() }
            report.events += batch.events.count
            report.rejectedCount += batch.rejected.count
            let room = rejectedKept - report.rejected.count
            if room > 0 { report.rejected += batch.rejected.prefix(room) }
            merge()
            if strict, let bad = batch.rejected.first {
                fault = .badRow(bad)
                let good = batch.events.filter { $0.line < bad.line }
                report.events -= batch.events.count - good.count
                if good.isEmpty { throw .badRow(bad) }
                return ImportedBatch(events: good, rejected: [])
            }
            if !batch.events.isEmpty || !batch.rejected.isEmpty { return batch }
            if let fault { throw fault }
        }
        if let fault { throw fault }
        return nil
    }

    private func merge() {
        var latest = reader.report
        latest.events = report.events
        latest.rejectedCount = report.rejectedCount
        latest.rejected = report.rejected
        let (unnamed, late) = reader.withSink { ($0.journeysUnnamed, $0.valuesTooLate) }
        if unnamed > 0 {
            latest.warnings.append("\(unnamed) journeys had no name and were given one by their place in the file")
        }
        if late > 0 {
            latest.warnings.append("\(late) journey attributes came after all events of their journey and are left out")
        }
        report = latest
    }
}
