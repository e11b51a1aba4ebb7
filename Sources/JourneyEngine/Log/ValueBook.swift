/// The texts of one attribute by code - 1; code 0 is "absent".
struct ValueBook: Sendable {
    var table: TextTable
    /// Texts a tail added after the table was frozen.
    var added: [String] = []

    var count: Int { table.count + added.count }

    subscript(code: Int) -> String {
        code <= table.count ? table[code - 1] : added[code - 1 - table.count]
    }

    func code(of text: String) -> Int? {
        if let index = table.index(of: text) { return index + 1 }
        return added.firstIndex { sameText($0, text) }.map { $0 + 1 + table.count }
    }
}
