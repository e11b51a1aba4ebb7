extension DirectlyFollows {
    /// What a map says of one flow's waits.
    package struct Wait: Sendable, Hashable {
        /// Microseconds.
        package var sum: Int128
        /// The linear 50th percentile, seconds.
        package var median: Double

        package var sumSeconds: Double { Double(sum) / 1e6 }
    }
}

extension EventLog {
    /// The sum and the exact median of the waits on each flow of this log's own map, in its order, in clock time.
    ///
    /// The same as ``directlyFollowsWaits(calendar:levels:threads:)`` at level 50, for pages that show no more: it reads
    /// the log twice and keeps only the waits about the middle, instead of putting every wait in its flow's place.
    package func medianWaits(of map: DirectlyFollows) -> [DirectlyFollows.Wait] {
        let isNarrow = segments.allSatisfy { $0.activities.width == 1 }
        guard isNarrow, map.flows.count <= FlowMiddles.limit else {
            let all = directlyFollowsWaits(levels: [50], threads: 1)
            var found: [[String]: DirectlyFollows.Wait] = [:]
            for flow in all.flows {
                found[[all.activityNames[flow.from], all.activityNames[flow.to]]] = .init(
                    sum: flow.waits.sum, median: flow.waits.linear(50) ?? 0)
            }
            return map.flows.map {
                found[[map.activityNames[$0.from], map.activityNames[$0.to]]] ?? .init(sum: 0, median: 0)
            }
        }
        let middles = FlowMiddles(map, codes: map.activityNames.map { book.code(of: $0) ?? 0 })
        for piece in pieces { middles.count(segments[piece.segment], piece.journeys) }
        middles.chooseMiddles()
        for piece in pieces { middles.gather(segments[piece.segment], piece.journeys) }
        return middles.result()
    }
}

/// Finds the middle wait of every flow: counts waits by flow and magnitude, then takes out only those that share a
/// magnitude with the middle.
private final class FlowMiddles {
    /// Flows whose counts fit a processor's cache.
    static let limit = 512

    private struct Chosen {
        /// Places among the flow's waits in ascending order, and how far the median lies between the two.
        var low: Int
        var high: Int
        var fraction: Double
        /// By magnitude, those that were taken out.
        var groups: [(below: Int, start: Int, count: Int)] = []
    }

    private let flowCount: Int
    /// By pair of codes; 0 for a pair the map has not, which is counted and forgotten.
    private var flowOfPair: [UInt16]
    /// By flow and magnitude: counts, then where the next wait taken out goes; 0 where none is.
    private var bins: [UInt32]
    private var sums: [Int128]
    private var chosen: [Chosen?] = []
    private var gathered: [Int64] = []

    init(_ map: DirectlyFollows, codes: [Int]) {
        flowCount = map.flows.count + 1
        flowOfPair = [UInt16](repeating: 0, count: 1 << 16)
        for (at, flow) in map.flows.enumerated() {
            flowOfPair[(codes[flow.from] & 0xFF) | (codes[flow.to] & 0xFF) << 8] = UInt16(truncatingIfNeeded: at + 1)
        }
        bins = [UInt32](repeating: 0, count: flowCount * RankSelection.bins)
        sums = [Int128](repeating: 0, count: flowCount)
    }

    @inline(__always)
    private static func eachWait(
        _ segment: LogSegment, _ journeys: Range<Int>, _ body: (_ pair: Int, _ wait: Int64) -> Void
    ) {
        let codes = segment.activities.pointer(UInt8.self)
        for journey in journeys {
            let events = segment.events(journey)
            guard events.count > 1 else { continue }
            var event = events.lowerBound
            let last = events.upperBound - 1
            var time = segment.times[event]
            while event < last {
                let next = segment.times[event + 1]
                body(Int(codes[event]) | Int(codes[event + 1]) << 8, max(0, next &- time))
                time = next
                event &+= 1
            }
        }
    }

    func count(_ segment: LogSegment, _ journeys: Range<Int>) {
        flowOfPair.withUnsafeBufferPointer { flowOfPair in
            bins.withUnsafeMutableBufferPointer { bins in
                sums.withUnsafeMutableBufferPointer { sums in
                    Self.eachWait(segment, journeys) { pair, wait in
                        let flow = Int(flowOfPair[pair])
                        sums[flow] &+= Int128(wait)
                        bins[flow &* RankSelection.bins &+ RankSelection.bin(wait)] &+= 1
                    }
                }
            }
        }
    }

    func chooseMiddles() {
        var size = 1
        chosen = (0..<flowCount).map { flow in
            let range = flow * RankSelection.bins..<(flow + 1) * RankSelection.bins
            let total = bins[range].reduce(0) { $0 + Int($1) }
            guard flow > 0, total > 0 else {
                for at in range { bins[at] = 0 }
                return nil
            }
            let bound = Distribution.bounds(50, total)
            var found = Chosen(low: bound.low, high: bound.high, fraction: bound.fraction)
            var below = 0
            for at in range {
                let inside = Int(bins[at])
                let isWanted = inside > 0 && bound.low < below + inside && bound.high >= below
                bins[at] = isWanted ? UInt32(truncatingIfNeeded: size) : 0
                if isWanted {
                    found.groups.append((below, size, inside))
                    size += inside
                }
                below += inside
            }
            return found
        }
        gathered = [Int64](repeating: 0, count: size)
    }

    func gather(_ segment: LogSegment, _ journeys: Range<Int>) {
        flowOfPair.withUnsafeBufferPointer { flowOfPair in
            bins.withUnsafeMutableBufferPointer { bins in
                gathered.withUnsafeMutableBufferPointer { gathered in
                    Self.eachWait(segment, journeys) { pair, wait in
                        let at = Int(flowOfPair[pair]) &* RankSelection.bins &+ RankSelection.bin(wait)
                        let place = bins[at]
                        guard place != 0, Int(place) < gathered.count else { return }
                        gathered[Int(place)] = wait
                        bins[at] = place &+ 1
                    }
                }
            }
        }
    }

    /// By flow of the map.
    func result() -> [DirectlyFollows.Wait] {
        gathered.withUnsafeMutableBufferPointer { gathered in
            (1..<flowCount).map { flow in
                guard let one = chosen[flow], let start = gathered.baseAddress else { return .init(sum: 0, median: 0) }
                func value(_ rank: Int) -> Double {
                    guard let group = one.groups.last(where: { $0.below <= rank }) else { return 0 }
                    return Double(RankSelection.nth(start + group.start, group.count, rank - group.below))
                }
                let low = value(one.low)
                return .init(sum: sums[flow], median: (low + (value(one.high) - low) * one.fraction) / 1e6)
            }
        }
    }
}
