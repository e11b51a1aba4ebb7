/// Writes rows of tab-separated text for ClickHouse.
package struct TabWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var rows = 0
    private var isFresh = true

    package init() {}

    private mutating func gap() {
        if !isFresh { bytes.append(0x09) }
        isFresh = false
    }

    package mutating func add(_ value: Int64) {
        gap()
        guard value < 0 || value > 999_999_999 else {
            var rest = UInt32(truncatingIfNeeded: value)
            let start = bytes.count
            repeat {
                bytes.append(UInt8(truncatingIfNeeded: 0x30 + rest % 10))
                rest /= 10
            } while rest > 0
            bytes[start...].reverse()
            return
        }
        bytes.append(contentsOf: "\(value)".utf8)
    }

    package mutating func add(unsigned value: UInt64) {
        gap()
        bytes.append(contentsOf: "\(value)".utf8)
    }

    package mutating func add(_ value: Int) { add(Int64(value)) }

    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(utf8: $0) }
    }

    package mutating func add(utf8 text: UnsafeBufferPointer<UInt8>) {
        gap()
        escape(text)
    }

    /// `['a','b']`.
    package mutating func add(_ texts: [String]) {
        gap()
        bytes.append(0x5B)
        for (place, text) in texts.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            bytes.append(0x27)
            var text = text
            text.withUTF8 { escape($0) }
            bytes.append(0x27)
        }
        bytes.append(0x5D)
    }

    package mutating func endRow() {
        bytes.append(0x0A)
        rows += 1
        isFresh = true
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.contains(where: { $0 < 0x20 || $0 == 0x5C || $0 == 0x27 }) else {
            bytes.append(contentsOf: text)
            return
        }
        for byte in text {
            switch byte {
            case 0x09: bytes += [0x5C, 0x74]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0x0D: bytes += [0x5C, 0x72]
            case 0x00: bytes += [0x5C, 0x30]
            case 0x5C, 0x27: bytes += [0x5C, byte]
            default: bytes.append(byte)
            }
        }
    }
}
