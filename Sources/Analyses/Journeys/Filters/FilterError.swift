/// What is wrong in a filter or rule, where, and what would have been right.
package struct FilterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The whole text as it was given.
    package var text: String
    /// First character that is wrong, counted in Unicode scalars from 0; `text`'s length when it ends too soon.
    package var offset: Int
    /// Scalars that are wrong, at least 1.
    package var length: Int
    package var expected: String
    /// What stands there; nil at the end.
    package var found: String?
    /// A valid word that looks like what was found.
    package var nearest: String?

    /// Two lines with a caret under the first wrong character, after one sentence.
    package var description: String {
        let what = found.map { "found “\($0)”" } ?? "the text ends"
        let hint = nearest.map { "; did you mean “\($0)”?" } ?? ""
        let line = text.unicodeScalars.map { $0 == "\n" || $0 == "\t" ? " " : Character($0) }
        let caret =
            String(repeating: " ", count: min(offset, line.count))
            + String(repeating: "^", count: max(1, min(length, max(1, line.count - offset))))
        return "At character \(offset + 1): expected \(expected), \(what)\(hint)\n  \(String(line))\n  \(caret)"
    }
}
