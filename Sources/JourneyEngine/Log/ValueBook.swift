/// The texts of one attribute by code; code 0 is "absent", so texts are numbered from 1.
struct ValueBook: Sendable {
    var texts: TextBook

    init(table: TextTable) { texts = TextBook(table) }

    /// Texts, which is one less than codes.
    var count: Int { texts.count }

    subscript(code: Int) -> String { texts[code - 1] }

    func code(of text: String) -> Int? { texts.index(of: text).map { $0 + 1 } }
}
