/// When an office, a supplier or a service works: the measure of every promise's clock.
///
/// A value with its rules compiled once (a bitmap of holidays for 1970–2120, a table of the zone's offsets), so that
/// arithmetic costs tens of nanoseconds a day walked and copies share it. Precedence on one date: one-off opening,
/// whole-day closure, holiday, week; hours closed out of turn are then taken from whatever is left.
package struct WorkingCalendar: Sendable, Hashable, Codable {
    package let definition: CalendarDefinition
    let compiled: CompiledCalendar

    package init(_ definition: CalendarDefinition) throws(CalendarProblem) {
        compiled = try CompiledCalendar(definition)
        self.definition = definition
    }

    package init(from decoder: any Decoder) throws {
        try self.init(try CalendarDefinition(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws { try definition.encode(to: encoder) }

    package static func == (a: WorkingCalendar, b: WorkingCalendar) -> Bool {
        a.compiled === b.compiled || a.definition == b.definition
    }

    package func hash(into hasher: inout Hasher) { definition.hash(into: &hasher) }

    package var id: Slug { definition.id }
    package var version: Int { definition.version }
    package var zone: String { definition.zone }
    package var reference: CalendarReference { CalendarReference(id: id, version: version) }

    /// The opening hours of a date in local time; empty when closed.
    package func spans(on date: CivilDate) -> [DailySpan] { compiled.spans(day: date.daysSince1970) }

    package func isWorkingDay(_ date: CivilDate) -> Bool { !spans(on: date).isEmpty }

    /// The date in the calendar's zone.
    package func date(of instant: Instant) -> CivilDate {
        CivilDate(daysSince1970: compiled.day(of: CompiledCalendar.clamp(instant.microseconds)))
    }

    /// When the office closes on that date; on a day without hours, the midnight that ends it.
    package func endOfDay(_ date: CivilDate) -> Instant {
        let day = CompiledCalendar.clamp(day: date.daysSince1970)
        return Instant(microseconds: compiled.closing(day: day) ?? compiled.midnight(day: day + 1))
    }

    /// The date to say for the end of a budget: midnight belongs to the day it ends.
    package func dateToSay(for due: Instant) -> CivilDate { date(of: due.advanced(by: -1)) }

    package func startOfDay(_ date: CivilDate) -> Instant {
        Instant(microseconds: compiled.midnight(day: CompiledCalendar.clamp(day: date.daysSince1970)))
    }

    package func isOpen(_ instant: Instant) -> Bool {
        let moment = CompiledCalendar.clamp(instant.microseconds)
        let day = compiled.day(of: moment)
        return compiled.spans(day: day).contains { span in
            let (start, end) = compiled.bounds(span, day: day)
            return start <= moment && moment < end
        }
    }

    /// The name of what closes a date that the week would open, where there is one.
    package func closure(on date: CivilDate) -> String? {
        if let closure = definition.closures.first(where: { $0.date == date && $0.hours == nil }) {
            return closure.name
        }
        let rules = definition.holidays.flatMap { HolidayRule.sets[$0] ?? [] } + definition.rules
        let years = [date.year, date.year + 1, date.year - 1]
        return rules.first { rule in years.contains { rule.date(year: $0) == date } }?.name
    }
}

/// A calendar and the version a date was worked out by: "us-federal@3".
package struct CalendarReference: Sendable, Hashable, Codable, CustomStringConvertible {
    package var id: Slug
    package var version: Int

    package init(id: Slug, version: Int) {
        self.id = id
        self.version = version
    }

    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let first = parts.first, let id = Slug(first), parts.count <= 2 else { return nil }
        guard parts.count == 2 else {
            self.init(id: id, version: 1)
            return
        }
        guard let version = Int(parts[1]) else { return nil }
        self.init(id: id, version: version)
    }

    package var description: String { "\(id)@\(version)" }
}
