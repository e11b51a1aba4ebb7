import Experience

/// A DATE or DATE-TIME value: a local date, and for a time of day its minutes and zone.
struct FeedTime: Sendable, Hashable {
    var date: CivilDate
    /// Nil for a whole day.
    var minutes: Int?
    /// An IANA name; nil = floating: the reader's own zone.
    var zone: String?

    init(date: CivilDate, minutes: Int?, zone: String?) {
        self.date = date
        self.minutes = minutes
        self.zone = zone
    }

    /// "20260525", "20260525T130000", "20260525T130000Z"; seconds are cut.
    init?(_ text: some StringProtocol, zone: String?) {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || bytes.count == 15 || bytes.count == 16 else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard (48...57).contains(bytes[index]) else { return nil }
                value = value * 10 + Int(bytes[index] - 48)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        guard bytes.count > 8 else {
            self.init(date: date, minutes: nil, zone: nil)
            return
        }
        guard bytes[8] == 0x54, let hour = number(9..<11), let minute = number(11..<13), number(13..<15) != nil,
            hour < 24, minute < 60, bytes.count == 15 || bytes[15] == 0x5A
        else { return nil }
        self.init(date: date, minutes: hour * 60 + minute, zone: bytes.count == 16 ? "UTC" : zone)
    }

    /// The same moment as date and minutes of another zone; nil when a zone is not known.
    func local(in target: String) -> (date: CivilDate, minutes: Int)? {
        guard let minutes else { return (date, 0) }
        guard let zone, zone != target else { return (date, minutes) }
        guard let from = try? WorkingCalendar(.alwaysOpen(zone: zone)),
            let to = try? WorkingCalendar(.alwaysOpen(zone: target))
        else { return nil }
        let midnight = from.startOfDay(date)
        // Clock changes move the hours after them, so the time of day is found by trying the three possible lengths.
        let moment = [0, -60, 60].lazy.map { midnight.advanced(by: Int64(minutes + $0) * Instant.minute) }
            .first { FeedTime.minutes(of: $0, in: from).minutes == minutes }
        guard let moment else { return nil }
        return FeedTime.minutes(of: moment, in: to)
    }

    private static func minutes(of moment: Instant, in calendar: WorkingCalendar) -> (date: CivilDate, minutes: Int) {
        let date = calendar.date(of: moment)
        let since = moment.microseconds - calendar.startOfDay(date).microseconds
        let length = calendar.startOfDay(date.adding(days: 1)).microseconds - calendar.startOfDay(date).microseconds
        // On a day of 23 or 25 hours the clock is ahead of, or behind, the time since midnight once it has changed; the
        // change comes in the small hours, so everything after 03:00 is moved by it.
        let shift = length - Instant.day
        let clock = since > 3 * Instant.hour ? since - shift : since
        return (date, Int(clock / Instant.minute))
    }
}
