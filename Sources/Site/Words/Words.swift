package import Experience

/// The site's own texts in one language. A key that is missing shows itself, and fails a test.
package struct Words: Sendable {
    package let language: Language
    let table: [String: String]

    package init(language: Language, table: [String: String]) {
        self.language = language
        self.table = table
    }

    package subscript(key: String) -> String { table[key] ?? "⟦\(key)⟧" }

    /// The text with its `{name}` places filled.
    package subscript(key: String, places: KeyValuePairs<String, String>) -> String {
        var text = self[key]
        for (name, value) in places { text = text.replacingPlace(name, value) }
        return text
    }

    /// `key_one` when the count is one, else `key_other`, with `{n}` filled.
    package func counted(_ key: String, _ count: Int, _ places: KeyValuePairs<String, String> = [:]) -> String {
        var text = self[count == 1 ? "\(key)_one" : "\(key)_other"]
        text = text.replacingPlace("n", NumberText.whole(count))
        for (name, value) in places { text = text.replacingPlace(name, value) }
        return text
    }

    /// The title of a page; one that tells of a mistake says so first, where a screen reader begins.
    func title(_ plain: String, hasProblem: Bool) -> String {
        hasProblem ? "\(self["problem_title_prefix"]) \(plain)" : plain
    }

    package func has(_ key: String) -> Bool { table[key] != nil }
}

extension String {
    /// Replaces `{name}`; no search in what was filled in before is needed, as values never hold places of ours.
    fileprivate func replacingPlace(_ name: String, _ value: String) -> String {
        let place = "{\(name)}"
        var result = ""
        var rest = Substring(self)
        while let found = rest.firstRange(of: place) {
            result += rest[..<found.lowerBound]
            result += value
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}
