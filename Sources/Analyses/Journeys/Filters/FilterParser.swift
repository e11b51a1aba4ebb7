internal import Experience

/// Recursive descent over the grammar in `JourneyFilter`.
struct FilterParser {
    private var tokens: FilterTokens
    private var depth = 0

    private static let openers = [
        "contained", "intersecting", "events", "started", "ended", "variant", "starts", "ends", "passes", "follows",
        "directly", "duration", "length", "attribute", "not",
    ]
    private static let maximumDepth = 200

    init(_ text: String) throws { tokens = try FilterTokens(text) }

    mutating func parse() throws -> JourneyFilter {
        let filter = try parseOr()
        try tokens.expectEnd(orOne: ["and", "or"])
        return filter
    }

    private mutating func parseOr() throws -> JourneyFilter {
        var filter = try parseAnd()
        while tokens.take(keyword: "or") { filter = .or(filter, try parseAnd()) }
        return filter
    }

    private mutating func parseAnd() throws -> JourneyFilter {
        var filter = try parseNot()
        while tokens.take(keyword: "and") { filter = .and(filter, try parseNot()) }
        return filter
    }

    private mutating func parseNot() throws -> JourneyFilter {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FilterParser.maximumDepth else {
            throw tokens.problem(at: tokens.current, expected: "fewer nested conditions")
        }
        if tokens.take(keyword: "not") { return .not(try parseNot()) }
        if tokens.take(sign: "(") {
            let filter = try parseOr()
            guard tokens.take(sign: ")") else {
                throw tokens.problem(
                    at: tokens.current, expected: "“)”, “and” or “or”", among: ["and", "or"])
            }
            return filter
        }
        return try parseCondition()
    }

    private mutating func parseCondition() throws -> JourneyFilter {
        let opener = tokens.current
        guard opener.kind == .word || opener.kind == .quoted else {
            throw tokens.problem(at: opener, expected: "a condition")
        }
        tokens.advance()
        guard opener.kind == .word else { return try parseAttribute(opener) }
        switch opener.text.lowercased() {
        case "contained":
            try tokens.expect(keyword: "in", among: ["in"])
            return .contained(try tokens.window())
        case "intersecting": return .intersecting(try tokens.window())
        case "events":
            try tokens.expect(keyword: "in", among: ["in"])
            return .eventIn(try tokens.window())
        case "started":
            try tokens.expect(keyword: "in", among: ["in"])
            return .startedIn(try tokens.window())
        case "ended":
            try tokens.expect(keyword: "in", among: ["in"])
            return .endedIn(try tokens.window())
        case "variant": return try parseVariant()
        case "starts":
            try tokens.expect(keyword: "with", among: ["with"])
            return .startsWith(try parseName("an activity"))
        case "ends":
            try tokens.expect(keyword: "with", among: ["with"])
            return .endsWith(try parseName("an activity"))
        case "passes":
            _ = tokens.take(keyword: "through")
            return .passes(try parseName("an activity"))
        case "follows": return try parseFollows(isDirect: false)
        case "directly":
            try tokens.expect(keyword: "follows", among: ["follows"])
            return try parseFollows(isDirect: true)
        case "duration":
            return .duration(try parseBound { try $0.duration() })
        case "length":
            return .length(try parseBound { Int64(try $0.wholeNumber()) })
        case "attribute": return try parseAttribute(try tokens.word(expecting: "an attribute", among: []))
        default: return try parseAttribute(opener)
        }
    }

    private mutating func parseName(_ what: String) throws -> JourneyFilter.Name {
        let token = try tokens.word(expecting: what, among: [])
        return JourneyFilter.Name(text: token.text, offset: token.offset, length: token.length)
    }

    private mutating func parseVariant() throws -> JourneyFilter {
        if tokens.take(keyword: "top") {
            let token = tokens.current
            let count = try tokens.wholeNumber()
            guard count >= 1 else { throw tokens.problem(at: token, expected: "a whole number from 1") }
            return .variantRank(1...count)
        }
        try tokens.expect(keyword: "rank", among: ["top", "rank"])
        let token = tokens.current
        let first = try tokens.wholeNumber()
        let last = tokens.take(sign: "..") ? try tokens.wholeNumber() : first
        guard first >= 1, last >= first else { throw tokens.problem(at: token, expected: "ranks from 1, ascending") }
        return .variantRank(first...last)
    }

    private mutating func parseFollows(isDirect: Bool) throws -> JourneyFilter {
        try tokens.expect("(")
        let first = try parseName("an activity")
        try tokens.expect(",")
        let second = try parseName("an activity")
        try tokens.expect(")")
        let limit = tokens.take(keyword: "within") ? try tokens.duration() : nil
        return .follows(first, second, isDirect: isDirect, within: limit)
    }

    private mutating func parseBound(
        _ read: (inout FilterTokens) throws -> Int64
    ) throws -> JourneyFilter.Bound<Int64> {
        let start = tokens.current
        for sign in ["<=", ">=", "<", ">", "="] where tokens.take(sign: sign) {
            let value = try read(&tokens)
            switch sign {
            case "<=": return .init(lower: nil, upper: value)
            case ">=": return .init(lower: value, upper: nil)
            case "<":
                guard value > 0 else { throw tokens.problem(at: start, expected: "more than 0 after “<”") }
                return .init(lower: nil, upper: value - 1)
            case ">": return .init(lower: value == .max ? value : value + 1, upper: nil)
            default: return .init(lower: value, upper: value)
            }
        }
        guard start.kind == .word else {
            throw tokens.problem(at: start, expected: "“<”, “<=”, “>”, “>=”, “=” or a range")
        }
        let lower = try read(&tokens)
        try tokens.expect("..")
        let upper = try read(&tokens)
        guard lower <= upper else { throw tokens.problem(at: start, expected: "a range that ascends") }
        return .init(lower: lower, upper: upper)
    }

    private mutating func parseAttribute(_ token: FilterTokens.Token) throws -> JourneyFilter {
        let name = JourneyFilter.Name(text: token.text, offset: token.offset, length: token.length)
        if tokens.take(sign: "=") {
            return .attribute(name, values: [try parseName("a value").text], isNegated: false)
        }
        if tokens.take(sign: "!=") {
            return .attribute(name, values: [try parseName("a value").text], isNegated: true)
        }
        if tokens.take(keyword: "exists") { return .exists(name) }
        let isNegated = tokens.isKeyword("not")
        if isNegated { tokens.advance() }
        if tokens.take(keyword: "in") {
            try tokens.expect("(")
            var values = [try parseName("a value").text]
            while tokens.take(sign: ",") { values.append(try parseName("a value").text) }
            guard tokens.take(sign: ")") else {
                throw tokens.problem(at: tokens.current, expected: "“,” or “)”")
            }
            return .attribute(name, values: values, isNegated: isNegated)
        }
        // Nothing that compares: the first word was more likely meant to open a condition.
        let near = nearestName(to: token.text, in: FilterParser.openers)
        if token.kind == .word, let near {
            throw FilterError(
                text: tokens.text, offset: token.offset, length: token.length, expected: "a condition",
                found: token.text, nearest: near)
        }
        throw tokens.problem(
            at: tokens.current, expected: "“=”, “!=”, “in”, “not in” or “exists” after “\(token.text)”",
            among: ["in", "not", "exists"])
    }
}
