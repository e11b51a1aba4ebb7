/// A set of cells, readable along rows and along columns in words of 64.
struct TableBits {
    private var byRow: [UInt64]
    private var byColumn: [UInt64]
    let wordsOfRow: Int
    let wordsOfColumn: Int

    init(rows: Int, columns: Int) {
        wordsOfRow = (columns + 63) / 64
        wordsOfColumn = (rows + 63) / 64
        byRow = Array(repeating: 0, count: rows * wordsOfRow)
        byColumn = Array(repeating: 0, count: columns * wordsOfColumn)
    }

    /// All bits of 0..<count.
    static func full(_ count: Int) -> [UInt64] {
        var words = [UInt64](repeating: .max, count: (count + 63) / 64)
        if !count.isMultiple(of: 64) { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
        return words
    }

    func row(_ row: Int, _ word: Int) -> UInt64 { byRow[row * wordsOfRow + word] }
    func column(_ column: Int, _ word: Int) -> UInt64 { byColumn[column * wordsOfColumn + word] }

    subscript(row: Int, column: Int) -> Bool {
        byRow[row * wordsOfRow + column / 64] >> UInt64(column % 64) & 1 == 1
    }

    mutating func set(_ row: Int, _ column: Int, _ isMember: Bool) {
        let rowBit: UInt64 = 1 << UInt64(column % 64)
        let columnBit: UInt64 = 1 << UInt64(row % 64)
        let inRow = row * wordsOfRow + column / 64
        let inColumn = column * wordsOfColumn + row / 64
        if isMember {
            byRow[inRow] |= rowBit
            byColumn[inColumn] |= columnBit
        } else {
            byRow[inRow] &= ~rowBit
            byColumn[inColumn] &= ~columnBit
        }
    }
}
