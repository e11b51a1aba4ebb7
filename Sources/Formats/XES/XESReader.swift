/// ``XESParser`` behind the common front.
final class XESReader<Sink: EventSink & ~Copyable>: EventReader<Sink> {
    private var parser: XESParser<Sink>

    init(_ input: LogInput, _ sink: consuming Sink, _ options: LogReadingOptions) {
        parser = XESParser(input.source, sink: sink, options: options)
        super.init(report: ReadingReport(format: .xes))
    }

    override var isFinished: Bool { parser.isFinished }

    override func advance() throws(FormatError) {
        try parser.advance()
        report.timesWithoutZone = parser.times.metLocalTime
        report.classifiers = parser.header.classifiers
    }

    override func withSink<Result>(_ body: (inout Sink) -> Result) -> Result {
        body(&parser.sink)
    }
}
