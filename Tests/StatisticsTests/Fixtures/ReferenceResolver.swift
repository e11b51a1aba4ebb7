import Foundation

/// Follows inputs that point at another case: “same as ID” (same file) and “FILE.json case ID”.
///
/// The value is the other case's input of the same key; if it has none, of the one key that begins with this key
/// (`rows` finds `rows_supplier_product_days`); otherwise its whole input. A text that looks like a reference but
/// names no case stays a text.
struct ReferenceResolver {
    let directory: URL
    let file: String

    func resolve(input: JSON, depth: Int = 0) throws -> (input: JSON, referenced: [String: JSON]) {
        guard depth < 8 else { throw FixtureError("references of \(file) go round in a circle") }
        if case .string(let text) = input, let target = try find(text, depth: depth) { return (target, ["": target]) }
        guard case .object(let object) = input else { return (input, [:]) }
        var resolved = JSONObject()
        var referenced: [String: JSON] = [:]
        for key in object.keys {
            guard let value = object[key] else { continue }
            if case .string(let text) = value, let target = try find(text, depth: depth) {
                referenced[key] = target
                resolved[key] = Self.part(of: target, named: key)
            } else {
                resolved[key] = value
            }
        }
        return (.object(resolved), referenced)
    }

    private static func part(of target: JSON, named key: String) -> JSON {
        if let same = target.optional(key) { return same }
        let longer = target.keys.filter { $0.hasPrefix(key + "_") }
        if longer.count == 1, let found = target.optional(longer[0]) { return found }
        return target
    }

    /// The input of the case `text` refers to, nil when it refers to none.
    private func find(_ text: String, depth: Int) throws -> JSON? {
        var words = text
        if words.hasPrefix("same as ") {
            words.removeFirst("same as ".count)
        } else if !words.contains(".json case ") {
            return nil
        }
        var otherFile = file
        if let range = words.range(of: ".json case ") {
            otherFile = String(words[..<range.lowerBound])
            words = String(words[range.upperBound...])
        }
        guard let document = try? FixtureFile.document(named: otherFile, in: directory) else { return nil }
        for entry in try document["cases"].array where entry.optional("id") == .string(words) {
            let resolver = ReferenceResolver(directory: directory, file: otherFile)
            return try resolver.resolve(input: entry["input"], depth: depth + 1).input
        }
        return nil
    }
}
