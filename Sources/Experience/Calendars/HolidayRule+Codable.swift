/// Written flat, so that a person can type it: `{name, month, day, observed?}`, `{name, month, weekday, nth,
/// offset?}` or `{name, easter}`, each with optional `from`, `until`, `every`, `phase`.
extension HolidayRule: Codable {
    private enum Key: String, CodingKey {
        case name, month, day, observed, weekday, nth, offset, easter, from, until, every, phase
    }

    package init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        let name = try box.decode(String.self, forKey: .name)
        let day: Day
        if let easter = try box.decodeIfPresent(Int.self, forKey: .easter) {
            day = .easter(offset: easter)
        } else if let nth = try box.decodeIfPresent(Int.self, forKey: .nth) {
            day = .nthWeekday(
                nth: nth, weekday: try box.decode(Int.self, forKey: .weekday),
                month: try box.decode(Int.self, forKey: .month),
                offset: try box.decodeIfPresent(Int.self, forKey: .offset) ?? 0)
        } else {
            day = .fixed(
                month: try box.decode(Int.self, forKey: .month), day: try box.decode(Int.self, forKey: .day),
                observed: try box.decodeIfPresent(Observance.self, forKey: .observed) ?? .onTheDay)
        }
        self.init(
            name, day, from: try box.decodeIfPresent(Int.self, forKey: .from),
            until: try box.decodeIfPresent(Int.self, forKey: .until),
            every: try box.decodeIfPresent(Int.self, forKey: .every) ?? 1,
            phase: try box.decodeIfPresent(Int.self, forKey: .phase) ?? 0)
        try check()
    }

    package func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(name, forKey: .name)
        switch day {
        case .fixed(let month, let day, let observed):
            try box.encode(month, forKey: .month)
            try box.encode(day, forKey: .day)
            try box.encode(observed, forKey: .observed)
        case .nthWeekday(let nth, let weekday, let month, let offset):
            try box.encode(nth, forKey: .nth)
            try box.encode(weekday, forKey: .weekday)
            try box.encode(month, forKey: .month)
            if offset != 0 { try box.encode(offset, forKey: .offset) }
        case .easter(let offset):
            try box.encode(offset, forKey: .easter)
        }
        try box.encodeIfPresent(firstYear, forKey: .from)
        try box.encodeIfPresent(lastYear, forKey: .until)
        if every != 1 {
            try box.encode(every, forKey: .every)
            try box.encode(phase, forKey: .phase)
        }
    }
}
