package import Experience
import Foundation

/// Dates, times, spans and shares in one language and one time zone.
package struct Format: Sendable {
    package let words: Words
    let zone: TimeZone
    /// The day it is where the site is; whoever serves pages sets it.
    package var today = CivilDate(daysSince1970: 0)

    package init(words: Words, zone: String) {
        self.words = words
        self.zone = TimeZone(identifier: zone) ?? .gmt
    }

    package var language: Language { words.language }

    package func localDate(_ instant: Instant) -> CivilDate { CivilDate(utc: local(instant)) }

    private func local(_ instant: Instant) -> Instant {
        let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6))
        return instant.advanced(by: Int64(seconds) * 1_000_000)
    }

    /// "Tuesday, April 14, 2026" or "martes, 14 de abril de 2026".
    package func longDate(_ date: CivilDate) -> String {
        words[
            "date_long",
            [
                "weekday": words["weekday_\(date.weekday)"], "month": words["month_\(date.month)"],
                "day": String(date.day), "year": String(date.year),
            ]]
    }

    /// "Apr 14, 2026" or "14 abr 2026".
    package func date(_ date: CivilDate) -> String {
        words[
            "date_short",
            ["month": words["month_short_\(date.month)"], "day": String(date.day), "year": String(date.year)]]
    }

    package func date(_ instant: Instant) -> String { date(localDate(instant)) }

    /// "Apr 2026".
    package func month(_ date: CivilDate) -> String { "\(words["month_short_\(date.month)"]) \(date.year)" }

    /// A stretch of time by the day it starts on: "2026-04" as a month, "2026-04-14" as a day, anything else as it is.
    package func bucket(_ label: String) -> String {
        if let day = CivilDate(label) { return date(day) }
        if let first = CivilDate("\(label)-01") { return month(first) }
        return label
    }

    /// "Apr 14, 2026, 4:05 pm" or "14 abr 2026, 16:05".
    package func moment(_ instant: Instant) -> String { "\(date(instant)), \(time(instant))" }

    package func time(_ instant: Instant) -> String {
        let rest = local(instant).microseconds - Int64(localDate(instant).daysSince1970) * Instant.day
        let hour = Int(rest / Instant.hour)
        let minute = Int(rest % Instant.hour / Instant.minute)
        let minutes = minute < 10 ? "0\(minute)" : "\(minute)"
        switch language {
        case .en: return "\(hour % 12 == 0 ? 12 : hour % 12):\(minutes)\u{A0}\(hour < 12 ? "am" : "pm")"
        case .es: return "\(hour):\(minutes)"
        }
    }

    /// RFC 3339, for `<time datetime>`.
    package func machine(_ instant: Instant) -> String { instant.rfc3339 }

    package func share(_ share: Double) -> String { NumberText.share(share, spaced: language == .es) }

    package func count(_ number: Int) -> String { NumberText.whole(number) }

    /// A span in the unit people would use: minutes below 90, hours below 48, days above.
    package func span(seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "–" }
        switch seconds {
        case ..<60: return words.measured("unit_second", seconds.rounded(), places: 0)
        case ..<5_400: return words.measured("unit_minute", seconds / 60, places: 0)
        case ..<172_800: return words.measured("unit_hour", seconds / 3_600, places: seconds < 36_000 ? 1 : 0)
        default: return words.measured("unit_day", seconds / 86_400, places: seconds < 864_000 ? 1 : 0)
        }
    }

    package func days(_ days: Double) -> String { words.measured("unit_day", days, places: days < 10 ? 1 : 0) }

    package func period(_ period: Period) -> String {
        words["period_range", ["from": date(period.first), "to": date(period.last)]]
    }
}

extension Words {
    /// "1 day", "2.5 days": singular only for a shown one.
    func measured(_ key: String, _ value: Double, places: Int) -> String {
        let shown = NumberText.decimal(value, places: places)
        return self[shown == "1" ? "\(key)_one" : "\(key)_other", ["n": shown]]
    }
}

/// Whole days, both ends in.
package struct Period: Hashable, Sendable {
    package var first: CivilDate
    package var last: CivilDate

    package init(first: CivilDate, last: CivilDate) {
        self.first = first
        self.last = max(first, last)
    }

    package var days: Int { last.daysSince1970 - first.daysSince1970 + 1 }

    /// The period of the same length just before.
    package var before: Period {
        Period(first: first.adding(days: -days), last: first.adding(days: -1))
    }
}
