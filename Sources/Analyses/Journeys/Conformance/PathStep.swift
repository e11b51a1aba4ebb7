/// One step of a promised path: an activity and, where promised, how soon after the step before it.
///
/// Written `decide` or `"send letter" within 3 d`; a text that is not of that form is taken whole as the activity.
package struct PathStep: Sendable, Hashable {
    package var activity: String
    /// Microseconds from the step before (for the first step, from the start of the journey).
    package var within: Int64?

    package init(activity: String, within: Int64? = nil) {
        self.activity = activity
        self.within = within
    }

    /// - Throws: `FilterError` when a bound is begun and not well-formed, `JourneyProblem` for an empty step.
    package init(_ text: String) throws {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw JourneyProblem.badRule(text, reason: "a step needs a name")
        }
        guard let range = PathStep.bound(in: text) else {
            activity = PathStep.unquoted(text)
            return
        }
        activity = PathStep.unquoted(String(text[..<range]))
        var tokens = try FilterTokens(String(text[range...]))
        _ = tokens.take(keyword: "within")
        within = try tokens.duration()
        try tokens.expectEnd()
    }

    /// Where a last word "within" begins, outside quotation marks, with something before it.
    private static func bound(in text: String) -> String.Index? {
        guard let tokens = try? FilterTokens(text) else { return nil }
        var reader = tokens
        var found: Int?
        while !reader.isAtEnd {
            if reader.isKeyword("within"), reader.current.offset > 0 { found = reader.current.offset }
            reader.advance()
        }
        return found.map { text.unicodeScalars.index(text.unicodeScalars.startIndex, offsetBy: $0) }
    }

    private static func unquoted(_ text: String) -> String {
        let trimmed = text.unicodeScalars.drop { $0.properties.isWhitespace }.reversed()
            .drop { $0.properties.isWhitespace }
        var out = String.UnicodeScalarView()
        out.append(contentsOf: trimmed.reversed())
        let whole = String(out)
        guard whole.unicodeScalars.count >= 2, whole.hasPrefix("\""), whole.hasSuffix("\"") else { return whole }
        return String(whole.dropFirst().dropLast())
    }
}
