import Experience
import Storage

/// Random histories: what may happen on journeys, in any order, with repeats. The same seed gives the same history.
struct Histories: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Events of about `journeys` journeys: some out of order, some twice.
    mutating func events(journeys: Int) -> [Event] {
        var events: [Event] = []
        for journey in 0..<journeys {
            let count = Int.random(in: 1...14, using: &self)
            for number in 0..<count { events.append(event("j\(journey)", "\(journey)-\(number)")) }
        }
        events.shuffle(using: &self)
        for _ in 0..<journeys {
            if let again = events.randomElement(using: &self) {
                events.insert(again, at: Int.random(in: 0...events.count, using: &self))
            }
        }
        return events
    }

    private mutating func event(_ journey: String, _ id: String) -> Event {
        let hours = Double(Int.random(in: 0...600, using: &self))
        switch Int.random(in: 0..<16, using: &self) {
        case 0, 1: return Sample.armed(journey, id, days: Int.random(in: 0...12, using: &self), hours: hours)
        case 2: return Sample.entry(.paused(id: "p", waitingFor: .law, holder: nil), journey, id, hours: hours)
        case 3: return Sample.entry(.resumed(pauseID: "p"), journey, id, hours: hours)
        case 4:
            let entry = PromiseEntry.repromised(.budget(.workingDays(5)), reason: "storm", told: true)
            return Sample.entry(entry, journey, id, hours: hours)
        case 5:
            return Sample.event(
                journey, id, "call", kind: .contact, hours: hours, attributes: ["failure_demand": .boolean(true)])
        case 6:
            let rating = Int64.random(in: 0...6, using: &self)
            return Sample.event(
                journey, id, "after", kind: .response, hours: hours, attributes: ["rating": .integer(rating)])
        case 7:
            let solved = ["yes", "partly", "no", "?"].randomElement(using: &self) ?? "yes"
            return Sample.event(
                journey, id, "outcome", kind: .outcome, hours: hours, attributes: ["solved": .text(solved)])
        case 8:
            return Sample.event(
                journey, id, "closed", kind: .closed, hours: hours, attributes: ["result": .text("denied")])
        case 9: return Sample.event(journey, id, "reopened", kind: .reopened, hours: hours)
        case 10: return Sample.event(journey, id, "promise.unheard", kind: .promise, hours: hours)
        default:
            let step =
                ["filed", "asked", "answered", "issued", "posted", "walked"].randomElement(using: &self) ?? "filed"
            let office = ["north", "south"].randomElement(using: &self) ?? "north"
            return Sample.event(journey, id, step, hours: hours, channel: .phone, attributes: ["office": .text(office)])
        }
    }

    /// The events cut into batches of one to a few dozen.
    mutating func batches(_ events: [Event]) -> [[Event]] {
        var batches: [[Event]] = []
        var rest = events[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Int.random(in: 1...30, using: &self))
            batches.append(Array(batch))
            rest = rest.dropFirst(batch.count)
        }
        return batches
    }
}
