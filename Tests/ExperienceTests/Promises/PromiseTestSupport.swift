import Experience
import Foundation

enum JSON {
    static func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// Seeded, so that a failing case can be replayed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension PromiseClock {
    /// A clock armed with a budget on the federal calendar.
    static func armed(_ budget: Budget, at start: String, calendars: CalendarSet = .standard) throws -> PromiseClock {
        var clock = PromiseClock()
        try clock.add(
            .armed(
                PromiseTerms(
                    budget: budget, calendar: CalendarReference(id: .usFederal, version: 1), probability: 0.95,
                    basis: "declared standard")), start, calendars)
        return clock
    }

    mutating func add(_ entry: PromiseEntry, _ at: String, _ calendars: CalendarSet = .standard) throws {
        guard let instant = Instant(rfc3339: at) else { throw EventProblem.empty(field: at) }
        try apply(entry, at: instant, calendars: calendars)
    }
}
