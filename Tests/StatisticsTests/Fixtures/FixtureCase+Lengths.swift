/// For fixtures that show the first so many draws of a stream without saying how many in the input.
extension FixtureCase {
    var longestExpectedList: Int {
        expected.keys.compactMap { key in try? expected[key].array.count }.max() ?? 0
    }

    /// The answer with every list cut to the number of entries the fixture shows (it is not padded).
    func cutToExpectedLengths(_ answer: JSONObject) -> JSON {
        var result = answer
        for key in answer.keys {
            guard let shown = try? expected[key].array.count, case .array(let values)? = answer[key] else { continue }
            result[key] = .array(Array(values.prefix(shown)))
        }
        return .object(result)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
