#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Eight bytes as one number, the first in the low bits whatever the machine's order.
@inline(__always)
func load8(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}

/// Bit 7 of each byte of the result is set where that byte of `word` equals the byte repeated in `pattern`
/// (exact up to and including the first match, which is what a search needs).
@inline(__always)
func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
}

/// `byte` in all eight places.
@inline(__always)
func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Index of the first `byte` in `start[from..<end]`, or nil.
@inline(__always)
func find(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int? {
    guard from < end, let hit = memchr(start + from, Int32(byte), end - from) else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(start)
}

@inline(__always)
func equalBytes(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    memcmp(a, b, count) == 0
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes without spaces, tabs and line ends at either end.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var low = 0
        var high = count
        while low < high, self[low] <= 0x20 { low += 1 }
        while high > low, self[high - 1] <= 0x20 { high -= 1 }
        return UnsafeBufferPointer(rebasing: self[low..<high])
    }

    var text: String { String(decoding: self, as: UTF8.self) }

    func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        guard let baseAddress else { return count == 0 }
        return equalBytes(baseAddress, text.utf8Start, count)
    }
}

/// `body` on the bytes of `text`.
func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var text = text
    return text.withUTF8(body)
}

/// Whether the bytes are well-formed UTF-8; on the common all-ASCII text eight bytes at a time.
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var index = 0
    while index + 8 <= bytes.count {
        guard load8(base + index) & 0x8080_8080_8080_8080 == 0 else { return isUTF8Slow(bytes, from: index) }
        index += 8
    }
    return isUTF8Slow(bytes, from: index)
}

private func isUTF8Slow(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var index = start
    while index < bytes.count {
        let first = bytes[index]
        if first < 0x80 {
            index += 1
            continue
        }
        let length: Int
        let low: UInt8
        let high: UInt8
        // Unicode 15, table 3-7: the well-formed sequences.
        switch first {
        case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
        case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, low, high) = (3, 0x80, 0xBF)
        case 0xED: (length, low, high) = (3, 0x80, 0x9F)
        case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
        case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
        case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
        default: return false
        }
        guard index + length <= bytes.count, (low...high).contains(bytes[index + 1]) else { return false }
        for next in 2..<max(2, length) where bytes[index + next] & 0xC0 != 0x80 { return false }
        index += length
    }
    return true
}
