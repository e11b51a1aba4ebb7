/// Erlang B: the share of contacts lost when there is no queue (all lines busy).
///
/// - Formula: `1/B(n) = 1 + (n/a) / B(n-1)`, `B(0) = 1`; the recursion on the inverse never overflows in practice and is
///   accurate to thousands of servers.
/// - Reference: Erlang 1917; Cooper, *Introduction to Queueing Theory*, 2nd ed., ch. 3.
/// - Assumes Poisson arrivals, any service-time law, blocked contacts leave and do not come back.
/// - Do not use it when callers wait (``ErlangC``) or redial (the offered load is then understated).
package enum ErlangB {
    /// The largest server count accepted: one pass of the recursion costs one step a server.
    package static let maximumServers = 10_000_000

    /// Probability that an arriving contact finds every server busy.
    ///
    /// - Parameters:
    ///   - offeredErlangs: arrival rate × mean handling time, dimensionless, ≥ 0.
    ///   - servers: number of servers, 0...``maximumServers``.
    /// - Returns: a probability, or `nil` when an argument is negative, not finite or too large.
    package static func blocking(offeredErlangs: Double, servers: Int) -> Double? {
        guard offeredErlangs.isFinite, offeredErlangs >= 0, servers >= 0, servers <= maximumServers else { return nil }
        if servers == 0 { return 1 }
        if offeredErlangs == 0 { return 0 }
        var inverse = 1.0
        for n in 1...servers {
            inverse = 1 + inverse * (Double(n) / offeredErlangs)
            if inverse == .infinity { return 0 }
        }
        return 1 / inverse
    }
}
