import JourneyEngine

/// Steele, Lea and Flood's SplitMix64: small, seeded, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

struct Row: Hashable {
    var journey: String
    var activity: String
    var time: Int64
    var actor: String?
}

/// Rows with everything that makes order matter: equal times, repeats, single events, odd ids, mixed journeys.
struct RandomLog {
    var rows: [Row] = []
    var kinds: [String: String] = [:]

    init(seed: UInt64, journeys: Int = 60, activities: Int = 6, longest: Int = 12) {
        var random = SplitMix64(state: seed)
        let oddIDs = ["", "NA", "🙂", "null", "e\u{301}", "\u{E9}"]
        for number in 0..<journeys {
            let id = number < oddIDs.count ? oddIDs[number] : "case \(number)"
            if Int.random(in: 0..<4, using: &random) > 0 {
                kinds[id] = ["web", "phone", ""][Int.random(in: 0..<3, using: &random)]
            }
            for _ in 0..<Int.random(in: 1...longest, using: &random) {
                let time = Int64.random(in: -20...200, using: &random) * 500_000
                let actor = Int.random(in: 0..<5, using: &random)
                rows.append(
                    Row(
                        journey: id, activity: "act \(Int.random(in: 0..<activities, using: &random))", time: time,
                        actor: actor == 0 ? nil : "p\(actor)"))
            }
        }
        rows.shuffle(using: &random)
    }

    /// The same journeys in another order of rows: rows of one journey stay in order.
    func shuffled(seed: UInt64) -> RandomLog {
        var random = SplitMix64(state: seed)
        var queues: [String: [Row]] = [:]
        for row in rows.reversed() { queues[row.journey, default: []].append(row) }
        var copy = self
        copy.rows = rows.map(\.journey).shuffled(using: &random).compactMap { queues[$0]?.popLast() }
        return copy
    }

    func log(_ part: ((Row) -> Bool)? = nil) -> EventLog { Self.log(rows.filter { part?($0) ?? true }, kinds) }

    static func log(_ rows: [Row], _ kinds: [String: String]) -> EventLog {
        var builder = EventLogBuilder(attributes: [.init("actor", level: .event), .init("kind", level: .journey)])
        for row in rows {
            let journey = builder.journey(row.journey)
            builder.append(journey: journey, activity: builder.activity(row.activity), time: row.time)
            if let actor = row.actor { builder.setEvent(0, code: builder.value(0, actor)) }
            if let kind = kinds[row.journey] { builder.setJourney(journey, 1, code: builder.value(1, kind)) }
        }
        return builder.finish()
    }
}
