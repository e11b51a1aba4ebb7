internal import Experience
internal import Yams

/// Walks a YAML tree and gathers every finding instead of stopping at the first: whoever edits a definition
/// should see all that is wrong in one go.
struct DefinitionReader {
    let file: String
    var findings: [ServiceFinding] = []

    /// A node with the way that led to it.
    struct Place {
        let node: Node
        let path: String

        func key(_ name: String, _ node: Node) -> Place {
            Place(node: node, path: path.isEmpty ? name : "\(path).\(name)")
        }

        func item(_ index: Int, _ node: Node) -> Place { Place(node: node, path: "\(path)[\(index)]") }
    }

    mutating func report(_ place: Place, _ message: String, _ severity: ServiceFinding.Severity = .error) {
        findings.append(
            ServiceFinding(
                severity: severity, file: file, line: place.node.mark?.line ?? 0, column: place.node.mark?.column ?? 0,
                path: place.path, message: message))
    }

    /// The entries of a mapping whose keys are all allowed; reports unknown, repeated and missing keys.
    mutating func mapping(_ place: Place, required: [String], optional: [String] = []) -> [String: Place]? {
        guard let mapping = place.node.mapping else {
            report(place, "expected a mapping with \((required + optional).joined(separator: ", ")).")
            return nil
        }
        var entries: [String: Place] = [:]
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? ""
            let at = Place(node: keyNode, path: place.path.isEmpty ? key : "\(place.path).\(key)")
            guard required.contains(key) || optional.contains(key) else {
                let hint = nearestName(to: key, in: required + optional).map { "; did you mean “\($0)”?" }
                report(
                    at,
                    "unknown key “\(key)”\(hint ?? "; valid here: " + (required + optional).joined(separator: ", ") + ".")"
                )
                continue
            }
            entries[key] = place.key(key, value)
        }
        for key in required where entries[key] == nil {
            report(place, "“\(key)” is missing.")
        }
        return entries
    }

    mutating func text(_ place: Place?, limit: Int = 400) -> String? {
        guard let place else { return nil }
        guard let scalar = place.node.scalar else {
            report(place, "expected text.")
            return nil
        }
        let text = scalar.string.split(whereSeparator: \.isNewline).joined(separator: " ")
        if text.isEmpty {
            report(place, "is empty.")
            return nil
        }
        if text.count > limit {
            report(place, "is \(text.count) characters long; keep it within \(limit).")
            return nil
        }
        return text
    }

    /// Text in English and Spanish; both are required, so that no page is half translated.
    mutating func local(_ place: Place?, limit: Int = 2_000) -> LocalText? {
        guard let place else { return nil }
        guard place.node.mapping != nil else {
            report(place, "expected a text in each language: {en: …, es: …}.")
            return nil
        }
        guard let entries = mapping(place, required: Language.allCases.map(\.rawValue)) else { return nil }
        let en = text(entries["en"], limit: limit)
        let es = text(entries["es"], limit: limit)
        guard let en, let es else { return nil }
        return LocalText(en: en, es: es)
    }

    mutating func slug(_ place: Place?) -> Slug? {
        guard let place, let raw = text(place) else { return nil }
        guard let slug = Slug(raw) else {
            report(place, "“\(raw.prefix(80))” is not a name: use 1–64 letters, digits, hyphens, underscores or dots.")
            return nil
        }
        return slug
    }

    mutating func number(_ place: Place?, in range: ClosedRange<Double>, what: String) -> Double? {
        guard let place else { return nil }
        guard let raw = place.node.scalar?.string, let value = Double(raw), value.isFinite, range.contains(value) else {
            report(place, "expected \(what) from \(plain(range.lowerBound)) to \(plain(range.upperBound)).")
            return nil
        }
        return value
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    mutating func date(_ place: Place?) -> CivilDate? {
        guard let place, let raw = text(place) else { return nil }
        guard let date = CivilDate(raw) else {
            report(place, "“\(raw.prefix(40))” is not a date; write it as 2027-10-31.")
            return nil
        }
        return date
    }

    mutating func flag(_ place: Place?, default fallback: Bool) -> Bool {
        guard let place else { return fallback }
        switch place.node.scalar?.string {
        case "true", "yes": return true
        case "false", "no": return false
        default:
            report(place, "expected true or false.")
            return fallback
        }
    }

    /// One word of a closed list.
    mutating func word<Word: RawRepresentable & CaseIterable>(_ place: Place?, _: Word.Type) -> Word?
    where Word.RawValue == String {
        guard let place, let raw = text(place) else { return nil }
        if let word = Word(rawValue: raw) { return word }
        let valid = Word.allCases.map(\.rawValue)
        let hint =
            nearestName(to: raw, in: valid).map { "did you mean “\($0)”?" }
            ?? "use one of: \(valid.joined(separator: ", "))."
        report(place, "“\(raw.prefix(80))” is not one of the words allowed here; \(hint)")
        return nil
    }

    mutating func list(_ place: Place?) -> [Place] {
        guard let place else { return [] }
        guard let sequence = place.node.sequence else {
            report(place, "expected a list (lines starting with “- ”).")
            return []
        }
        return sequence.enumerated().map { place.item($0.offset, $0.element) }
    }

    mutating func texts(_ place: Place?) -> [String] {
        var kept: [String] = []
        for item in list(place) {
            if let one = text(item) { kept.append(one) }
        }
        return kept
    }

    /// A name that must be one of those defined elsewhere in the file.
    mutating func reference(_ place: Place?, to defined: [Slug], called kind: String) -> Slug? {
        guard let place, let slug = slug(place) else { return nil }
        if defined.contains(slug) { return slug }
        let names = defined.map(\.text)
        let hint =
            nearestName(to: slug.text, in: names).map { "; did you mean “\($0)”?" }
            ?? (names.isEmpty ? "; none is defined." : "; defined: \(names.joined(separator: ", ")).")
        report(place, "no \(kind) is called “\(slug)”\(hint)")
        return nil
    }

    /// Drops and reports later entries that repeat an earlier one's name.
    mutating func unique<Item>(_ items: [(Place, Item)], by name: (Item) -> String, called kind: String) -> [Item] {
        var seen: Set<String> = []
        var kept: [Item] = []
        for (place, item) in items {
            if seen.insert(name(item)).inserted {
                kept.append(item)
            } else {
                report(place, "another \(kind) is already called “\(name(item))”; give each its own name.")
            }
        }
        return kept
    }
}
