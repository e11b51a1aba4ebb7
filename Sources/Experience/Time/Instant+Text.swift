extension Instant {
    /// RFC 3339 in UTC: seconds, then only as many fraction digits as are needed (none, 3 or 6).
    package var rfc3339: String {
        let date = CivilDate(utc: self)
        var rest = microseconds - Int64(date.daysSince1970) * Instant.day
        func two(_ n: Int64) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let hours = rest / Instant.hour
        rest %= Instant.hour
        let minutes = rest / Instant.minute
        rest %= Instant.minute
        let seconds = rest / 1_000_000
        let fraction = rest % 1_000_000
        var text = "\(date)T\(two(hours)):\(two(minutes)):\(two(seconds))"
        if fraction != 0 {
            let digits = String(fraction + 1_000_000).dropFirst()
            text += "." + (fraction % 1000 == 0 ? digits.prefix(3) : digits)
        }
        return text + "Z"
    }

    /// RFC 3339 / ISO 8601 date-time with an offset or Z ("2026-04-14T16:59:00-05:00"). The "T" may be a
    /// space; fraction digits past the sixth are cut. A time without a zone is refused: it names no instant.
    package init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40, bytes[10] == 0x54 || bytes[10] == 0x20 || bytes[10] == 0x74,
            bytes[13] == 0x3A, bytes[16] == 0x3A,
            let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self))
        else { return nil }
        func two(_ at: Int) -> Int64? {
            guard at + 1 < bytes.count, (48...57).contains(bytes[at]), (48...57).contains(bytes[at + 1]) else {
                return nil
            }
            return Int64(bytes[at] - 48) * 10 + Int64(bytes[at + 1] - 48)
        }
        guard let hour = two(11), let minute = two(14), let second = two(17),
            hour < 24, minute < 60, second < 61
        else { return nil }
        var at = 19
        var fraction: Int64 = 0
        if at < bytes.count, bytes[at] == 0x2E {
            at += 1
            var scale: Int64 = 100_000
            let first = at
            while at < bytes.count, (48...57).contains(bytes[at]) {
                fraction += Int64(bytes[at] - 48) * scale
                scale /= 10
                at += 1
            }
            if at == first { return nil }
        }
        guard at < bytes.count else { return nil }
        var offset: Int64 = 0
        switch bytes[at] {
        case 0x5A, 0x7A:
            at += 1
        case 0x2B, 0x2D:
            let sign: Int64 = bytes[at] == 0x2B ? 1 : -1
            guard let hours = two(at + 1), hours < 24 else { return nil }
            let hasColon = at + 3 < bytes.count && bytes[at + 3] == 0x3A
            guard let minutes = two(at + (hasColon ? 4 : 3)), minutes < 60 else { return nil }
            at += hasColon ? 6 : 5
            offset = sign * (hours * 60 + minutes)
        default: return nil
        }
        guard at == bytes.count else { return nil }
        let day = Int64(date.daysSince1970) * Instant.day
        self.init(
            microseconds: day + hour * Instant.hour + minute * Instant.minute + second * 1_000_000 + fraction
                - offset * Instant.minute)
    }
}
