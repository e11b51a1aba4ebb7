import JourneyEngine

/// Logs small enough to be checked by eye, and random ones for properties.
enum SmallLogs {
    static let day: Int64 = 86_400_000_000

    /// One journey a row: id, and (activity, day) pairs; a channel for every second journey.
    static func log(_ journeys: [(String, [(String, Int64)])], channels: [String: String] = [:]) -> EventLog {
        var builder = EventLogBuilder()
        let channel = builder.declare(AttributeDeclaration("channel", level: .journey))
        let resource = builder.declare(AttributeDeclaration("org:resource", level: .event))
        for (id, events) in journeys {
            let journey = builder.journey(id)
            for (activity, time) in events {
                builder.append(journey: journey, activity: builder.activity(activity), time: time * day)
                builder.setEvent(resource, code: builder.value(resource, "clerk of \(activity)"))
            }
            if let value = channels[id] { builder.setJourney(journey, channel, code: builder.value(channel, value)) }
        }
        return builder.finish()
    }

    static let four: EventLog = log(
        [
            ("a", [("apply", 0), ("review", 2), ("decide", 5), ("notify", 6)]),
            ("b", [("apply", 1), ("decide", 3), ("notify", 12)]),
            ("c", [("apply", 2), ("review", 3), ("review", 9), ("decide", 10), ("notify", 11)]),
            ("d", [("apply", 20), ("review", 22)]),
        ], channels: ["a": "web", "b": "phone", "c": "web"])

    /// SplitMix64: the same journeys for the same seed, everywhere.
    struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
    }

    typealias Row = (journey: String, activity: String, time: Int64)

    static func randomRows(seed: UInt64, journeys: Int = 40, activities: Int = 6, longest: Int = 9) -> [Row] {
        var random = Random(state: seed)
        var rows: [Row] = []
        for journey in 0..<journeys {
            var time = Int64.random(in: 0..<1_000_000, using: &random) * 1_000_000
            for _ in 0..<Int.random(in: 1...longest, using: &random) {
                // Gaps above 0, so that shuffled rows keep their order.
                time += Int64.random(in: 1..<90_000, using: &random) * 1_000_000
                rows.append(("j\(journey)", "act \(Int.random(in: 0..<activities, using: &random))", time))
            }
        }
        return rows
    }

    static func log(_ rows: [Row]) -> EventLog {
        var builder = EventLogBuilder()
        for row in rows {
            let journey = builder.journey(row.journey)
            builder.append(journey: journey, activity: builder.activity(row.activity), time: row.time)
        }
        return builder.finish()
    }
}
