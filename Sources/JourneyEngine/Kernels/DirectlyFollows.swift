/// The directly-follows map: how often each activity occurred, began and ended journeys, and came straight after
/// another.
package struct DirectlyFollows: Sendable, Hashable {
    /// `to` came straight after `from`, `count` times. Indices are places in ``DirectlyFollows/activityNames``.
    package struct Flow: Sendable, Hashable {
        package var from: Int
        package var to: Int
        package var count: Int

        package init(from: Int, to: Int, count: Int) {
            self.from = from
            self.to = to
            self.count = count
        }
    }

    package var journeys = 0
    package var events = 0
    /// The activities that occur, in UTF-8 order.
    package var activityNames: [String] = []
    /// By activity: events, journeys that begin with it, journeys that end with it.
    package var activityCounts: [Int] = []
    package var startCounts: [Int] = []
    package var endCounts: [Int] = []
    /// Flows with a count, in order of `from`, then `to`.
    package var flows: [Flow] = []

    package init() {}

    /// Adds the map of other journeys: merging the parts of a log, however it was cut, gives the map of the whole.
    package mutating func merge(_ other: DirectlyFollows) {
        let union = NameUnion(activityNames, other.activityNames)
        activityNames = union.names
        activityCounts = union.add(activityCounts, other.activityCounts)
        startCounts = union.add(startCounts, other.startCounts)
        endCounts = union.add(endCounts, other.endCounts)
        journeys += other.journeys
        events += other.events
        let mine = flows.map { Flow(from: union.left[$0.from], to: union.left[$0.to], count: $0.count) }
        let theirs = other.flows.map { Flow(from: union.right[$0.from], to: union.right[$0.to], count: $0.count) }
        flows = Self.sum(mine + theirs)
    }

    static func sum(_ flows: [Flow]) -> [Flow] {
        var result: [Flow] = []
        for flow in flows.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if let last = result.last, last.from == flow.from, last.to == flow.to {
                result[result.count - 1].count += flow.count
            } else {
                result.append(flow)
            }
        }
        return result.filter { $0.count != 0 }
    }
}

extension EventLog {
    /// The directly-follows map, one pass. `threads` 0 means the machine's cores.
    package func directlyFollows(threads: Int = 0) -> DirectlyFollows {
        let parts = eachShare(threads) { pieces in
            var sums = CodeSums(alphabet: book.count)
            var at = 0
            while at < pieces.count {
                let segment = segments[pieces[at].segment]
                let width = segment.activities.width
                var pairs = BorderedPairs(alphabet: book.count, width: width)
                while at < pieces.count, segments[pieces[at].segment].activities.width == width {
                    let piece = segments[pieces[at].segment]
                    pairs.count(piece.activities, piece, pieces[at].journeys)
                    at += 1
                }
                sums.add(pairs)
            }
            return sums
        }
        guard var total = parts.first else { return DirectlyFollows() }
        for part in parts.dropFirst() { total.add(part) }
        return map(of: total)
    }

    /// Counts by code, made a map by name: only activities that occur.
    private func map(of sums: CodeSums) -> DirectlyFollows {
        var map = DirectlyFollows()
        map.journeys = journeyCount
        map.events = eventCount
        var place = [Int](repeating: -1, count: book.count)
        for index in 0..<book.count {
            let code = Int(book.codeOfIndex[index])
            guard sums.events[code] > 0 else { continue }
            place[code] = map.activityNames.count
            map.activityNames.append(book.names[index])
            map.activityCounts.append(sums.events[code])
            map.startCounts.append(sums.starts[code])
            map.endCounts.append(sums.ends[code])
        }
        map.flows = DirectlyFollows.sum(
            sums.flows.compactMap { flow in
                guard place[flow.from] >= 0, place[flow.to] >= 0 else { return nil }
                return .init(from: place[flow.from], to: place[flow.to], count: flow.count)
            })
        return map
    }
}

/// Counts by code of a run of journeys.
struct CodeSums: Sendable {
    var events: [Int]
    var starts: [Int]
    var ends: [Int]
    var flows: [DirectlyFollows.Flow] = []

    init(alphabet: Int) {
        events = [Int](repeating: 0, count: alphabet)
        starts = events
        ends = events
    }

    mutating func add(_ pairs: borrowing BorderedPairs) {
        var flows: [DirectlyFollows.Flow] = []
        var events = events
        pairs.all.forEach { from, to, count in
            events[from] += count
            flows.append(.init(from: from, to: to, count: count))
        }
        var starts = starts
        var ends = ends
        pairs.borders.forEach { from, to, count in
            ends[from] += count
            starts[to] += count
            flows.append(.init(from: from, to: to, count: -count))
        }
        for code in pairs.firsts where code < starts.count { starts[code] += 1 }
        for code in pairs.lasts where code < ends.count {
            ends[code] += 1
            events[code] += 1
        }
        self.events = events
        self.starts = starts
        self.ends = ends
        self.flows = DirectlyFollows.sum(self.flows + flows)
    }

    mutating func add(_ other: CodeSums) {
        for code in events.indices {
            events[code] += other.events[code]
            starts[code] += other.starts[code]
            ends[code] += other.ends[code]
        }
        flows = DirectlyFollows.sum(flows + other.flows)
    }
}
