/// The formats an event log is read from and written to.
package enum LogFormat: String, Sendable, Hashable, CaseIterable {
    /// IEEE 1849-2016, XES.
    case xes
    /// Delimited text: commas, semicolons, tabs or bars.
    case csv
    /// One JSON object a line.
    case jsonLines = "jsonl"
    /// OCEL 2.0, JSON.
    case ocelJSON = "ocel-json"
    /// OCEL 2.0, XML.
    case ocelXML = "ocel-xml"

    package var title: String {
        switch self {
        case .xes: "XES"
        case .csv: "CSV"
        case .jsonLines: "JSON Lines"
        case .ocelJSON: "OCEL JSON"
        case .ocelXML: "OCEL XML"
        }
    }

    /// The format the name of a file promises, without `.gz`; nil where it promises none (`.xml`, `.json`).
    static func named(_ path: String) -> LogFormat? {
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        let endings: [(String, LogFormat)] = [
            (".xes", .xes), (".csv", .csv), (".tsv", .csv), (".jsonl", .jsonLines), (".ndjson", .jsonLines),
            (".jsonocel", .ocelJSON), (".ocel.json", .ocelJSON), (".xmlocel", .ocelXML), (".ocel.xml", .ocelXML),
        ]
        return endings.first { name.hasSuffix($0.0) }?.1
    }

    /// The format the first bytes show.
    static func sniffed(_ head: UnsafeBufferPointer<UInt8>) -> LogFormat? {
        let text = head.prefix(1 << 14)
        guard let first = text.first(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }) else { return nil }
        let sample = String(decoding: text, as: UTF8.self)
        switch first {
        case 0x3C:
            if sample.contains("<object-types") || sample.contains("<event-types") || sample.contains("<objects>") {
                return .ocelXML
            }
            return sample.contains("<log") ? .xes : nil
        case 0x7B:
            let keys = ["\"objectTypes\"", "\"eventTypes\"", "\"objects\"", "\"ocel:"]
            if keys.contains(where: sample.contains) { return .ocelJSON }
            return .jsonLines
        case 0x5B: return nil
        default:
            return sample.prefix { $0 != "\n" && $0 != "\r" }.contains { ",;\t|".contains($0) } ? .csv : nil
        }
    }
}
