/// Texts numbered in order of first appearance, that grows without copying what it holds.
///
/// Texts are kept in tables, older and larger ones first. A table is joined with the one before it once it is at least
/// half as large, so there are few of them and adding k texts costs in proportion to k over time.
struct TextBook: Sendable {
    private(set) var tables: [TextTable]
    private var starts: [Int]
    private(set) var count: Int

    init(_ table: TextTable) {
        tables = [table]
        starts = [0]
        count = table.count
    }

    private func table(of number: Int) -> Int {
        var table = tables.count - 1
        while table > 0, starts[table] > number { table -= 1 }
        return table
    }

    func withBytes(_ number: Int) -> UnsafeBufferPointer<UInt8> {
        let table = table(of: number)
        return tables[table].withBytes(number - starts[table])
    }

    subscript(number: Int) -> String { String(decoding: withBytes(number), as: UTF8.self) }

    func index(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        for (table, start) in zip(tables, starts).reversed() {
            if let index = table.index(of: text) { return start + index }
        }
        return nil
    }

    func index(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { index(of: $0) }
    }

    func texts() -> [String] { tables.flatMap { $0.texts() } }

    /// Numbers the texts of a table as they are here, adding those that are new.
    mutating func numbers(adding table: TextTable) -> [UInt32] {
        var added = TextTableBuilder()
        var numbers: [UInt32] = []
        numbers.reserveCapacity(table.count)
        for index in 0..<table.count {
            let text = table.withBytes(index)
            let number = self.index(of: text) ?? count + Int(added.code(text))
            numbers.append(UInt32(truncatingIfNeeded: number))
        }
        guard added.count > 0 else { return numbers }
        let frozen = added.freeze()
        starts.append(count)
        tables.append(frozen)
        count += frozen.count
        while tables.count > 1, tables[tables.count - 1].count * 2 >= tables[tables.count - 2].count { joinLastTwo() }
        return numbers
    }

    private mutating func joinLastTwo() {
        let last = tables.removeLast()
        starts.removeLast()
        var joined = TextTableBuilder()
        for table in [tables[tables.count - 1], last] {
            for index in 0..<table.count { _ = joined.code(table.withBytes(index)) }
        }
        tables[tables.count - 1] = joined.freeze()
    }

    /// One table with every text under its number.
    func flattened() -> TextTable {
        if tables.count == 1 { return tables[0] }
        var joined = TextTableBuilder()
        for number in 0..<count { _ = joined.code(withBytes(number)) }
        return joined.freeze()
    }
}
