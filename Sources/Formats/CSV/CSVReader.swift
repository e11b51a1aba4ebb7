/// ``CSVParser`` behind the common front.
final class CSVReader<Sink: EventSink & ~Copyable>: EventReader<Sink> {
    private var parser: CSVParser<Sink>

    init(_ input: LogInput, _ sink: consuming Sink, _ options: LogReadingOptions) throws(FormatError) {
        let plan = try CSVPlan(input, options)
        let table = try CSVTokenizer(input.source, delimiter: plan.delimiter)
        parser = CSVParser(table, plan, sink: sink, options, skipsHeader: options.hasHeader)
        var report = ReadingReport(format: .csv)
        report.roles = plan.assigned
        report.delimiter = plan.delimiter
        report.timeFormat = plan.timeFormat
        super.init(report: report)
    }

    override var isFinished: Bool { parser.isFinished }
    override func advance() throws(FormatError) {
        try parser.advance()
        report.timesWithoutZone = parser.times.metLocalTime
    }

    override func withSink<Result>(_ body: (inout Sink) -> Result) -> Result {
        body(&parser.sink)
    }
}
