/// Rows of tab-separated text as ClickHouse writes it: `\t`, `\n`, `\\` and so on escaped, arrays as `['a','b']`.
package struct TabRows: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads every row in order.
    package func forEach(_ body: (borrowing TabRow) throws(AnalyticsError) -> Void) throws(AnalyticsError) {
        var at = 0
        var cells: [Range<Int>] = []
        while at < bytes.count {
            cells.removeAll(keepingCapacity: true)
            var from = at
            while at < bytes.count, bytes[at] != 0x0A {
                if bytes[at] == 0x09 {
                    cells.append(from..<at)
                    from = at + 1
                }
                at += 1
            }
            cells.append(from..<at)
            at += 1
            try body(TabRow(bytes: bytes, cells: cells))
        }
    }

    package func map<T>(_ read: (borrowing TabRow) throws(AnalyticsError) -> T) throws(AnalyticsError) -> [T] {
        var found: [T] = []
        try forEach { (row) throws(AnalyticsError) in found.append(try read(row)) }
        return found
    }

    package func first<T>(_ read: (borrowing TabRow) throws(AnalyticsError) -> T) throws(AnalyticsError) -> T? {
        try map(read).first
    }
}

/// One row. A cell that is not there, or not what it should be, is an error.
package struct TabRow {
    let bytes: [UInt8]
    let cells: [Range<Int>]

    package func integer(_ cell: Int) throws(AnalyticsError) -> Int64 {
        let text = try slice(cell)
        var at = text.startIndex
        let isNegative = at < text.endIndex && text[at] == 0x2D
        if isNegative { at += 1 }
        guard at < text.endIndex else { throw .unreadable("a number is missing") }
        var value: Int64 = 0
        while at < text.endIndex {
            guard (0x30...0x39).contains(text[at]) else { throw .unreadable("a number was expected") }
            let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(text[at] - 0x30)
            let (sum, overToo) =
                isNegative ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
            guard !over, !overToo else { throw .unreadable("a number is too large") }
            value = sum
            at += 1
        }
        return value
    }

    /// A count that fits an `Int` and is not negative.
    package func count(_ cell: Int) throws(AnalyticsError) -> Int {
        let value = try integer(cell)
        guard value >= 0 else { throw .unreadable("a count is negative") }
        return Int(value)
    }

    package func unsigned(_ cell: Int) throws(AnalyticsError) -> UInt64 {
        guard let value = UInt64(String(decoding: try slice(cell), as: UTF8.self)) else {
            throw .unreadable("a number was expected")
        }
        return value
    }

    package func real(_ cell: Int) throws(AnalyticsError) -> Double {
        guard let value = Double(String(decoding: try slice(cell), as: UTF8.self)) else {
            throw .unreadable("a number was expected")
        }
        return value
    }

    package func text(_ cell: Int) throws(AnalyticsError) -> String {
        var at = try slice(cell).startIndex
        let end = cells[cell].upperBound
        return TabRow.plain(bytes, &at, until: { at, byte in at >= end || byte == 0x09 || byte == 0x0A })
    }

    /// An array of unsigned numbers: `[1,2,3]`.
    package func numbers(_ cell: Int) throws(AnalyticsError) -> [Int] {
        let text = try slice(cell)
        guard text.count >= 2, text.first == 0x5B, text.last == 0x5D else { throw .unreadable("an array was expected") }
        var found: [Int] = []
        var value = 0
        var digits = 0
        for byte in text.dropFirst() {
            switch byte {
            case 0x30...0x39 where digits < 18:
                value = value * 10 + Int(byte - 0x30)
                digits += 1
            case 0x2C, 0x5D:
                if digits > 0 { found.append(value) }
                (value, digits) = (0, 0)
            default: throw .unreadable("an array of numbers was expected")
            }
        }
        return found
    }

    private func slice(_ cell: Int) throws(AnalyticsError) -> ArraySlice<UInt8> {
        guard cells.indices.contains(cell) else { throw .unreadable("a row has \(cells.count) columns") }
        return bytes[cells[cell]]
    }

    private static func plain(_ bytes: [UInt8], _ at: inout Int, until isEnd: (Int, UInt8) -> Bool) -> String {
        var out: [UInt8] = []
        while at < bytes.count, !isEnd(at, bytes[at]) {
            guard bytes[at] == 0x5C, at + 1 < bytes.count else {
                out.append(bytes[at])
                at += 1
                continue
            }
            switch bytes[at + 1] {
            case 0x74: out.append(0x09)
            case 0x6E: out.append(0x0A)
            case 0x72: out.append(0x0D)
            case 0x30: out.append(0x00)
            case 0x62: out.append(0x08)
            case 0x66: out.append(0x0C)
            case let other: out.append(other)
            }
            at += 2
        }
        return String(decoding: out, as: UTF8.self)
    }
}
