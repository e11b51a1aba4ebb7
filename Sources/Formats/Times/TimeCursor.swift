/// Reads the parts of a written time from bytes, each part or nothing.
struct TimeCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var atEnd: Bool { index >= bytes.count }
    var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }
    private func byte(_ ahead: Int) -> UInt8 { index + ahead < bytes.count ? bytes[index + ahead] : 0 }

    mutating func skipSpaces() {
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte, !atEnd else { return false }
        index += 1
        return true
    }

    /// Between `least` and `most` digits as a number, with how many there were.
    mutating func number(_ least: Int, _ most: Int) -> (value: Int, digits: Int)? {
        var value = 0
        var digits = 0
        while digits < most, index + digits < bytes.count, bytes[index + digits] &- 48 < 10 {
            value = value * 10 + Int(bytes[index + digits] - 48)
            digits += 1
        }
        guard digits >= least else { return nil }
        index += digits
        return (value, digits)
    }

    /// How many digits follow.
    var digitsAhead: Int {
        var count = 0
        while byte(count) &- 48 < 10 { count += 1 }
        return count
    }

    /// A month by its English name or the first three letters of it.
    mutating func monthName() -> Int? {
        guard let length = lettersAhead(), length >= 3 else { return nil }
        let key = UInt32(byte(0) | 0x20) << 16 | UInt32(byte(1) | 0x20) << 8 | UInt32(byte(2) | 0x20)
        guard let month = Self.months.firstIndex(of: key) else { return nil }
        let rest = Self.rests[month].utf8
        guard length == 3 || (length == 4 && month == 8) || length == 3 + rest.count else { return nil }
        if length == 3 + rest.count {
            for (offset, letter) in rest.enumerated() where byte(3 + offset) | 0x20 != letter { return nil }
        }
        index += length
        _ = take(0x2E)
        return month + 1
    }

    /// A weekday by name, which is read over: the date decides.
    mutating func weekday() -> Bool {
        guard let length = lettersAhead(), length >= 2 else { return false }
        let key = UInt32(byte(0) | 0x20) << 8 | UInt32(byte(1) | 0x20)
        guard Self.weekdays.contains(key), length <= 9 else { return false }
        index += length
        _ = take(0x2C)
        skipSpaces()
        return true
    }

    private func lettersAhead() -> Int? {
        var length = 0
        while (byte(length) | 0x20) &- 0x61 < 26 { length += 1 }
        return length == 0 ? nil : length
    }

    /// The offset written at the cursor in seconds: Z, UTC, GMT, ±HH, ±HHMM, ±HH:MM, ±HH:MM:SS. Nil if none is.
    mutating func zone() -> Int? {
        let start = index
        switch peek {
        case 0x5A, 0x7A:
            index += 1
            return 0
        case 0x55, 0x75, 0x47, 0x67:
            let key = UInt32(byte(0) | 0x20) << 16 | UInt32(byte(1) | 0x20) << 8 | UInt32(byte(2) | 0x20)
            guard key == 0x757463 || key == 0x676D74 else { return nil }
            index += 3
            if peek == 0x2B || peek == 0x2D { return zone() }
            return 0
        case 0x2B, 0x2D:
            let sign = peek == 0x2B ? 1 : -1
            index += 1
            guard let hours = number(2, 2) else { break }
            var minutes = 0
            var seconds = 0
            let colon = take(0x3A)
            if colon || digitsAhead >= 2 {
                guard let value = number(2, 2) else { break }
                minutes = value.value
                if take(0x3A) {
                    guard let value = number(2, 2) else { break }
                    seconds = value.value
                }
            }
            guard hours.value <= 18, minutes < 60, seconds < 60 else { break }
            return sign * (hours.value * 3600 + minutes * 60 + seconds)
        default: break
        }
        index = start
        return nil
    }

    private static let months: [UInt32] = [
        0x6A_616E, 0x66_6562, 0x6D_6172, 0x61_7072, 0x6D_6179, 0x6A_756E,
        0x6A_756C, 0x61_7567, 0x73_6570, 0x6F_6374, 0x6E_6F76, 0x64_6563,
    ]
    private static let rests = [
        "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember",
    ]
    private static let weekdays: [UInt32] = [0x6D6F, 0x7475, 0x7765, 0x7468, 0x6672, 0x7361, 0x7375]
}
