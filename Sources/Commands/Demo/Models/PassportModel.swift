import Experience

/// Passport renewals: spring is busy, and the airport office more than the others.
struct PassportModel: DemoModel {
    let service = "passport-renewal"
    let prefix = "PR"
    let volume = 10_500
    let callStation = 2
    let stations = [
        StationPlan(unit: "Adjudication", minutesPerCase: 36, load: 1.01, share: 0.42),
        StationPlan(unit: "Adjudication", minutesPerCase: 36, load: 1.1, share: 0.2),
        StationPlan(unit: "Adjudication", minutesPerCase: 36, load: 0.96, share: 0.38),
        StationPlan(unit: "Print centre", minutesPerCase: 6, load: 0.75),
    ]

    func demand(on date: CivilDate, day: Int) -> Double {
        let season = [0.9, 1.15, 1.4, 1.45, 1.35, 1.2, 1.0, 0.85, 0.75, 0.7, 0.7, 0.6]
        return season[date.month - 1] * (date.weekday >= 6 ? 0.4 : date.weekday == 1 ? 1.25 : 1)
    }

    func channels() -> [(Channel, String?, Double)] {
        [
            (.web, "web-form", 0.52), (.mail, "mail-room", 0.24), (.inPerson, "downtown-office", 0.16),
            (.inPerson, "airport-office", 0.08),
        ]
    }

    func cohorts(_ random: inout DemoRandom, channel: Channel) -> [(name: String, value: String)] {
        let reason = random.pick([("expiring", 0.66), ("lost", 0.14), ("damaged", 0.11), ("name-change", 0.09)])
        let offices: [(String, Double)] =
            switch channel {
            case .mail: [("national", 1)]
            case .inPerson: [("downtown", 0.66), ("airport", 0.34)]
            default: [("downtown", 0.55), ("airport", 0.2), ("national", 0.25)]
            }
        return [("office", random.pick(offices)), ("reason", reason)]
    }

    private func adjudication(_ journey: DemoCase) -> Int {
        switch journey.cohort("office") {
        case "downtown": 0
        case "airport": 1
        default: 2
        }
    }

    func next(after activity: String, _ journey: inout DemoCase, _ random: inout DemoRandom) -> Move {
        switch activity {
        case "submitted":
            let scan = journey.channel == .mail ? random.between(2, 5) : random.between(0.05, 0.6)
            return .workingDays(scan, activity: "payment-checked")
        case "payment-checked":
            return .work(
                station: adjudication(journey), minutes: random.lognormal(median: 18, sigma: 0.5),
                activity: "identity-checked")
        case "identity-checked":
            let odds: [String: Double] = ["lost": 0.3, "name-change": 0.28]
            let unclear = odds[journey.cohort("reason")] ?? 0.12
            if journey.detours < 2, random.chance(journey.detours == 0 ? unclear : 0.15) {
                return .workingDays(random.between(0.1, 1), activity: "information-requested")
            }
            if random.chance(0.035) { return .close(result: "denied", afterDays: random.between(1, 5)) }
            return .work(
                station: adjudication(journey), minutes: random.lognormal(median: 9, sigma: 0.4), activity: "approved")
        case "information-requested":
            journey.detours += 1
            if random.chance(0.07) { return .close(result: "abandoned", afterDays: 60) }
            return .days(random.lognormal(median: 8, sigma: 0.8), activity: "information-received")
        case "information-received":
            return .work(
                station: adjudication(journey), minutes: random.lognormal(median: 12, sigma: 0.4),
                activity: "identity-checked")
        case "approved":
            return .work(station: 3, minutes: random.lognormal(median: 5, sigma: 0.3), activity: "printed")
        case "printed":
            return .workingDays(random.between(0.5, 2.5), activity: "mailed", by: Actor(.partner, id: "carrier"))
        case "mailed":
            if random.chance(0.012) { journey.isFaulty = true }
            let days = random.lognormal(median: journey.isFaulty ? 15 : 4, sigma: 0.45)
            return .days(days, activity: "delivered", by: Actor(.partner, id: "carrier"))
        default: return .end
        }
    }

    func isGranted(_ result: String) -> Bool { result == "delivered" }
}
