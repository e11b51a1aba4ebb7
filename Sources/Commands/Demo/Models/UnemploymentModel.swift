import Experience
import Foundation

/// Unemployment claims: a plant closes, and within weeks twenty times as many people claim; staff follow late.
struct UnemploymentModel: DemoModel {
    let service = "unemployment-insurance"
    let prefix = "UI"
    let volume = 9_000
    let callStation = 0
    static let surge = 170
    let stations = [
        StationPlan(
            unit: "Claims", minutesPerCase: 58, load: 1.9,
            changes: [
                (surge + 22, 3), (surge + 36, 6), (surge + 50, 9), (surge + 110, 6), (surge + 140, 2),
            ])
    ]

    func demand(on date: CivilDate, day: Int) -> Double {
        let season = [1.4, 1.1, 1.0, 0.95, 0.9, 0.95, 1.0, 0.95, 0.95, 1.0, 1.1, 1.25]
        let base = season[date.month - 1] * (date.weekday >= 6 ? 0.55 : date.weekday == 1 ? 1.35 : 1)
        return base * UnemploymentModel.wave(day)
    }

    /// Twentyfold within eighteen days, then slowly back.
    static func wave(_ day: Int) -> Double {
        let since = Double(day - surge)
        if since < 0 { return 1 }
        if since < 18 { return 1 + 19 * since / 18 }
        return 1 + 19 * exp(-(since - 18) / 24)
    }

    func channels() -> [(Channel, String?, Double)] {
        [
            (.web, "claim-form", 0.68), (.phone, "claims-line", 0.22), (.inPerson, "career-centre", 0.07),
            (.chat, "chat-assistant", 0.03),
        ]
    }

    func cohorts(_ random: inout DemoRandom, channel: Channel) -> [(name: String, value: String)] {
        let reason = random.pick([("layoff", 0.62), ("hours-cut", 0.14), ("quit", 0.13), ("discharge", 0.11)])
        return [("reason", reason), ("channel", channel.rawValue)]
    }

    func next(after activity: String, _ journey: inout DemoCase, _ random: inout DemoRandom) -> Move {
        switch activity {
        case "claim-filed":
            return .workingDays(random.between(0.02, 0.4), activity: "identity-verified", by: Actor(.system))
        case "identity-verified":
            return .workingDays(random.between(0.02, 0.2), activity: "employer-asked", by: Actor(.system))
        case "employer-asked":
            return .workingDays(
                random.lognormal(median: 3, sigma: 0.6), activity: "employer-replied",
                by: Actor(.partner, unit: "Employer"))
        case "employer-replied":
            if random.chance(journey.cohort("reason") == "layoff" ? 0.1 : 0.3) {
                return .work(station: 0, minutes: random.between(8, 15), activity: "documents-requested")
            }
            return examine(journey, &random)
        case "documents-requested":
            journey.detours += 1
            if random.chance(0.09) { return .close(result: "abandoned", afterDays: 45) }
            return .days(random.lognormal(median: 7, sigma: 0.7), activity: "documents-received")
        case "documents-received": return examine(journey, &random)
        case "adjudicated":
            return .work(station: 0, minutes: random.lognormal(median: 8, sigma: 0.3), activity: "decided")
        case "decided":
            let refused: [String: Double] = ["layoff": 0.05, "hours-cut": 0.1, "quit": 0.55, "discharge": 0.48]
            if random.chance(refused[journey.cohort("reason")] ?? 0.1) { return .close(result: "denied") }
            return .workingDays(random.between(1, 4), activity: "first-payment", by: Actor(.system))
        default: return .end
        }
    }

    private func examine(_ journey: DemoCase, _ random: inout DemoRandom) -> Move {
        let contested = journey.cohort("reason") == "quit" || journey.cohort("reason") == "discharge"
        return .work(
            station: 0, minutes: random.lognormal(median: contested ? 75 : 34, sigma: 0.5), activity: "adjudicated")
    }

    func isGranted(_ result: String) -> Bool { result == "granted" }
}
