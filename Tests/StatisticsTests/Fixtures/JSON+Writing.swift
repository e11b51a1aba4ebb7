/// How an adapter turns results into the expected shape. A Swift `Int` is compared exactly, a `Double` with the
/// tolerance, and `nil` is the fixture's `null`.
extension JSON {
    static func of(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
    static func of(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
    static func of(_ value: Bool?) -> JSON { value.map(JSON.bool) ?? .null }
    static func of(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    static func of(_ values: [Double]) -> JSON { .array(values.map(JSON.number)) }
    static func of(_ values: [Double?]) -> JSON { .array(values.map { JSON.of($0) }) }
    static func of(_ values: [Int]) -> JSON { .array(values.map(JSON.integer)) }
    static func of(_ values: [Int?]) -> JSON { .array(values.map { JSON.of($0) }) }
    static func of(_ values: [Bool]) -> JSON { .array(values.map(JSON.bool)) }
    static func of(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }
    static func of(_ rows: [[Double]]) -> JSON { .array(rows.map { JSON.of($0) }) }
    static func of(_ rows: [[Int]]) -> JSON { .array(rows.map { JSON.of($0) }) }
    static func of(_ rows: [[String]]) -> JSON { .array(rows.map { JSON.of($0) }) }
}
