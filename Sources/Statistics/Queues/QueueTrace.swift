/// Event-by-event trace of one first-come-first-served queue with several servers and, where known, patience.
///
/// - Formula: Kiefer–Wolfowitz recursion: a contact starts at `max(arrival, earliest free server)`; one whose wait would
///   exceed its patience leaves and takes no service.
/// - Reference: Lindley 1952; Kiefer & Wolfowitz 1955.
/// - Units: any one time unit for all inputs.
/// - Use it where Erlang formulas do not hold: changing load, observed handling times, what-if runs on real arrivals.
/// - Do not use it for priorities, several skills or servers with shifts.
package struct QueueTrace: Sendable, Equatable {
    /// Start of service per contact; `nil` = gave up.
    package let starts: [Double?]
    /// End of service per contact; `nil` = gave up.
    package let finishes: [Double?]
    /// Time waited, to the start of service or to giving up.
    package let waits: [Double]

    /// Number that gave up.
    package var abandoned: Int { starts.count { $0 == nil } }

    /// Mean wait, or `nil` for an empty trace.
    package var meanWait: Double? { waits.isEmpty ? nil : waits.reduce(0, +) / Double(waits.count) }

    /// Runs the queue.
    ///
    /// - Parameters:
    ///   - arrivals: ascending times.
    ///   - services: handling time per contact, ≥ 0.
    ///   - servers: number of servers, ≥ 1.
    ///   - patience: the longest wait each contact accepts, `nil` for endless; the whole array `nil` when unknown.
    /// - Returns: `nil` when lengths differ, arrivals descend, a time is negative or not finite, or servers < 1.
    package static func run(
        arrivals: [Double], services: [Double], servers: Int, patience: [Double?]? = nil
    ) -> QueueTrace? {
        guard arrivals.count == services.count, patience == nil || patience?.count == arrivals.count, servers >= 1,
            services.allSatisfy({ $0.isFinite && $0 >= 0 }), arrivals.allSatisfy(\.isFinite),
            zip(arrivals, arrivals.dropFirst()).allSatisfy({ $0 <= $1 }),
            patience?.allSatisfy({ ($0 ?? 0) >= 0 }) ?? true
        else { return nil }
        // More servers than contacts never matter, so the heap stays as small as the input.
        var free = FreeTimes(count: min(servers, max(arrivals.count, 1)))
        var starts: [Double?] = []
        var finishes: [Double?] = []
        var waits: [Double] = []
        starts.reserveCapacity(arrivals.count)
        finishes.reserveCapacity(arrivals.count)
        waits.reserveCapacity(arrivals.count)
        for index in arrivals.indices {
            let start = max(arrivals[index], free.earliest)
            let wait = start - arrivals[index]
            if let limit = patience?[index], wait > limit {
                starts.append(nil)
                finishes.append(nil)
                waits.append(limit)
            } else {
                let finish = start + services[index]
                free.replaceEarliest(with: finish)
                starts.append(start)
                finishes.append(finish)
                waits.append(wait)
            }
        }
        return QueueTrace(starts: starts, finishes: finishes, waits: waits)
    }

    /// A binary min-heap of the times at which servers become free.
    private struct FreeTimes {
        private var times: [Double]

        init(count: Int) { times = Array(repeating: -.infinity, count: count) }

        var earliest: Double { times[0] }

        mutating func replaceEarliest(with time: Double) {
            var hole = 0
            while true {
                var child = 2 * hole + 1
                guard child < times.count else { break }
                if child + 1 < times.count, times[child + 1] < times[child] { child += 1 }
                guard times[child] < time else { break }
                times[hole] = times[child]
                hole = child
            }
            times[hole] = time
        }
    }
}
