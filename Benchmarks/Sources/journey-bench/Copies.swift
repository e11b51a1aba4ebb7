import Foundation
import JourneyEngine

struct SourceRow {
    var journey: String
    var activity: String
    var time: Int64
    var resource: String
    var channel: String
}

func readRows(_ path: String) -> [SourceRow] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
        guard fields.count == 5, let time = Int64(fields[2]) else { return nil }
        return SourceRow(
            journey: fields[0], activity: fields[1], time: time, resource: fields[3], channel: fields[4])
    }
}

func copyRows(_ rows: [SourceRow], _ copies: Int) -> EventLog {
    var builder = EventLogBuilder(attributes: [.init("org:resource", level: .event)])
    for copy in 0..<copies {
        for row in rows {
            let journey = builder.journey("\(row.journey)-\(copy)")
            builder.append(
                journey: journey, activity: builder.activity(row.activity), time: row.time + Int64(copy) * 3_600_000_000
            )
            if !row.resource.isEmpty { builder.setEvent(0, code: builder.value(0, row.resource)) }
        }
    }
    return builder.finish()
}
