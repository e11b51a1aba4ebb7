import Experience

/// Rural housing loans: lenders submit, some of them incompletely and more than once.
struct LoanModel: DemoModel {
    let service = "rural-housing-loan"
    let prefix = "RL"
    let volume = 2_400
    let callStation = 0
    let stations = [
        StationPlan(unit: "Intake", minutesPerCase: 55, load: 0.8),
        StationPlan(unit: "Underwriting", minutesPerCase: 240, load: 0.945),
    ]

    func demand(on date: CivilDate, day: Int) -> Double {
        let season = [0.6, 0.75, 1.05, 1.25, 1.35, 1.35, 1.2, 1.1, 1.0, 0.9, 0.8, 0.65]
        return season[date.month - 1] * (date.weekday >= 6 ? 0.05 : 1)
    }

    func channels() -> [(Channel, String?, Double)] { [(.partner, "lender-portal", 0.94), (.email, nil, 0.06)] }

    func cohorts(_ random: inout DemoRandom, channel: Channel) -> [(name: String, value: String)] {
        [
            (
                "lender",
                random.pick([
                    ("first-prairie", 0.35), ("hill-country", 0.27), ("river-valley", 0.22), ("homestead", 0.16),
                ])
            ), ("state", random.pick([("iowa", 0.3), ("kansas", 0.22), ("missouri", 0.32), ("nebraska", 0.16)])),
        ]
    }

    func next(after activity: String, _ journey: inout DemoCase, _ random: inout DemoRandom) -> Move {
        let lender = journey.cohort("lender")
        let actor = Actor(.partner, id: "lender-\(lender)", unit: "Lender")
        switch activity {
        case "application-submitted", "resubmitted":
            return .work(
                station: 0, minutes: random.lognormal(median: 32, sigma: 0.4), activity: "completeness-checked")
        case "completeness-checked":
            let shares: [String: Double] = [
                "first-prairie": 0.14, "hill-country": 0.22, "river-valley": 0.36, "homestead": 0.52,
            ]
            let incomplete = shares[lender] ?? 0.25
            if journey.detours < 4, random.chance(journey.detours == 0 ? incomplete : incomplete * 0.7) {
                return .work(station: 0, minutes: random.between(10, 20), activity: "returned-to-lender")
            }
            return underwriting(median: 45, "income-verified", &random)
        case "returned-to-lender":
            journey.detours += 1
            if random.chance(0.06) { return .close(result: "withdrawn", afterDays: random.between(20, 50)) }
            return .workingDays(random.lognormal(median: 5, sigma: 0.7), activity: "resubmitted", by: actor)
        case "income-verified": return underwriting(median: 50, "appraisal-reviewed", &random)
        case "appraisal-reviewed": return underwriting(median: 90, "underwritten", &random)
        case "underwritten":
            if random.chance(0.07) { return .close(result: "denied", afterDays: random.between(0.5, 3)) }
            if random.chance(0.02) { return .close(result: "withdrawn", afterDays: random.between(0.5, 10)) }
            return underwriting(median: 20, "commitment-issued", &random)
        default: return .end
        }
    }

    private func underwriting(median: Double, _ activity: String, _ random: inout DemoRandom) -> Move {
        .work(station: 1, minutes: random.lognormal(median: median, sigma: 0.5), activity: activity)
    }

    func isGranted(_ result: String) -> Bool { result == "granted" }
}
