import Foundation

/// What a time without a zone means.
package enum ZoneRule: Sendable, Hashable {
    case utc
    /// Seconds east of UTC.
    case fixed(Int)
    /// An IANA name, checked to exist.
    case named(String)

    /// "UTC", "Z", "+01:00", "-0530" or a name such as "Europe/Amsterdam".
    package init(_ text: String) throws(FormatError) {
        if ["utc", "z", "gmt"].contains(text.lowercased()) {
            self = .utc
            return
        }
        var text = text
        let offset = text.withUTF8 { bytes in
            var cursor = TimeCursor(bytes)
            let offset = cursor.zone()
            return cursor.atEnd ? offset : nil
        }
        if let offset {
            self = .fixed(offset)
        } else if TimeZone(identifier: text) != nil {
            self = .named(text)
        } else {
            throw .unknownTimeZone(text)
        }
    }
}

/// From local to universal time, by one zone's history.
///
/// A local time that happened twice (clocks put back) is read as the first of the two; one that never happened
/// (clocks put forward) as the same distance past the last that did. Both are what RFC 5545 prescribes.
struct LocalClock {
    private let rule: ZoneRule
    private let zone: TimeZone?
    /// Offsets change on whole local minutes; logs revisit the same quarters of an hour again and again.
    private var offsets: [Int64: Int64] = [:]
    private static let quarter: Int64 = 900_000_000

    init(_ rule: ZoneRule) {
        self.rule = rule
        if case .named(let name) = rule { zone = TimeZone(identifier: name) } else { zone = nil }
    }

    mutating func universal(_ local: Int64) -> Int64 {
        switch rule {
        case .utc: return local
        case .fixed(let seconds): return local - Int64(seconds) * 1_000_000
        case .named:
            let quarter = local >= 0 ? local / Self.quarter : (local - Self.quarter + 1) / Self.quarter
            if let offset = offsets[quarter] { return local - offset }
            let start = quarter * Self.quarter
            let offset = exactOffset(start)
            // A quarter of an hour in which the offset changes is not kept: each time in it is worked out.
            guard offset == exactOffset(start + Self.quarter - 1) else { return local - exactOffset(local) }
            if offsets.count > 1 << 20 { offsets.removeAll() }
            offsets[quarter] = offset
            return local - offset
        }
    }

    private func exactOffset(_ local: Int64) -> Int64 {
        guard let zone else { return 0 }
        func offset(at universal: Int64) -> Int64 {
            let seconds = Double(universal >= 0 ? universal / 1_000_000 : (universal - 999_999) / 1_000_000)
            return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))) * 1_000_000
        }
        // The offsets in force half a day either side; between them lies at most one change.
        let before = offset(at: local - CivilTime.day)
        let after = offset(at: local + CivilTime.day)
        if before == after { return before }
        // Twice: the earlier instant is the one with the offset of before. Never: the offset of before moves it past the gap.
        if offset(at: local - before) == before { return before }
        if offset(at: local - after) == after { return after }
        return before
    }
}
