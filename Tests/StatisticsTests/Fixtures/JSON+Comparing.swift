extension JSON {
    /// What in `got` is not as expected, each with the path to it. Keys that `got` has on top are information; a key
    /// that it lacks is a failure. An integer the adapter gave as an integer is exact; a real has the tolerance.
    static func differences(expected: JSON, got: JSON?, path: String, _ tolerance: Tolerance) -> [String] {
        guard let got else { return ["\(path): the adapter gives nothing, expected \(expected)"] }
        switch (expected, got) {
        case (.object(let want), .object(let have)):
            return want.keys.flatMap { key in
                differences(expected: want[key] ?? .null, got: have[key], path: "\(path).\(key)", tolerance)
            }
        case (.array(let want), .array(let have)):
            guard want.count == have.count else {
                return ["\(path): \(have.count) entries, expected \(want.count)"]
            }
            return want.indices.flatMap { index in
                differences(expected: want[index], got: have[index], path: "\(path)[\(index)]", tolerance)
            }
        case (.integer(let want), .integer(let have)):
            return want == have ? [] : ["\(path): \(have), expected exactly \(want)"]
        case (.integer, .number), (.number, .integer), (.number, .number):
            guard let want = try? expected.double, let have = try? got.double else { return ["\(path): no number"] }
            return tolerance.allows(have, for: want) ? [] : ["\(path): \(have), expected \(want)"]
        default:
            return expected == got ? [] : ["\(path): \(got), expected \(expected)"]
        }
    }
}
