/// ``JSONLinesParser`` behind the common front.
final class JSONLinesReader<Sink: EventSink & ~Copyable>: EventReader<Sink> {
    private var parser: JSONLinesParser<Sink>

    init(_ input: LogInput, _ sink: consuming Sink, _ options: LogReadingOptions) throws(FormatError) {
        let plan = try JSONLinesPlan(input, options)
        parser = try JSONLinesParser(input.source, plan, sink: sink, options)
        var report = ReadingReport(format: .jsonLines)
        report.roles = plan.assigned
        report.timeFormat = plan.timeFormat
        super.init(report: report)
    }

    override var isFinished: Bool { parser.isFinished }
    override func advance() throws(FormatError) {
        try parser.advance()
        report.timesWithoutZone = parser.times.metLocalTime
    }

    override func withSink<Result>(_ body: (inout Sink) -> Result) -> Result { body(&parser.sink) }
}
