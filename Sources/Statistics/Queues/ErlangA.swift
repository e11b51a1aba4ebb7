import RealModule

/// Erlang A (M/M/n+M): waiting when people hang up after an exponential patience. Always has a steady state.
///
/// - Formula: stationary law of the birth–death chain with death rate `nμ + jθ` when `j` wait. The virtual wait V has
///   `P(V > t) = P(wait)·J(t)/J(0)`, `J(t) = ∫ₜ^∞ exp(λ(1 − e^{−θx})/θ − nμx) dx`; abandonment `θ·E[queue]/λ`;
///   mean wait of all contacts `P(abandon)/θ`.
/// - Reference: Palm 1957; Garnett, Mandelbaum & Reiman 2002, *MSOM* 4:208; Mandelbaum & Zeltyn 2007.
/// - Units: seconds for times, contacts per hour for rates, shares 0...1.
/// - Assumes Poisson arrivals, exponential handling and patience, one skill. Estimate patience from waits with answered
///   contacts as censored, never from the mean wait of those who hung up.
/// - Do not use it for patience with a hard limit (announced closing, call-back offers) or a load that changes within one
///   or two handling times: trace events with ``QueueTrace`` instead.
package struct ErlangA: Sendable, Equatable {
    package let probabilityOfWait: Double
    package let probabilityOfAbandoning: Double
    /// Mean wait of all contacts, served or not, seconds.
    package let meanWaitSeconds: Double
    package let meanQueueLength: Double
    /// Share of time a server is busy.
    package let occupancy: Double
    /// Answered within the target, of all offered.
    package let servedWithinTarget: Double
    /// Hung up within the target, of all offered.
    package let abandonedWithinTarget: Double
    /// Still waiting after the target, of all offered.
    package let waitExceedsTarget: Double

    /// Answered within the target, of offered minus short abandons: the other common definition; say which one is shown.
    package var serviceLevelExcludingShortAbandons: Double {
        let base = 1 - abandonedWithinTarget
        return base > 0 ? servedWithinTarget / base : 1
    }

    /// Evaluates one staffing.
    ///
    /// - Returns: `nil` when a rate or time is not positive and finite, servers are outside 1...10⁷, or patience so long under
    ///   overload that more than 5·10⁷ people would wait.
    package static func evaluate(
        contactsPerHour: Double, handlingSeconds: Double, patienceSeconds: Double, servers: Int, targetSeconds: Double
    ) -> ErlangA? {
        guard contactsPerHour.isFinite, contactsPerHour > 0, handlingSeconds.isFinite, handlingSeconds > 0,
            patienceSeconds.isFinite, patienceSeconds > 0, servers >= 1, servers <= ErlangB.maximumServers,
            targetSeconds.isFinite, targetSeconds >= 0
        else { return nil }
        let arrival = contactsPerHour / 3600
        let service = 1 / handlingSeconds
        let patience = 1 / patienceSeconds
        let capacity = Double(servers) * service
        guard let blocking = ErlangB.blocking(offeredErlangs: arrival / service, servers: servers),
            let queue = QueueSums(arrival: arrival, capacity: capacity, patience: patience)
        else { return nil }
        // Everything relative to the probability of "all busy, nobody waiting"; B = 0 (no waits at all) is a limit.
        let below = blocking > 0 ? (1 / blocking - 1) * queue.unit : .infinity
        let total = below + queue.mass
        guard total > 0, !total.isNaN else { return nil }
        let wait = below == .infinity ? 0 : queue.mass / total
        let length = below == .infinity ? 0 : queue.weighted / total
        let abandon = min(1, patience * length / arrival)
        let tail = WaitIntegral(arrival: arrival, capacity: capacity, patience: patience)
        let within = tail.shares(until: targetSeconds)
        let decay = Double.exp(-patience * targetSeconds)
        let beyond = wait * within.beyond
        return ErlangA(
            probabilityOfWait: wait, probabilityOfAbandoning: abandon, meanWaitSeconds: abandon / patience,
            meanQueueLength: length, occupancy: arrival * (1 - abandon) / capacity,
            servedWithinTarget: (1 - wait) + wait * within.served,
            abandonedWithinTarget: wait * within.abandoned + (1 - decay) * beyond,
            waitExceedsTarget: beyond * decay)
    }

    /// Sums over the states with all servers busy, rescaled so that long overloaded queues do not overflow.
    private struct QueueSums {
        /// Weight of the state "all busy, nobody waits" after rescaling.
        var unit = 1.0
        var mass = 0.0
        /// Sum of queue length × weight.
        var weighted = 0.0

        init?(arrival: Double, capacity: Double, patience: Double) {
            var term = 1.0
            var waiting = 0.0
            var steps = 0
            while true {
                mass += term
                weighted += waiting * term
                waiting += 1
                let next = term * (arrival / (capacity + waiting * patience))
                if next < term, waiting * next < weighted * 1e-18 || next == 0, next < mass * 1e-18 { break }
                term = next
                if term > 1e200 {
                    term *= 1e-200
                    mass *= 1e-200
                    weighted *= 1e-200
                    unit *= 1e-200
                }
                steps += 1
                if steps > 50_000_000 { return nil }
            }
        }
    }
}
