/// Reads times of one format into microseconds since 1970-01-01T00:00:00Z.
///
/// Exact: any offset, fractions of any length (digits past the sixth are cut, so order is kept), dates of the years 1 to
/// 9999. Refuses what is no date (30 February, hour 25) rather than rolling it over. A leap second (`:60`) is the first
/// instant of the next minute, `24:00` the end of the day, as POSIX and ISO 8601 have it. A date alone is its midnight.
///
/// Holds the day and the offset read last, because neighbouring rows nearly always share them: one reader a thread.
struct TimeReader {
    let format: TimeFormat
    /// Whether a time without a zone was read.
    private(set) var metLocalTime = false
    private var clock: LocalClock
    private let zoneIsUTC: Bool
    private var lastDate: (UInt64, UInt16) = (0, 0)
    private var lastMidnight: Int64 = 0
    private var lastZone: UInt64 = 0
    private var lastOffset: Int64 = 0

    init(_ format: TimeFormat, zone: ZoneRule = .utc) {
        self.format = format
        clock = LocalClock(zone)
        zoneIsUTC = zone == .utc
    }

    /// Nil when the text is no time of this format.
    @inline(__always)
    mutating func microseconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        if format == .iso8601, bytes.count >= 19, let start = bytes.baseAddress, let value = fast(start, bytes.count) {
            return value
        }
        return general(bytes)
    }

    /// `YYYY-MM-DD?HH:MM:SS[.f…][±HH:MM|Z]`, the shape of nearly every log; anything else is left to `general`.
    @inline(__always)
    private mutating func fast(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        let separator = start[10]
        guard separator == 0x54 || separator == 0x20 else { return nil }
        let head = load8(start)
        let tail = UInt16(start[8]) | UInt16(start[9]) << 8
        if head != lastDate.0 || tail != lastDate.1 {
            guard let midnight = isoMidnight(start) else { return nil }
            lastDate = (head, tail)
            lastMidnight = midnight
        }
        // "HH:MM:SS": digits become 0…9 and colons 0; the sum sets bit 7 of every byte that is neither.
        let digits = load8(start + 11) ^ 0x3030_3A30_303A_3030
        guard ((digits &+ 0x7676_7F76_767F_7676) | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
        let hours = Int64(digits & 0xF) * 10 + Int64(digits >> 8 & 0xF)
        let minutes = Int64(digits >> 24 & 0xF) * 10 + Int64(digits >> 32 & 0xF)
        let seconds = Int64(digits >> 48 & 0xF) * 10 + Int64(digits >> 56 & 0xF)
        guard hours < 24, minutes < 60, seconds < 60 else { return nil }
        var value = lastMidnight + (hours * 3600 + minutes * 60 + seconds) * 1_000_000
        var index = 19
        if index < count, start[index] == 0x2E {
            index += 1
            var scale: Int64 = 100_000
            let first = index
            while index < count, start[index] &- 48 < 10 {
                value += Int64(start[index] &- 48) * scale
                scale /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        let left = count - index
        if left == 0 {
            metLocalTime = true
            return zoneIsUTC ? value : clock.universal(value)
        }
        if left == 1, start[index] == 0x5A { return value }
        guard left == 6 else { return nil }
        var zone: UInt64 = 0
        for offset in 0..<6 { zone |= UInt64(start[index + offset]) << UInt64(8 * offset) }
        if zone != lastZone {
            var cursor = TimeCursor(UnsafeBufferPointer(start: start + index, count: 6))
            guard let offset = cursor.zone(), cursor.atEnd else { return nil }
            lastZone = zone
            lastOffset = Int64(offset) * 1_000_000
        }
        return value - lastOffset
    }

    private func isoMidnight(_ start: UnsafePointer<UInt8>) -> Int64? {
        var cursor = TimeCursor(UnsafeBufferPointer(start: start, count: 10))
        guard let year = cursor.number(4, 4), cursor.take(0x2D), let month = cursor.number(2, 2), cursor.take(0x2D),
            let day = cursor.number(2, 2),
            let days = CivilTime.days(year: year.value, month: month.value, day: day.value)
        else { return nil }
        return Int64(days) * CivilTime.day
    }

    private mutating func general(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let bytes = bytes.trimmed
        guard bytes.count >= 1, bytes.count <= 80 else { return nil }
        switch format {
        case .epochSeconds: return epoch(bytes, scale: 1_000_000)
        case .epochMilliseconds: return epoch(bytes, scale: 1000)
        case .epochMicroseconds: return epoch(bytes, scale: 1)
        case .iso8601, .dayFirst, .monthFirst:
            var cursor = TimeCursor(bytes)
            guard let days = cursor.date(format), let written = cursor.timeOfDay(), cursor.atEnd else { return nil }
            let local = Int64(days) * CivilTime.day + written.microseconds
            if let offset = written.offset { return local - Int64(offset) * 1_000_000 }
            metLocalTime = true
            return clock.universal(local)
        }
    }

    /// A decimal count of units of `scale` microseconds; within ±9999 years.
    private func epoch(_ bytes: UnsafeBufferPointer<UInt8>, scale: Int64) -> Int64? {
        var index = 0
        let negative = bytes[0] == 0x2D
        if negative || bytes[0] == 0x2B { index = 1 }
        var whole: Int64 = 0
        let first = index
        while index < bytes.count, bytes[index] &- 48 < 10, index - first < 18 {
            whole = whole * 10 + Int64(bytes[index] &- 48)
            index += 1
        }
        guard index > first else { return nil }
        var fraction: Int64 = 0
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            var unit = scale / 10
            while index < bytes.count, bytes[index] &- 48 < 10 {
                fraction += Int64(bytes[index] &- 48) * unit
                unit /= 10
                index += 1
            }
        }
        let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
        guard index == bytes.count, !overflow, product < 253_402_300_800_000_000 else { return nil }
        return negative ? -(product + fraction) : product + fraction
    }
}
