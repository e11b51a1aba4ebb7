import Foundation
import Testing

/// One `<method>.json`: `{method, default_tolerance, cases: [{id, input, expected, tolerance?}]}`.
struct FixtureFile: Sendable, CustomTestStringConvertible {
    let name: String
    let directory: URL

    var testDescription: String { name }

    static func all(in directory: URL?) -> [FixtureFile] {
        guard let directory,
            let entries = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
        else { return [] }
        return entries.filter { $0.hasSuffix(".json") }.sorted()
            .map { FixtureFile(name: String($0.dropLast(5)), directory: directory) }
    }

    func cases() throws -> [FixtureCase] {
        let document = try Self.document(named: name, in: directory)
        let defaultTolerance = document.optional("default_tolerance")
        return try document["cases"].array.map { entry in
            let resolver = ReferenceResolver(directory: directory, file: name)
            let (input, referenced) = try resolver.resolve(input: entry["input"])
            // Some files carry the form in the key's name (`expected_u64_strings`).
            let key = entry.keys.first { $0 == "expected" } ?? entry.keys.first { $0.hasPrefix("expected") }
            let expected = try entry[key ?? "expected"]
            return FixtureCase(
                id: try entry["id"].string, input: input, referenced: referenced, wanted: expected.keys,
                expected: expected, tolerance: try Tolerance(entry.optional("tolerance") ?? defaultTolerance))
        }
    }

    static func document(named name: String, in directory: URL) throws -> JSON {
        let url = directory.appendingPathComponent(name + ".json")
        return try JSON(parsing: [UInt8](Data(contentsOf: url)))
    }
}
