package import Experience

/// Answers to one item by period (days, months) for each group of surveys, counted in one pass over the columns.
package struct RatingsByPeriod: Sendable {
    package struct Period: Sendable, Hashable {
        /// Place in the edges it was counted between.
        package var number: Int
        /// How many gave 1, 2, 3, 4, 5.
        package var counts: [Int]

        package var n: Int { counts.reduce(0, +) }
        package var sum: Int { counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element } }
    }

    /// By group: the periods with an answer, in order.
    package private(set) var groups: [[Period]]

    /// - Parameters:
    ///   - edges: microseconds, rising: where periods begin, and where the last one ends. Held answers are left out.
    ///   - groups: by place in ``ResponseColumns/surveys``: the group it belongs to, or -1 for none.
    package init(_ columns: ResponseColumns, _ item: SurveyItem, edges: [Int64], groups: [Int]) {
        let count = (groups.max() ?? -1) + 1
        self.groups = Array(repeating: [], count: count)
        guard count > 0, groups.count == columns.surveys.count, let from = edges.first, let until = edges.last else {
            return
        }
        var slots = PeriodSlots(groups: count, edges: edges)
        let shift = UInt64(3 * (item.rawValue - 1))
        columns.occurred.withUnsafeBufferPointer { occurred in
            columns.answers.withUnsafeBufferPointer { answers in
                columns.survey.withUnsafeBufferPointer { survey in
                    columns.held.withUnsafeBufferPointer { held in
                        for row in 0..<answers.count {
                            let value = Int(answers[row] >> shift & 7)
                            let time = occurred[row]
                            guard value > 0, value < 6, held[row] == 0, time >= from, time < until else { continue }
                            let group = groups[Int(survey[row])]
                            if group >= 0 { slots.add(value, group: group, at: time) }
                        }
                    }
                }
            }
        }
        for (slot, place) in slots.places.enumerated() {
            self.groups[place.group].append(
                Period(number: place.period, counts: slots.counts[slot * 5..<slot * 5 + 5].map { Int($0) }))
        }
        for group in self.groups.indices { self.groups[group].sort { $0.number < $1.number } }
    }
}

/// Counters by group and period. Answers come nearly in order of time: the slot a group was last counted in is mostly right.
private struct PeriodSlots {
    struct Place: Hashable {
        var group: Int
        var period: Int
    }

    private(set) var places: [Place] = []
    /// Five a slot.
    private(set) var counts: [UInt32] = []
    private var known: [Place: Int] = [:]
    private var last: [(from: Int64, until: Int64, slot: Int)]
    private let edges: [Int64]

    init(groups: Int, edges: [Int64]) {
        self.edges = edges
        // No time lies in it: the first answer looks for its own.
        last = Array(repeating: (1, 0, 0), count: groups)
    }

    @inline(__always)
    mutating func add(_ value: Int, group: Int, at time: Int64) {
        if time < last[group].from || time >= last[group].until { find(group, time) }
        counts[last[group].slot * 5 + value - 1] &+= 1
    }

    private mutating func find(_ group: Int, _ time: Int64) {
        var low = 0
        var high = edges.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= time { low = middle } else { high = middle }
        }
        last[group] = (edges[low], edges[high], slot(Place(group: group, period: low)))
    }

    private mutating func slot(_ place: Place) -> Int {
        if let slot = known[place] { return slot }
        let slot = places.count
        known[place] = slot
        places.append(place)
        counts.append(contentsOf: [0, 0, 0, 0, 0])
        return slot
    }
}
