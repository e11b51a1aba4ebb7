/// A working calendar as it is written down: rules, not dates. ``WorkingCalendar`` compiles it.
package struct CalendarDefinition: Sendable, Hashable, Codable {
    package struct Closure: Sendable, Hashable, Codable {
        package var date: CivilDate
        /// Nil closes the whole day; a span closes those hours only.
        package var hours: DailySpan?
        package var name: String

        package init(date: CivilDate, hours: DailySpan? = nil, name: String) {
            self.date = date
            self.hours = hours
            self.name = name
        }
    }

    package struct Opening: Sendable, Hashable, Codable {
        package var date: CivilDate
        package var hours: [DailySpan]
        package var name: String

        package init(date: CivilDate, hours: [DailySpan], name: String) {
            self.date = date
            self.hours = hours
            self.name = name
        }
    }

    package var id: Slug
    /// Raised with every change: promises say by which version their date was worked out.
    package var version: Int
    /// IANA name: "America/New_York".
    package var zone: String
    /// Opening hours by weekday, Monday first; seven lists, each of any number of spans that don't overlap.
    package var week: [[DailySpan]]
    /// Names of ``HolidayRule/sets``.
    package var holidays: [String]
    package var rules: [HolidayRule]
    package var closures: [Closure]
    /// Days opened out of turn; they win over holidays and whole-day closures.
    package var openings: [Opening]

    package init(
        id: Slug, version: Int = 1, zone: String, week: [[DailySpan]], holidays: [String] = [],
        rules: [HolidayRule] = [], closures: [Closure] = [], openings: [Opening] = []
    ) {
        self.id = id
        self.version = version
        self.zone = zone
        self.week = week
        self.holidays = holidays
        self.rules = rules
        self.closures = closures
        self.openings = openings
    }

    private enum Key: String, CodingKey {
        case id, version, zone, week, holidays, rules, closures, openings
    }

    private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    package init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        let named = try box.decode([String: [DailySpan]].self, forKey: .week)
        if let odd = named.keys.first(where: { !CalendarDefinition.dayNames.contains($0) }) {
            throw DecodingError.dataCorruptedError(
                forKey: .week, in: box,
                debugDescription: "“\(odd)” is not a weekday; use mon, tue, wed, thu, fri, sat, sun")
        }
        self.init(
            id: try box.decode(Slug.self, forKey: .id),
            version: try box.decodeIfPresent(Int.self, forKey: .version) ?? 1,
            zone: try box.decode(String.self, forKey: .zone),
            week: CalendarDefinition.dayNames.map { named[$0] ?? [] },
            holidays: try box.decodeIfPresent([String].self, forKey: .holidays) ?? [],
            rules: try box.decodeIfPresent([HolidayRule].self, forKey: .rules) ?? [],
            closures: try box.decodeIfPresent([Closure].self, forKey: .closures) ?? [],
            openings: try box.decodeIfPresent([Opening].self, forKey: .openings) ?? [])
    }

    package func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(id, forKey: .id)
        try box.encode(version, forKey: .version)
        try box.encode(zone, forKey: .zone)
        let named = zip(CalendarDefinition.dayNames, week).filter { !$1.isEmpty }
        try box.encode(Dictionary(uniqueKeysWithValues: named.map { ($0, $1) }), forKey: .week)
        try box.encode(holidays, forKey: .holidays)
        try box.encode(rules, forKey: .rules)
        try box.encode(closures, forKey: .closures)
        try box.encode(openings, forKey: .openings)
    }
}
