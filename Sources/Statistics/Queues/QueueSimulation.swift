/// Random arrivals through ``QueueTrace``: the check on the formulas and the tool where they do not hold.
///
/// - Exponential gaps and handling times from one seeded stream (gap, then handling, per contact).
/// - Standard error by batch means: waits of neighbours are alike, so batches of many contacts are averaged first.
/// - Calibrate against observed waits before believing a what-if; compare plans on the same seed.
package struct QueueSimulation: Sendable, Equatable {
    package let meanWait: Double
    /// From batch means.
    package let standardError: Double
    package let contacts: Int

    /// Simulates a queue in one time unit.
    ///
    /// - Parameters:
    ///   - arrivalRate: contacts arriving per time unit.
    ///   - serviceRate: contacts one server handles per time unit.
    ///   - servers: number of servers.
    ///   - contacts: contacts to simulate, warm-up included.
    ///   - warmUp: contacts left out at the start, while the empty queue fills.
    ///   - batches: number of batches, ≥ 10.
    ///   - seed: of the random stream.
    /// - Returns: `nil` for rates that are not positive, fewer than 10 batches of 10 contacts, or more than 10⁷ contacts.
    package static func run(
        arrivalRate: Double, serviceRate: Double, servers: Int, contacts: Int, warmUp: Int = 1000, batches: Int = 20,
        seed: UInt64
    ) -> QueueSimulation? {
        guard arrivalRate > 0, serviceRate > 0, arrivalRate.isFinite, serviceRate.isFinite, servers >= 1, warmUp >= 0,
            batches >= 10, contacts <= 10_000_000, (contacts - warmUp) / batches >= 10
        else { return nil }
        var random = SplitMix64(seed: seed)
        var now = 0.0
        var arrivals: [Double] = []
        var services: [Double] = []
        for _ in 0..<contacts {
            now += random.exponential(rate: arrivalRate)
            arrivals.append(now)
            services.append(random.exponential(rate: serviceRate))
        }
        guard let trace = QueueTrace.run(arrivals: arrivals, services: services, servers: servers) else { return nil }
        let size = (contacts - warmUp) / batches
        let means = (0..<batches).map { batch in
            let start = warmUp + batch * size
            return trace.waits[start..<start + size].reduce(0, +) / Double(size)
        }
        let mean = means.reduce(0, +) / Double(batches)
        let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = (squares / Double(batches - 1) / Double(batches)).squareRoot()
        return QueueSimulation(meanWait: mean, standardError: error, contacts: size * batches)
    }
}
