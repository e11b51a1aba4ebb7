extension TimeCursor {
    /// The date at the cursor as days since 1970-01-01.
    mutating func date(_ format: TimeFormat) -> Int? {
        _ = weekday()
        if let month = monthName() { return monthThenDay(month) }
        let digits = digitsAhead
        if digits == 8 || digits == 14 {
            guard let year = number(4, 4), let month = number(2, 2), let day = number(2, 2) else { return nil }
            return CivilTime.days(year: year.value, month: month.value, day: day.value)
        }
        if digits == 4 {
            guard let year = number(4, 4), let separator = takeSeparator(), let month = numberOrName(), take(separator),
                let day = number(1, 2)
            else { return nil }
            return CivilTime.days(year: year.value, month: month, day: day.value)
        }
        guard let first = number(1, 2), let separator = takeSeparator() else { return nil }
        if let month = monthName() {
            _ = takeSeparator()
            guard let year = year() else { return nil }
            return CivilTime.days(year: year, month: month, day: first.value)
        }
        guard format != .iso8601, let second = number(1, 2), take(separator), let year = year() else { return nil }
        return format == .dayFirst
            ? CivilTime.days(year: year, month: second.value, day: first.value)
            : CivilTime.days(year: year, month: first.value, day: second.value)
    }

    /// `Apr 13, 2011`
    private mutating func monthThenDay(_ month: Int) -> Int? {
        _ = takeSeparator()
        guard let day = number(1, 2) else { return nil }
        _ = take(0x2C)
        _ = takeSeparator()
        guard let year = year() else { return nil }
        return CivilTime.days(year: year, month: month, day: day.value)
    }

    private mutating func takeSeparator() -> UInt8? {
        let byte = peek
        guard byte == 0x2D || byte == 0x2F || byte == 0x2E || byte == 0x20 else { return nil }
        _ = take(byte)
        if byte == 0x20 { skipSpaces() }
        return byte
    }

    private mutating func numberOrName() -> Int? { number(1, 2)?.value ?? monthName() }

    /// Four digits, or two read as POSIX does: 69–99 are the 1900s, 00–68 the 2000s.
    private mutating func year() -> Int? {
        switch digitsAhead {
        case 4: number(4, 4)?.value
        case 2: number(2, 2).map { $0.value < 69 ? 2000 + $0.value : 1900 + $0.value }
        default: nil
        }
    }

    /// The time of day and the offset after it, if any; a date alone is midnight.
    mutating func timeOfDay() -> (microseconds: Int64, offset: Int?)? {
        if atEnd { return (0, nil) }
        _ = take(0x2C)
        let before = index
        skipSpaces()
        if take(0x54) || take(0x74) { skipSpaces() } else if index == before, digitsAhead != 6 { return zoneAfter(0) }
        if atEnd { return nil }
        let compact = digitsAhead
        guard compact > 0 else { return zoneAfter(0) }
        var minutes = 0
        var seconds = 0
        guard let hours = number(1, 2) else { return nil }
        if compact == 4 || compact == 6 {
            minutes = number(2, 2)?.value ?? 60
            if compact == 6 { seconds = number(2, 2)?.value ?? 61 }
        } else if compact <= 2, take(0x3A) {
            guard let value = number(2, 2) else { return nil }
            minutes = value.value
            if take(0x3A) {
                guard let value = number(2, 2) else { return nil }
                seconds = value.value
            }
        } else {
            return nil
        }
        guard let fraction = fraction(), let hour = halfDay(hours.value), minutes < 60, seconds <= 60 else {
            return nil
        }
        guard hour < 24 || (hour == 24 && minutes == 0 && seconds == 0 && fraction == 0) else { return nil }
        let whole = Int64(hour * 3600 + minutes * 60 + seconds) * 1_000_000
        // A leap second has no fraction of its own in POSIX time.
        return zoneAfter(seconds == 60 ? whole : whole + fraction)
    }

    private mutating func fraction() -> Int64? {
        guard peek == 0x2E || peek == 0x2C else { return 0 }
        _ = take(peek)
        guard digitsAhead > 0 else { return nil }
        var value: Int64 = 0
        var scale: Int64 = 100_000
        while let digit = number(1, 1) {
            value += Int64(digit.value) * scale
            scale /= 10
        }
        return value
    }

    /// The hour, moved by "AM" or "PM" where one follows.
    private mutating func halfDay(_ hour: Int) -> Int? {
        var ahead = self
        ahead.skipSpaces()
        let letter = ahead.peek | 0x20
        guard letter == 0x61 || letter == 0x70 else { return hour }
        _ = ahead.take(ahead.peek)
        _ = ahead.take(0x2E)
        guard ahead.peek | 0x20 == 0x6D else { return nil }
        _ = ahead.take(ahead.peek)
        _ = ahead.take(0x2E)
        guard (1...12).contains(hour) else { return nil }
        self = ahead
        return hour % 12 + (letter == 0x70 ? 12 : 0)
    }

    /// The offset after the time, if any, and after it nothing but a zone name in brackets, as Java writes it.
    private mutating func zoneAfter(_ microseconds: Int64) -> (microseconds: Int64, offset: Int?)? {
        skipSpaces()
        if atEnd { return (microseconds, nil) }
        guard let offset = zone() else { return nil }
        if take(0x5B) {
            while !atEnd, peek != 0x5D { _ = take(peek) }
            guard take(0x5D) else { return nil }
        }
        skipSpaces()
        return (microseconds, offset)
    }
}
