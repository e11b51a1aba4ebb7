/// The calendars a record knows, every version of each.
package struct CalendarSet: Sendable {
    private var versions: [Slug: [WorkingCalendar]] = [:]

    package init(_ calendars: [WorkingCalendar] = []) {
        for calendar in calendars { insert(calendar) }
    }

    /// The same id and version again replaces what was there.
    package mutating func insert(_ calendar: WorkingCalendar) {
        var known = versions[calendar.id] ?? []
        known.removeAll { $0.version == calendar.version }
        known.append(calendar)
        known.sort { $0.version < $1.version }
        versions[calendar.id] = known
    }

    /// That version, or the newest when none is named; nil when it is not known.
    package subscript(id: Slug, version: Int? = nil) -> WorkingCalendar? {
        guard let known = versions[id] else { return nil }
        guard let version else { return known.last }
        return known.first { $0.version == version }
    }

    package subscript(reference: CalendarReference) -> WorkingCalendar? { self[reference.id, reference.version] }

    package var ids: [Slug] { versions.keys.sorted() }

    /// Ready calendars: `us-federal` (weekdays 09:00–17:00 in Washington, federal holidays), `weekdays` (every hour
    /// of Monday–Friday, UTC) and `24x7` (never closed).
    package static let standard = CalendarSet(
        [CalendarDefinition.usFederal(), .weekdays(), .alwaysOpen()].compactMap { try? WorkingCalendar($0) })
}

extension CalendarDefinition {
    /// Federal office days by law; `inauguration` adds the day kept in Washington, D.C.
    package static func usFederal(
        id: Slug? = nil, zone: String = "America/New_York", open: DailySpan = DailySpan(uncheckedStart: 540, end: 1020),
        inauguration: Bool = false
    ) -> CalendarDefinition {
        CalendarDefinition(
            id: id ?? .usFederal, zone: zone, week: Array(repeating: [open], count: 5) + [[], []],
            holidays: inauguration ? ["us-federal", "us-inauguration"] : ["us-federal"])
    }

    package static func weekdays(id: Slug? = nil, zone: String = "UTC") -> CalendarDefinition {
        CalendarDefinition(
            id: id ?? .weekdays, zone: zone, week: Array(repeating: [.wholeDay], count: 5) + [[], []])
    }

    package static func alwaysOpen(id: Slug? = nil, zone: String = "UTC") -> CalendarDefinition {
        CalendarDefinition(id: id ?? .alwaysOpen, zone: zone, week: Array(repeating: [.wholeDay], count: 7))
    }
}

extension Slug {
    /// The ids of the ready calendars; constants that meet the rules of a slug.
    package static let usFederal = Slug("us-federal")!
    package static let weekdays = Slug("weekdays")!
    package static let alwaysOpen = Slug("24x7")!
}
