/// Collects evidence about how the times of a column are written, row by row, and then decides.
///
/// Only a row whose day is past 12 tells day-first from month-first, so the evidence must be gathered over the whole
/// column where a sample does not settle it.
struct TimeFormatGuess {
    private(set) var rows = 0
    private(set) var unambiguous = 0
    private(set) var numeric = 0
    private(set) var dayFirst = 0
    private(set) var monthFirst = 0
    private var epochDigits: [Int: Int] = [:]
    private(set) var neither: String?
    private(set) var example: String?

    init() {}

    mutating func observe(_ bytes: UnsafeBufferPointer<UInt8>) {
        let bytes = bytes.trimmed
        guard !bytes.isEmpty else { return }
        rows += 1
        var iso = TimeReader(.iso8601)
        if iso.microseconds(bytes) != nil {
            unambiguous += 1
            return
        }
        var dayReader = TimeReader(.dayFirst)
        var monthReader = TimeReader(.monthFirst)
        switch (dayReader.microseconds(bytes) != nil, monthReader.microseconds(bytes) != nil) {
        case (true, true): numeric += 1
        case (true, false): dayFirst += 1
        case (false, true): monthFirst += 1
        case (false, false):
            let digits = bytes.prefix { $0 &- 48 < 10 }.count
            if (9...16).contains(digits), digits == bytes.count || bytes[digits] == 0x2E {
                epochDigits[digits, default: 0] += 1
            } else if neither == nil {
                neither = bytes.prefix(60).map { UnicodeScalar($0) }.reduce(into: "") { $0.unicodeScalars.append($1) }
            }
            return
        }
        if example == nil { example = bytes.text }
    }

    /// Share of the rows that are times in some format.
    var readable: Double {
        guard rows > 0 else { return 0 }
        return Double(unambiguous + numeric + dayFirst + monthFirst + epochDigits.values.reduce(0, +)) / Double(rows)
    }

    /// Whether more rows could still settle it.
    var isOpen: Bool { numeric > 0 && dayFirst == 0 && monthFirst == 0 }

    /// The one format that reads most of the rows, or nil where none does or two do equally.
    var decision: TimeFormat? {
        let epoch = epochDigits.values.reduce(0, +)
        let ordered = numeric + dayFirst + monthFirst
        if rows == 0 { return nil }
        if unambiguous >= max(epoch, ordered), unambiguous > 0 { return .iso8601 }
        if epoch > ordered {
            let digits = epochDigits.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 10
            return digits <= 11 ? .epochSeconds : digits <= 13 ? .epochMilliseconds : .epochMicroseconds
        }
        if dayFirst > 0, monthFirst == 0 { return .dayFirst }
        if monthFirst > 0, dayFirst == 0 { return .monthFirst }
        return nil
    }
}
