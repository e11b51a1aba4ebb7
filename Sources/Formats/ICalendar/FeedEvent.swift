import Experience

/// One VEVENT while it is read, and the closures it means.
struct FeedEvent: Sendable {
    let line: Int
    private var start: FeedTime?
    private var end: FeedTime?
    private var days: Int?
    private var minutes: Int?
    private var rule: String?
    private var except: Set<CivilDate> = []
    private var extra: [CivilDate] = []
    private var summary = ""
    /// Cancelled, or marked as not taking time: nothing is closed.
    private(set) var isOpen = false
    private var trouble: String?

    struct Unreadable: Error { var reason: String }

    init(line: Int) { self.line = line }

    mutating func take(_ line: ContentLine) {
        let zone = line.parameters["TZID"]
        switch line.name {
        case "DTSTART": start = time(line, zone)
        case "DTEND": end = time(line, zone)
        case "DURATION": duration(line.value)
        case "RRULE": rule = line.value
        case "EXDATE": except.formUnion(line.value.split(separator: ",").compactMap { FeedTime($0, zone: zone)?.date })
        case "RDATE": extra += line.value.split(separator: ",").compactMap { FeedTime($0, zone: zone)?.date }
        case "SUMMARY": summary = line.text
        case "STATUS": if line.value.uppercased() == "CANCELLED" { isOpen = true }
        case "TRANSP":
            // All-day holidays are commonly marked transparent by calendar programs; only timed ones say “free”.
            if line.value.uppercased() == "TRANSPARENT", start?.minutes != nil { isOpen = true }
        default: break
        }
    }

    private mutating func time(_ line: ContentLine, _ zone: String?) -> FeedTime? {
        let time = FeedTime(line.value, zone: zone)
        if time == nil { trouble = "“\(line.value.prefix(40))” is no date or time" }
        return time
    }

    /// PnW, PnD, PTnHnM: what whole days and hours need.
    private mutating func duration(_ text: String) {
        var number = 0
        var total = 0
        var inTime = false
        for byte in text.uppercased().utf8 {
            switch byte {
            case 48...57:
                number = min(number * 10 + Int(byte - 48), 1_000_000)
                continue
            case UInt8(ascii: "P"), UInt8(ascii: "+"): break
            case UInt8(ascii: "T"): inTime = true
            case UInt8(ascii: "W"): total += number * 7 * 1440
            case UInt8(ascii: "D"): total += number * 1440
            case UInt8(ascii: "H") where inTime: total += number * 60
            case UInt8(ascii: "M") where inTime: total += number
            case UInt8(ascii: "S") where inTime: break
            default: trouble = "“\(text.prefix(40))” is no duration"
            }
            number = 0
        }
        minutes = total
        days = total / 1440
    }

    /// The dates on which the event begins.
    func dates(_ years: ClosedRange<Int>) throws(Unreadable) -> [CivilDate] {
        if let trouble { throw Unreadable(reason: trouble) }
        guard let start else { throw Unreadable(reason: "the event has no DTSTART") }
        var dates = [start.date]
        if let rule {
            guard let yearly = YearlyRule(rule, start: start.date) else {
                throw Unreadable(reason: "the rule “\(rule.prefix(60))” is not a yearly one that can be read")
            }
            dates = yearly.dates(years)
        }
        return Set(dates + extra).subtracting(except).filter { years.contains($0.year) }.sorted()
    }

    /// The closures of the event when it begins on a date.
    func closures(from date: CivilDate, zone: String) throws(Unreadable) -> [CalendarDefinition.Closure] {
        guard let start else { return [] }
        let name = String(summary.isEmpty ? "Closed" : summary.prefix(120))
        guard start.minutes != nil else {
            let length = end.map { $0.date.daysSince1970 - start.date.daysSince1970 } ?? days ?? 1
            guard length <= CalendarFeed.longestDays else {
                throw Unreadable(reason: "the event is longer than \(CalendarFeed.longestDays) days")
            }
            return (0..<max(1, length)).map { .init(date: date.adding(days: $0), name: name) }
        }
        let moved = date.daysSince1970 - start.date.daysSince1970
        let from = FeedTime(date: date, minutes: start.minutes, zone: start.zone)
        guard let first = from.local(in: zone) else {
            throw Unreadable(reason: "“\(start.zone?.prefix(60) ?? "")” is not a time zone that is known")
        }
        var last = first
        if let end {
            let until = FeedTime(date: end.date.adding(days: moved), minutes: end.minutes ?? 0, zone: end.zone)
            guard let found = until.local(in: zone) else {
                throw Unreadable(reason: "“\(end.zone?.prefix(60) ?? "")” is not a time zone that is known")
            }
            last = found
        } else if let minutes {
            let total = first.minutes + minutes
            last = (first.date.adding(days: total / 1440), total % 1440)
        }
        let length = last.date.daysSince1970 - first.date.daysSince1970
        guard length <= CalendarFeed.longestDays else {
            throw Unreadable(reason: "the event is longer than \(CalendarFeed.longestDays) days")
        }
        guard length >= 0 else { throw Unreadable(reason: "the event ends before it begins") }
        return (0...length).compactMap { offset in
            let span = DailySpan(
                start: offset == 0 ? first.minutes : 0, end: offset == length ? last.minutes : 1440)
            let day = first.date.adding(days: offset)
            guard let span else { return nil }
            return .init(date: day, hours: span == .wholeDay ? nil : span, name: name)
        }
    }
}
