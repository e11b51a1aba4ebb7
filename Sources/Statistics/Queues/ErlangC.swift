import RealModule

/// Erlang C: waiting with endless patience (M/M/n), in steady state.
///
/// - Formula: `C = nB / (n − a(1 − B))`; service level `1 − C·exp(−(n − a)T/AHT)`; mean wait `C·AHT/(n − a)`;
///   occupancy `a/n`; the wait's p-quantile is 0 while `1 − p ≥ C`, else `AHT/(n − a)·ln(C/(1 − p))`.
/// - Reference: Erlang 1917; Cooper, *Introduction to Queueing Theory*, 2nd ed., ch. 3.
/// - Units: seconds for times, contacts per hour for rates.
/// - Assumes Poisson arrivals, exponential handling, one skill, first come first served, nobody hangs up.
/// - Do not use it where people hang up (``ErlangA``: C overstates their waits), above about 95 % load (answers explode with
///   tiny errors of the forecast), or when load exceeds staff: there is no steady state and ``noSteadyState(offeredErlangs:)``
///   says so; use ``BacklogProjection`` then. Plan on the forecast's upper quantile, not on its mean.
package enum ErlangC: Sendable, Equatable {
    /// Offered load is at or above the number of servers: the queue grows without end.
    case noSteadyState(offeredErlangs: Double)
    case steady(SteadyState)

    /// What the queue looks like in the long run.
    package struct SteadyState: Sendable, Equatable {
        /// Arrival rate × handling time.
        package let offeredErlangs: Double
        package let servers: Int
        /// Mean handling time, seconds.
        package let handlingSeconds: Double
        /// Share of contacts that wait at all.
        package let probabilityOfWait: Double
        /// Mean wait of all contacts (average speed of answer), seconds.
        package let meanWaitSeconds: Double
        /// Share of time a server is busy, 0...1.
        package let occupancy: Double
        /// Mean number waiting.
        package let meanQueueLength: Double

        /// Share of contacts answered within `seconds`; `nil` for a negative or undefined target.
        package func serviceLevel(within seconds: Double) -> Double? {
            guard seconds >= 0 else { return nil }
            let spare = Double(servers) - offeredErlangs
            return 1 - probabilityOfWait * Double.exp(-spare * seconds / handlingSeconds)
        }

        /// The wait not exceeded by a share `p` of contacts, seconds; `nil` unless 0 ≤ p < 1.
        package func waitQuantile(_ p: Double) -> Double? {
            guard p >= 0, p < 1 else { return nil }
            if 1 - p >= probabilityOfWait { return 0 }
            let spare = Double(servers) - offeredErlangs
            return handlingSeconds / spare * Double.log(probabilityOfWait / (1 - p))
        }
    }

    /// Evaluates one staffing.
    ///
    /// - Returns: `nil` when a rate or time is negative, zero handling time, not finite, or servers < 1.
    package static func evaluate(contactsPerHour: Double, handlingSeconds: Double, servers: Int) -> ErlangC? {
        guard contactsPerHour.isFinite, contactsPerHour >= 0, handlingSeconds.isFinite, handlingSeconds > 0,
            servers >= 1
        else { return nil }
        let load = contactsPerHour * handlingSeconds / 3600
        let n = Double(servers)
        guard load < n else { return .noSteadyState(offeredErlangs: load) }
        guard let blocking = ErlangB.blocking(offeredErlangs: load, servers: servers) else { return nil }
        let wait = n * blocking / (n - load * (1 - blocking))
        let mean = wait * handlingSeconds / (n - load)
        return .steady(
            SteadyState(
                offeredErlangs: load, servers: servers, handlingSeconds: handlingSeconds, probabilityOfWait: wait,
                meanWaitSeconds: mean, occupancy: load / n, meanQueueLength: contactsPerHour / 3600 * mean))
    }
}
