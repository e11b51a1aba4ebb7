import Experience

/// A filter's words and signs, and reading them one after the other.
struct FilterTokens {
    struct Token: Hashable, Sendable {
        enum Kind: Hashable, Sendable { case word, quoted, sign, end }

        var kind: Kind
        var text: String
        var offset: Int
        var length: Int
    }

    let text: String
    private var tokens: [Token] = []
    private(set) var at = 0

    private static let signs = ["..", "<=", ">=", "!=", "(", ")", ",", "=", "<", ">"]

    /// - Throws: `FilterError` for a quotation that is not closed or a text over 20,000 characters.
    init(_ text: String) throws {
        self.text = text
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= 20_000 else {
            throw FilterError(text: "", offset: 0, length: 1, expected: "at most 20,000 characters", found: nil)
        }
        func sign(_ at: Int) -> String? {
            FilterTokens.signs.first { sign in
                let wanted = Array(sign.unicodeScalars)
                return at + wanted.count <= scalars.count && Array(scalars[at..<(at + wanted.count)]) == wanted
            }
        }
        var i = 0
        while i < scalars.count {
            if scalars[i].properties.isWhitespace {
                i += 1
            } else if scalars[i] == "\"" {
                let start = i
                var value = String.UnicodeScalarView()
                i += 1
                while i < scalars.count, scalars[i] != "\"" {
                    if scalars[i] == "\\", i + 1 < scalars.count { i += 1 }
                    value.append(scalars[i])
                    i += 1
                }
                guard i < scalars.count else {
                    throw FilterError(
                        text: text, offset: start, length: scalars.count - start,
                        expected: "a closing quotation mark", found: nil)
                }
                i += 1
                tokens.append(Token(kind: .quoted, text: String(value), offset: start, length: i - start))
            } else if let found = sign(i) {
                tokens.append(Token(kind: .sign, text: found, offset: i, length: found.unicodeScalars.count))
                i += found.unicodeScalars.count
            } else {
                let start = i
                while i < scalars.count, !scalars[i].properties.isWhitespace, scalars[i] != "\"", sign(i) == nil {
                    i += 1
                }
                var word = String.UnicodeScalarView()
                word.append(contentsOf: scalars[start..<i])
                tokens.append(Token(kind: .word, text: String(word), offset: start, length: i - start))
            }
        }
        tokens.append(Token(kind: .end, text: "", offset: scalars.count, length: 1))
    }

    var current: Token { tokens[min(at, tokens.count - 1)] }
    var isAtEnd: Bool { current.kind == .end }

    mutating func advance() { at = min(at + 1, tokens.count - 1) }

    func problem(at token: Token, expected: String, among words: [String] = []) -> FilterError {
        FilterError(
            text: text, offset: token.offset, length: token.length, expected: expected,
            found: token.kind == .end ? nil : token.text,
            nearest: token.kind == .end ? nil : nearestName(to: token.text, in: words))
    }

    func isKeyword(_ word: String) -> Bool { current.kind == .word && current.text.lowercased() == word }

    mutating func take(keyword word: String) -> Bool {
        guard isKeyword(word) else { return false }
        advance()
        return true
    }

    mutating func take(sign: String) -> Bool {
        guard current.kind == .sign, current.text == sign else { return false }
        advance()
        return true
    }

    mutating func expect(_ sign: String) throws {
        guard take(sign: sign) else { throw problem(at: current, expected: "“\(sign)”") }
    }

    mutating func expect(keyword word: String, among words: [String]) throws {
        guard take(keyword: word) else { throw problem(at: current, expected: listed(words), among: words) }
    }

    func listed(_ words: [String]) -> String { words.map { "“\($0)”" }.joined(separator: " or ") }

    /// A bare or quoted text.
    mutating func word(expecting what: String, among words: [String]) throws -> Token {
        guard current.kind == .word || current.kind == .quoted else {
            throw problem(at: current, expected: what, among: words)
        }
        defer { advance() }
        return current
    }

    func expectEnd(orOne words: [String] = []) throws {
        guard !isAtEnd else { return }
        throw problem(
            at: current, expected: words.isEmpty ? "the end" : listed(words) + " or the end", among: words)
    }

    mutating func number() throws -> (value: Double, token: Token) {
        let token = current
        guard token.kind == .word, let value = Double(token.text), value.isFinite, value >= 0 else {
            throw problem(at: token, expected: "a number")
        }
        advance()
        return (value, token)
    }

    mutating func wholeNumber() throws -> Int {
        let token = current
        guard token.kind == .word, let value = Int(token.text), value >= 0 else {
            throw problem(at: token, expected: "a whole number")
        }
        advance()
        return value
    }

    private static let units: [(names: [String], microseconds: Double)] = [
        (["ms"], 1e3), (["s", "sec", "second", "seconds"], 1e6), (["min", "minute", "minutes"], 6e7),
        (["h", "hour", "hours"], 3.6e9), (["d", "day", "days"], 8.64e10), (["w", "week", "weeks"], 6.048e11),
    ]
    static let unitWords = ["ms", "s", "min", "h", "d", "w"]

    /// "3 d", "3d", "1.5 h": microseconds.
    mutating func duration() throws -> Int64 {
        let token = current
        guard token.kind == .word else { throw problem(at: token, expected: "a length of time such as 3 d") }
        let digits = token.text.prefix { $0.isNumber || $0 == "." }
        guard let value = Double(digits), value.isFinite else {
            throw problem(at: token, expected: "a length of time such as 3 d")
        }
        advance()
        var unitToken = token
        var unit = String(token.text.dropFirst(digits.count)).lowercased()
        if unit.isEmpty {
            unitToken = current
            unit = current.kind == .word ? current.text.lowercased() : ""
            guard FilterTokens.units.contains(where: { $0.names.contains(unit) }) else {
                throw problem(at: unitToken, expected: "a unit (ms, s, min, h, d or w)", among: FilterTokens.unitWords)
            }
            advance()
        }
        guard let factor = FilterTokens.units.first(where: { $0.names.contains(unit) })?.microseconds else {
            throw problem(at: unitToken, expected: "a unit (ms, s, min, h, d or w)", among: FilterTokens.unitWords)
        }
        let product = (value * factor).rounded()
        guard product < 9e18 else { throw problem(at: token, expected: "a shorter time") }
        return Int64(product)
    }

    /// A day (UTC; its end when `isUpper`) or a moment with its zone: microseconds since 1970 UTC.
    mutating func moment(isUpper: Bool) throws -> Int64 {
        let token = try word(expecting: "a day such as 2026-04-14 or a moment such as 2026-04-14T09:00:00Z", among: [])
        if let day = CivilDate(token.text) {
            return isUpper ? day.adding(days: 1).startUTC.microseconds - 1 : day.startUTC.microseconds
        }
        guard let instant = Instant(rfc3339: token.text) else {
            throw problem(
                at: token, expected: "a day such as 2026-04-14 or a moment such as 2026-04-14T09:00:00Z")
        }
        return instant.microseconds
    }

    mutating func window() throws -> ClosedRange<Int64> {
        let start = current
        let lower = try moment(isUpper: false)
        try expect("..")
        let upper = try moment(isUpper: true)
        guard lower <= upper else { throw problem(at: start, expected: "a window that does not end before it begins") }
        return lower...upper
    }
}
