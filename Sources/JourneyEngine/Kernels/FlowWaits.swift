/// How long people waited between one activity and the next, for every flow of the map.
package struct FlowWaits: Sendable, Hashable {
    package struct Flow: Sendable, Hashable {
        /// Places in ``FlowWaits/activityNames``.
        package var from: Int
        package var to: Int
        package var waits: Distribution
    }

    /// The activities that occur in a flow, in UTF-8 order.
    package var activityNames: [String]
    /// In order of `from`, then `to`.
    package var flows: [Flow]
}

/// The mergeable form of ``FlowWaits``: every wait of every flow. Exact percentiles need no less.
package struct FlowWaitSamples: Sendable, Hashable {
    package struct Flow: Sendable, Hashable {
        package var from: Int
        package var to: Int
        package var waits: TimeSample
    }

    package var activityNames: [String] = []
    /// In order of `from`, then `to`.
    package var flows: [Flow] = []

    package init() {}

    package mutating func merge(_ other: FlowWaitSamples) {
        let union = NameUnion(activityNames, other.activityNames)
        activityNames = union.names
        var all = flows.map { Flow(from: union.left[$0.from], to: union.left[$0.to], waits: $0.waits) }
        all += other.flows.map { Flow(from: union.right[$0.from], to: union.right[$0.to], waits: $0.waits) }
        all.sort { ($0.from, $0.to) < ($1.from, $1.to) }
        flows = []
        for flow in all {
            if let last = flows.last, last.from == flow.from, last.to == flow.to {
                flows[flows.count - 1].waits.merge(flow.waits)
            } else {
                flows.append(flow)
            }
        }
    }

    package func statistics(levels: [Double] = FlowWaits.percentileLevels) -> FlowWaits {
        FlowWaits(
            activityNames: activityNames,
            flows: flows.map { .init(from: $0.from, to: $0.to, waits: $0.waits.distribution(levels: levels)) })
    }
}

extension FlowWaits {
    package static let percentileLevels: [Double] = [50, 90, 95]
}

extension EventLog {
    /// Count, sum, mean, extremes, deviation and exact percentiles of the wait on every flow, in clock time or, with a
    /// calendar, in its working time.
    package func directlyFollowsWaits(
        calendar: WorkingHours? = nil, levels: [Double] = FlowWaits.percentileLevels, threads: Int = 0
    ) -> FlowWaits {
        let sorted = waitsByFlow(calendar: calendar, threads: threads)
        let order = sorted.flows.indices.sorted { sorted.flows[$0].count > sorted.flows[$1].count }
        let workers = max(1, min(threads > 0 ? threads : coreCount, order.count))
        // Largest first, each to the worker with the least to do.
        var loads = [Int](repeating: 0, count: workers)
        var work = [[Int]](repeating: [], count: workers)
        for flow in order {
            let least = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[least] += sorted.flows[flow].count + 500
            work[least].append(flow)
        }
        let done = concurrently(workers) { worker in
            work[worker].map { index in
                let flow = sorted.flows[index]
                return (index, Distribution(sorted.values.start + flow.start, count: flow.count, levels: levels))
            }
        }
        var distributions = [Distribution](repeating: Distribution(), count: sorted.flows.count)
        for (index, distribution) in done.joined() { distributions[index] = distribution }
        return FlowWaits(
            activityNames: sorted.names,
            flows: zip(sorted.flows, distributions).map { .init(from: $0.from, to: $0.to, waits: $1) })
    }

    /// Every wait by flow, to be merged with those of other journeys.
    package func directlyFollowsWaitSamples(calendar: WorkingHours? = nil, threads: Int = 0) -> FlowWaitSamples {
        let sorted = waitsByFlow(calendar: calendar, threads: threads)
        var samples = FlowWaitSamples()
        samples.activityNames = sorted.names
        samples.flows = sorted.flows.map { flow in
            let values = Array(UnsafeBufferPointer(start: sorted.values.start + flow.start, count: flow.count))
            return .init(from: flow.from, to: flow.to, waits: TimeSample(values))
        }
        return samples
    }
}

/// Waits put together flow by flow.
private struct SortedWaits: Sendable {
    struct Flow: Sendable {
        var from: Int
        var to: Int
        var start: Int
        var count: Int
    }

    var names: [String]
    var flows: [Flow]
    var values: Column<Int64>
}

extension EventLog {
    /// A counting sort of the waits by flow: count, give every flow and thread a range, move.
    private func waitsByFlow(calendar: WorkingHours?, threads: Int) -> SortedWaits {
        let shares = shares(threads)
        let width = segments.map(\.activities.width).max() ?? 1
        let tables = concurrently(shares.count) { share -> FlowTable in
            let table = FlowTable(alphabet: book.count, width: width)
            table.count(self, shares[share])
            return table
        }
        // Flows in the order of names, each with the range of every thread's part.
        var counts: [UInt64: Int] = [:]
        for table in tables {
            table.forEach { from, to, count in
                let key = UInt64(book.indexOfCode[from]) << 32 | UInt64(book.indexOfCode[to])
                counts[key, default: 0] += count
            }
        }
        var flows: [SortedWaits.Flow] = []
        var starts: [UInt64: Int] = [:]
        var total = 0
        for key in counts.keys.sorted() {
            let count = counts[key] ?? 0
            flows.append(.init(from: Int(key >> 32), to: Int(key & 0xFFFF_FFFF), start: total, count: count))
            starts[key] = total
            total += count
        }
        for table in tables {
            table.place { from, to, count in
                let key = UInt64(book.indexOfCode[from]) << 32 | UInt64(book.indexOfCode[to])
                let start = starts[key] ?? 0
                starts[key] = start + count
                return start
            }
        }
        var values = GrowingColumn<Int64>(capacity: total)
        values.setCount(total)
        let out = OutputPointer(values.start)
        _ = concurrently(shares.count) { share in
            guard let start = out.start else { return }
            tables[share].move(self, shares[share], calendar, to: .init(start: start, count: total))
        }
        let used = Set(flows.flatMap { [$0.from, $0.to] }).sorted()
        var place = [Int](repeating: 0, count: book.count)
        for (index, name) in used.enumerated() { place[name] = index }
        return SortedWaits(
            names: used.map { book.names[$0] },
            flows: flows.map {
                .init(from: place[$0.from], to: place[$0.to], start: $0.start, count: $0.count)
            },
            values: values.freeze())
    }
}
