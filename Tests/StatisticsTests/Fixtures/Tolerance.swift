/// How far a value may be from the expected one: `|got - expected| <= abs + rel * |expected|`; a missing part is 0.
struct Tolerance: Sendable, Equatable {
    var abs: Double = 0
    var rel: Double = 0

    init(_ json: JSON?) throws {
        guard let json else { return }
        abs = try json.optional("abs")?.double ?? 0
        rel = try json.optional("rel")?.double ?? 0
    }

    func allows(_ got: Double, for expected: Double) -> Bool {
        if got == expected { return true }
        if got.isNaN || expected.isNaN { return got.isNaN && expected.isNaN }
        let difference: Double = Swift.abs(got - expected)
        let allowed: Double = abs + rel * Swift.abs(expected)
        return difference <= allowed
    }
}
