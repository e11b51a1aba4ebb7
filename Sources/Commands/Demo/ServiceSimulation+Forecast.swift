import Experience
import Statistics

/// By how many calendar days half, eight and nine of ten requests were done, as a simulated office knew it on one day.
struct SimulatedForecast {
    let madeOn: CivilDate
    /// Nil while too few have ended to say.
    let days: (half: Double, eightOfTen: Double, nineOfTen: Double)?

    static let fewest = 60
    /// Looked at again after so many days.
    static let goodFor = 7
    /// How far back requests count, in days.
    static let window = 150
}

extension ServiceSimulation {
    /// The dates said beside a promise: worked out from what was known that day, open requests counted as open.
    mutating func saidBeside() -> (half: Instant, eightOfTen: Instant, nineOfTen: Instant)? {
        let today = calendar.date(of: now)
        if forecast.map({ today.daysSince1970 - $0.madeOn.daysSince1970 >= SimulatedForecast.goodFor }) ?? true {
            forecast = SimulatedForecast(madeOn: today, days: knownDays())
        }
        guard let days = forecast?.days else { return nil }
        func date(_ count: Double) -> Instant { calendar.endOfDay(today.adding(days: Int(count.rounded(.up)))) }
        return (date(days.half), date(days.eightOfTen), date(days.nineOfTen))
    }

    private func knownDays() -> (half: Double, eightOfTen: Double, nineOfTen: Double)? {
        let oldest = now.advanced(by: -Int64(SimulatedForecast.window) * Instant.day)
        var times: [Double] = []
        var isEvent: [Bool] = []
        var ended = 0
        for one in cases.reversed() {
            guard let armed = one.clock.armedAt else { continue }
            if armed < oldest { break }
            // Withdrawn is another ending, not a slow one.
            guard one.clock.state != .withdrawn else { continue }
            times.append((one.clock.endedAt ?? now).seconds(since: armed) / 86_400)
            isEvent.append(one.clock.isEnded)
            if one.clock.isEnded { ended += 1 }
        }
        guard ended >= SimulatedForecast.fewest, let curve = KaplanMeier(times: times, isEvent: isEvent),
            let half = curve.quantile(0.5), let eight = curve.quantile(0.8), let nine = curve.quantile(0.9)
        else { return nil }
        return (half, eight, nine)
    }
}
