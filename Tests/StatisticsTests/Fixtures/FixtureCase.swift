/// One case of a fixture file, its references to other cases already followed.
struct FixtureCase: Sendable {
    let id: String
    /// Inputs; “same as other_case” and “file.json case other_case” are replaced by what they point at.
    let input: JSON
    /// The whole input of the case a key's value pointed at, by key: for inputs the case leaves unsaid.
    let referenced: [String: JSON]
    /// Names of the expected results (never their values): some fixtures put a parameter into a name (`pmf_0_to_7`).
    let wanted: [String]
    let expected: JSON
    let tolerance: Tolerance

    /// The input at `key`, or at `key` of any case this one refers to.
    func inputOrReferenced(_ key: String) throws -> JSON {
        if let own = input.optional(key) { return own }
        for value in referenced.values {
            if let found = value.optional(key) { return found }
        }
        return try input[key]
    }
}
