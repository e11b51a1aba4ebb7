import Experience

/// Personnel requests: managers ask for people; classification sends a third of them back.
struct PersonnelModel: DemoModel {
    let service = "personnel-request"
    let prefix = "HR"
    let volume = 1_300
    let callStation = 2
    let stations = [
        StationPlan(unit: "Budget", minutesPerCase: 40, load: 0.85),
        StationPlan(unit: "Classification", minutesPerCase: 120, load: 1.04),
        StationPlan(unit: "Staffing", minutesPerCase: 160, load: 0.85),
    ]

    func demand(on date: CivilDate, day: Int) -> Double {
        let season = [1.1, 1.1, 1.0, 1.0, 1.0, 0.95, 0.9, 0.95, 0.8, 1.35, 1.1, 0.7]
        return season[date.month - 1] * (date.weekday >= 6 ? 0 : 1)
    }

    func channels() -> [(Channel, String?, Double)] { [(.web, "hr-portal", 0.86), (.email, nil, 0.14)] }

    func cohorts(_ random: inout DemoRandom, channel: Channel) -> [(name: String, value: String)] {
        [
            ("unit", random.pick([("field", 0.5), ("headquarters", 0.3), ("technology", 0.2)])),
            ("grade", random.pick([("entry", 0.34), ("journey", 0.46), ("senior", 0.2)])),
        ]
    }

    func next(after activity: String, _ journey: inout DemoCase, _ random: inout DemoRandom) -> Move {
        switch activity {
        case "requested":
            return .work(station: 0, minutes: random.lognormal(median: 35, sigma: 0.5), activity: "budget-approved")
        case "budget-approved", "corrected":
            return .work(station: 1, minutes: random.lognormal(median: 80, sigma: 0.5), activity: "classified")
        case "classified":
            let unclear = journey.cohort("unit") == "technology" ? 0.45 : 0.26
            if journey.detours < 3, random.chance(journey.detours == 0 ? unclear : unclear / 2) {
                return .workingDays(random.between(0.1, 1), activity: "sent-back")
            }
            return .work(station: 2, minutes: random.lognormal(median: 50, sigma: 0.4), activity: "announced")
        case "sent-back":
            journey.detours += 1
            if random.chance(0.05) { return .close(result: "cancelled", afterDays: random.between(5, 30)) }
            return .workingDays(random.lognormal(median: 5, sigma: 0.8), activity: "corrected", by: Actor(.person))
        case "announced": return .workingDays(random.between(10, 15), activity: "candidates-listed")
        case "candidates-listed":
            if random.chance(0.05) { return .close(result: "cancelled", afterDays: random.between(1, 20)) }
            let slow = journey.cohort("grade") == "senior" ? 19.0 : 12
            return .workingDays(random.lognormal(median: slow, sigma: 0.6), activity: "selected", by: Actor(.person))
        case "selected":
            return .work(station: 2, minutes: random.lognormal(median: 90, sigma: 0.4), activity: "offered")
        default: return .end
        }
    }

    func isGranted(_ result: String) -> Bool { result == "filled" }
}
