extension ErlangC {
    /// The staffing that meets a target.
    package struct Staffing: Sendable, Equatable {
        /// People on the phone at once.
        package let onPhone: Int
        /// People to schedule so that `onPhone` remain after breaks, training and leave.
        package let scheduled: Int
        package let serviceLevel: Double
        package let occupancy: Double
    }

    /// The smallest number of agents that meets a service level and an occupancy cap.
    ///
    /// - Formula: smallest `n > a` with service level ≥ `targetLevel` and `a/n ≤ maximumOccupancy`;
    ///   scheduled = `ceil(n / (1 − shrinkage))`.
    /// - Note: a search that starts at `round(a + 1)` can return one agent too many; this one starts at `floor(a) + 1`.
    /// - Parameters:
    ///   - contactsPerHour: arrival rate.
    ///   - handlingSeconds: mean handling time.
    ///   - targetSeconds: answer-time target.
    ///   - targetLevel: share to be answered within the target, 0 ..< 1.
    ///   - maximumOccupancy: 0 < cap ≤ 1; above 0.85–0.9 people burn out and the model's waits explode.
    ///   - shrinkage: share of paid time away from the phone, 0 ..< 1.
    /// - Returns: `nil` when an argument is out of range or more than ``ErlangB/maximumServers`` agents would be needed.
    package static func requiredAgents(
        contactsPerHour: Double, handlingSeconds: Double, targetSeconds: Double, targetLevel: Double,
        maximumOccupancy: Double = 1, shrinkage: Double = 0
    ) -> Staffing? {
        guard contactsPerHour.isFinite, contactsPerHour >= 0, handlingSeconds.isFinite, handlingSeconds > 0,
            targetSeconds >= 0, targetLevel >= 0, targetLevel < 1, maximumOccupancy > 0, maximumOccupancy <= 1,
            shrinkage >= 0, shrinkage < 1
        else { return nil }
        let load = contactsPerHour * handlingSeconds / 3600
        guard load < Double(ErlangB.maximumServers) / 2 else { return nil }
        // The service level rises with n, so bisection between the first stable n and a sure bound is exact.
        var low = max(Int(load.rounded(.down)) + 1, 1)
        var high = low
        func meets(_ n: Int) -> Staffing? {
            guard
                case .steady(let state)? = evaluate(
                    contactsPerHour: contactsPerHour, handlingSeconds: handlingSeconds, servers: n),
                let level = state.serviceLevel(within: targetSeconds), level >= targetLevel,
                state.occupancy <= maximumOccupancy
            else { return nil }
            let scheduled = (Double(n) / (1 - shrinkage)).rounded(.up)
            guard scheduled < 1e15 else { return nil }
            return Staffing(
                onPhone: n, scheduled: Int(scheduled), serviceLevel: level, occupancy: state.occupancy)
        }
        var best = meets(high)
        var stride = 1
        while best == nil {
            low = high + 1
            high += stride
            stride *= 2
            guard high <= ErlangB.maximumServers else { return nil }
            best = meets(high)
        }
        while low < high {
            let middle = low + (high - low) / 2
            if let found = meets(middle) {
                best = found
                high = middle
            } else {
                low = middle + 1
            }
        }
        return best
    }
}
