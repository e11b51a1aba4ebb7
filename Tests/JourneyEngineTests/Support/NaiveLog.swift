import JourneyEngine

/// The definitions, written out over arrays and dictionaries as slowly and plainly as can be.
struct NaiveLog {
    var journeys: [[Row]] = []
    var kinds: [String: String]

    init(_ rows: [Row], _ kinds: [String: String] = [:]) {
        self.kinds = kinds
        var byID: [[UInt8]: [Row]] = [:]
        for row in rows { byID[Array(row.journey.utf8), default: []].append(row) }
        for rows in byID.values {
            let order = rows.indices.sorted { (rows[$0].time, $0) < (rows[$1].time, $1) }
            journeys.append(order.map { rows[$0] })
        }
    }

    init(_ random: RandomLog) { self.init(random.rows, random.kinds) }

    var flows: [[String]: [Int64]] {
        var waits: [[String]: [Int64]] = [:]
        for journey in journeys {
            for (first, second) in zip(journey, journey.dropFirst()) {
                waits[[first.activity, second.activity], default: []].append(second.time - first.time)
            }
        }
        return waits
    }

    var variants: [(sequence: [String], count: Int)] {
        var counts: [[String]: Int] = [:]
        for journey in journeys { counts[journey.map(\.activity), default: 0] += 1 }
        return counts.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
        }.map { ($0.key, $0.value) }
    }

    var durations: [Int64] { journeys.map { ($0.last?.time ?? 0) - ($0.first?.time ?? 0) } }

    var handover: [[String]: Int] {
        var counts: [[String]: Int] = [:]
        for journey in journeys {
            for (first, second) in zip(journey, journey.dropFirst()) {
                guard let from = first.actor, let to = second.actor else { continue }
                counts[[from, to], default: 0] += 1
            }
        }
        return counts
    }

    var eventuallyFollows: [[String]: Int] {
        var counts: [[String]: Int] = [:]
        for journey in journeys {
            var pairs: Set<[String]> = []
            for (index, first) in journey.enumerated() {
                for second in journey.dropFirst(index + 1) { pairs.insert([first.activity, second.activity]) }
            }
            for pair in pairs { counts[pair, default: 0] += 1 }
        }
        return counts
    }

    /// The linear percentile of microseconds, in seconds.
    static func linear(_ values: [Int64], _ level: Double) -> Double {
        let sorted = values.sorted()
        let position = Double(sorted.count - 1) * level / 100
        let low = Int(position)
        let high = min(low + 1, sorted.count - 1)
        return (Double(sorted[low]) + Double(sorted[high] - sorted[low]) * (position - Double(low))) / 1e6
    }

    static func deviation(_ values: [Int64]) -> Double? {
        guard values.count > 1 else { return nil }
        let mean = values.map(Double.init).reduce(0, +) / Double(values.count)
        let squares = values.map { (Double($0) - mean) * (Double($0) - mean) }.reduce(0, +)
        return (squares / Double(values.count - 1)).squareRoot() / 1e6
    }
}

/// All a log can be asked, so that two logs can be told to be the same.
struct Answers: Equatable {
    var summary: LogSummary
    var map: DirectlyFollows
    var waits: FlowWaits
    var variants: Variants
    var durations: Distribution
    var startEnd: StartEnd
    var rework: Rework
    var handover: Handover
    var eventually: EventuallyFollows

    init(_ log: EventLog, threads: Int = 1) {
        summary = log.summary(threads: threads)
        map = log.directlyFollows(threads: threads)
        waits = log.directlyFollowsWaits(threads: threads)
        variants = log.variants(threads: threads)
        durations = log.durations(threads: threads)
        startEnd = log.startEnd(threads: threads)
        rework = log.rework(threads: threads)
        handover = log.handover(attribute: 0, threads: threads)
        eventually = log.eventuallyFollows(threads: threads)
    }
}
