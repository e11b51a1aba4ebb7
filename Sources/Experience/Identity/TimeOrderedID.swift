/// A 128-bit id whose text order is its time order (the layout of UUID version 7, RFC 9562): 48 bits of
/// milliseconds, then random bits. Made by the application, so that nodes need no counter in common.
package struct TimeOrderedID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package init(at instant: Instant, using random: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(max(0, instant.microseconds / 1000)) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | 0x7000 | random.next() & 0x0FFF
        low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// 32 lower-case hex digits, without hyphens.
    package var description: String {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return hex(high) + hex(low)
    }

    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let middle = text.index(text.startIndex, offsetBy: 16)
        guard let high = UInt64(text[..<middle], radix: 16), let low = UInt64(text[middle...], radix: 16) else {
            return nil
        }
        self.init(high: high, low: low)
    }

    package static func < (a: TimeOrderedID, b: TimeOrderedID) -> Bool {
        (a.high, a.low) < (b.high, b.low)
    }
}
