/// Activity names: by the code the columns hold, and by the index everyone else uses, the name's place in UTF-8 order.
///
/// Codes are given in order of first appearance, so that appending a new activity changes no column; indices do not
/// depend on the order of the input.
final class ActivityBook: Sendable {
    let texts: TextBook
    /// Names by index.
    let names: [String]
    let indexOfCode: [UInt32]
    let codeOfIndex: [UInt32]

    var count: Int { names.count }

    init(_ texts: TextBook) {
        self.texts = texts
        let byCode = texts.texts()
        let order = byCode.indices.sorted { precedes(byCode[$0], byCode[$1]) }
        names = order.map { byCode[$0] }
        codeOfIndex = order.map { UInt32($0) }
        var indices = [UInt32](repeating: 0, count: order.count)
        for (index, code) in order.enumerated() { indices[code] = UInt32(index) }
        indexOfCode = indices
    }

    func code(of name: String) -> Int? { texts.index(of: name) }
}

/// UTF-8 byte order, which is the order of Unicode scalars. `String`'s own `<` normalises, and would take two ids for
/// one.
@inline(__always)
func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

@inline(__always)
func sameText(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
