/// A parser of any format with its sink. One virtual call a batch; the parser inside is compiled for its sink.
class EventReader<Sink: EventSink & ~Copyable> {
    var isFinished: Bool { true }
    var report: ReadingReport
    init(report: ReadingReport) { self.report = report }

    /// Reads on until the sink is full or the file ends.
    func advance() throws(FormatError) {}

    func withSink<Result>(_ body: (inout Sink) -> Result) -> Result {
        fatalError("every reader has a sink")
    }
}

/// The reader for the input's format.
func makeReader<Sink: EventSink & ~Copyable>(
    _ input: LogInput, _ sink: consuming Sink, _ options: LogReadingOptions
) throws(FormatError) -> EventReader<Sink> {
    switch input.format {
    case .xes: XESReader(input, sink, options)
    case .csv: try CSVReader(input, sink, options)
    case .jsonLines: try JSONLinesReader(input, sink, options)
    case .ocelJSON, .ocelXML: try OCELReader(input, sink, options)
    }
}
