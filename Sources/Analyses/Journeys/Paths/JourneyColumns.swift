internal import Experience
package import JourneyEngine

/// A log's activities and times in flat columns, for the questions that walk every event and have no kernel.
///
/// Activities are numbered by name in scalar order among those that occur, as in `VariantLog`.
struct JourneyColumns: Sendable {
    let names: [String]
    /// Journey j holds events `offsets[j] ..< offsets[j + 1]`.
    let offsets: [Int]
    let activities: [Int32]
    /// Microseconds since 1970 UTC, never falling inside a journey.
    let times: [Int64]

    var journeyCount: Int { offsets.count - 1 }
    var eventCount: Int { activities.count }

    func events(of journey: Int) -> Range<Int> { offsets[journey]..<offsets[journey + 1] }

    init(_ log: EventLog) {
        var offsets = [0]
        offsets.reserveCapacity(log.journeyCount + 1)
        var codes: [Int32] = []
        var times: [Int64] = []
        codes.reserveCapacity(log.eventCount)
        times.reserveCapacity(log.eventCount)
        for journey in 0..<log.journeyCount {
            for event in log.events(of: journey) {
                codes.append(Int32(truncatingIfNeeded: log.activity(at: event)))
                times.append(log.time(at: event))
            }
            offsets.append(codes.count)
        }
        let all = log.activityNames
        var occurs = [Bool](repeating: false, count: all.count)
        for code in codes where code >= 0 && Int(code) < occurs.count { occurs[Int(code)] = true }
        let order = all.indices.filter { occurs[$0] }.sorted { precedesByScalar(all[$0], all[$1]) }
        var number = [Int32](repeating: 0, count: all.count)
        for (new, old) in order.enumerated() { number[old] = Int32(new) }
        names = order.map { all[$0] }
        activities = codes.map { $0 >= 0 && Int($0) < number.count ? number[Int($0)] : 0 }
        self.offsets = offsets
        self.times = times
    }

    func path(of journey: Int) -> [Int] { activities[events(of: journey)].map(Int.init) }

    func number(of name: String) -> Int? { names.firstIndex(of: name) }

    /// The number of an activity a person named, or an error with the nearest name.
    func require(_ name: String) throws -> Int {
        guard let number = number(of: name) else {
            throw JourneyProblem.unknownActivity(name, nearest: nearestName(to: name, in: names))
        }
        return number
    }

    /// Whole microseconds from the first to the last event; 0 for an empty journey.
    func duration(of journey: Int) -> Int64 {
        let range = events(of: journey)
        return range.isEmpty ? 0 : times[range.upperBound - 1] - times[range.lowerBound]
    }
}

extension VariantLog {
    /// The variants of a log, or of some of its journeys, by the engine's one-pass kernel.
    package init(_ log: EventLog, within selection: JourneySelection? = nil, threads: Int = 0) {
        let found = log.variants(within: selection, threads: threads)
        self.init(
            activities: found.activityNames,
            paths: (0..<found.count).lazy.map { (path: found.sequence($0).map { Int($0) }, count: found.counts[$0]) })
    }
}
