package import JourneyEngine

/// Writes a log in any of the formats it can be read from; reading it back gives the same journeys, events and values.
///
/// Values are written as text: the columns do not keep the types of the file they came from. Journeys come in the order of
/// the log, their events in order of time.
package enum LogWriter {
    /// Writes a file, packed when `path` ends in `.gz`. It takes its name only when complete.
    /// - Parameter format: nil goes by the ending.
    package static func write(
        _ log: EventLog, to path: String, format: LogFormat? = nil, objectType: String = "journey"
    ) throws(FormatError) {
        guard let format = format ?? LogFormat.named(path) else { throw .unknownFormat(path: path) }
        var output = try ByteOutput(path: path)
        try write(log, format, objectType, to: &output)
        try output.close()
    }

    /// The same into memory, for downloads.
    package static func bytes(
        of log: EventLog, format: LogFormat, objectType: String = "journey"
    ) throws(FormatError) -> [UInt8] {
        var output = ByteOutput()
        try write(log, format, objectType, to: &output)
        return output.take()
    }

    private static func write(
        _ log: EventLog, _ format: LogFormat, _ objectType: String, to output: inout ByteOutput
    ) throws(FormatError) {
        let table = LogTable(log)
        switch format {
        case .xes: try XESWriter.write(table, to: &output)
        case .csv: try CSVWriter.write(table, to: &output)
        case .jsonLines: try JSONLinesWriter.write(table, to: &output)
        case .ocelJSON: try OCELJSONWriter.write(table, objectType, to: &output)
        case .ocelXML: try OCELXMLWriter.write(table, objectType, to: &output)
        }
    }
}

/// A log's values by row for the writers, texts ready.
struct LogTable {
    let log: EventLog
    let activities: [String]
    let eventAttributes: [Attribute]
    let journeyAttributes: [Attribute]

    struct Attribute {
        var index: Int
        var name: String
        /// By code - 1.
        var texts: [String]
    }

    init(_ log: EventLog) {
        self.log = log
        activities = log.activityNames
        let all = log.attributes.enumerated().map { index, declaration in
            (declaration.level, Attribute(index: index, name: declaration.name, texts: log.attributeValues(index)))
        }
        eventAttributes = all.filter { $0.0 == .event }.map(\.1)
        journeyAttributes = all.filter { $0.0 == .journey }.map(\.1)
    }

    func value(_ attribute: Attribute, event: Int) -> String? {
        let code = log.attributeCode(attribute.index, event: event)
        return code == 0 ? nil : attribute.texts[code - 1]
    }

    func value(_ attribute: Attribute, journey: Int) -> String? {
        let code = log.attributeCode(attribute.index, journey: journey)
        return code == 0 ? nil : attribute.texts[code - 1]
    }
}
