/// Rows left out: all counted, the first kept.
struct RejectionList: Sendable {
    private(set) var count = 0
    private(set) var rows: [RejectedRow] = []
    private let kept: Int

    init(kept: Int = 1000) { self.kept = max(1, kept) }

    /// Adds those of a part of the file that starts `lines` lines further down.
    mutating func add(_ part: RejectionList, lines: Int) {
        for var row in part.rows where rows.count < kept {
            row.line += lines
            rows.append(row)
        }
        count += part.count
    }

    mutating func add(_ row: RejectedRow) {
        count += 1
        if rows.count < kept { rows.append(row) }
    }
}

extension RejectedRow {
    /// With the start of the row as written; bytes that are no UTF-8 show as U+FFFD.
    init(line: Int, reason: String, row: UnsafeBufferPointer<UInt8>) {
        let cut = row.prefix(RejectedRow.excerptLimit)
        var text = String(decoding: cut, as: UTF8.self)
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
        self.init(line: line, reason: reason, excerpt: text)
    }
}
