/// The first rows of a table as values, from which its delimiter, its columns' roles and its time format are told.
struct CSVSample {
    static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
    static let rowLimit = 2000

    var columns: [String] = []
    var rows: [[String]] = []

    /// - Parameter head: the first bytes of the file; the last line may be cut.
    init(head: [UInt8], isWhole: Bool, delimiter: UInt8, hasHeader: Bool) throws(FormatError) {
        var table = try CSVTokenizer(MemorySource(head), delimiter: delimiter)
        var records: [[String]] = []
        while records.count <= Self.rowLimit, try table.next() {
            guard table.fault == .none else { continue }
            var record: [String] = []
            for index in 0..<table.fieldCount { record.append(table.field(index).text) }
            records.append(record)
        }
        if !isWhole, records.count > 1, records.count <= Self.rowLimit { records.removeLast() }
        guard let first = records.first else { return }
        if hasHeader {
            columns = first.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
            records.removeFirst()
        } else {
            columns = first.indices.map { "column \($0 + 1)" }
        }
        rows = records
    }

    /// The delimiter that splits the first rows into the same number of columns, at least two, most often; of several the
    /// one that makes most columns.
    static func guessDelimiter(head: [UInt8], isWhole: Bool) throws(FormatError) -> UInt8? {
        var best: (score: Double, delimiter: UInt8)?
        for delimiter in delimiters {
            let sample = try CSVSample(
                head: Array(head.prefix(1 << 16)), isWhole: isWhole, delimiter: delimiter, hasHeader: true)
            let width = sample.columns.count
            guard width >= 2 else { continue }
            let same = sample.rows.count { $0.count == width }
            let share = sample.rows.isEmpty ? 0.5 : Double(same) / Double(sample.rows.count)
            let score = share * 100 + Double(min(width, 50)) / 100
            if score > best?.score ?? 0 { best = (score, delimiter) }
        }
        return best?.delimiter
    }

    /// Values of a column by row, nil where the row is too short.
    func values(_ column: Int) -> [String] { rows.compactMap { column < $0.count ? $0[column] : nil } }
}
