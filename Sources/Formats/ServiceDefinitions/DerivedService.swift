package import Experience

/// A first definition for a service of which only a log is known: its activities become steps, its journey
/// attributes the groups to compare. Meant to be edited; everything a log can't tell is left out, not guessed.
package struct DerivedService: Sendable {
    package var id: ServiceID
    package var title: String
    /// In the order they should be listed.
    package var activities: [String]
    package var closing: Set<String>
    package var cohorts: [String]

    package init(
        id: ServiceID, title: String, activities: [String], closing: Set<String> = [], cohorts: [String] = []
    ) {
        self.id = id
        self.title = title
        self.activities = activities
        self.closing = closing
        self.cohorts = cohorts
    }

    package var yaml: String {
        var lines = [
            "# Made from an imported log. Edit it: give the steps titles in Spanish, say who does them, and add the",
            "# promise, the forms and the legal basis. `throughline services check` tells what is still wrong.",
            "service: \(id)",
            "agency:",
            // One agency a log: ids of journeys are an agency's own, and two logs may both hold a case “1”.
            "  id: \(id)",
            "  name: \(both(title))",
            "title: \(both(title))",
            "summary: { en: \(quoted("Events imported from a log: \(title).")), es: \(quoted("Eventos importados de un registro: \(title).")) }",
            "audience: public",
            "channels: [unknown]",
            "steps:",
        ]
        var taken: Set<String> = []
        for activity in activities {
            lines.append("  - id: \(name(for: activity, taken: &taken))")
            lines.append("    title: \(both(activity))")
            lines.append("    by: unknown")
            lines.append("    aliases: [\(quoted(activity))]")
            if closing.contains(activity) { lines.append("    closes: true") }
        }
        lines.append("outcome_question: { en: Did you get what you came for?, es: ¿Obtuvo lo que buscaba? }")
        if !cohorts.isEmpty {
            lines.append("cohorts:")
            for cohort in cohorts { lines.append("  - { name: \(quoted(cohort)), title: \(both(cohort)) }") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func both(_ text: String) -> String { "{ en: \(quoted(text)), es: \(quoted(text)) }" }

    /// A double-quoted YAML scalar; the escapes are those JSON shares with YAML.
    private func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    private func name(for activity: String, taken: inout Set<String>) -> String {
        var name = ""
        for byte in activity.lowercased().utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A: name.unicodeScalars.append(Unicode.Scalar(byte))
            default: if !name.isEmpty, name.last != "-" { name += "-" }
            }
            if name.utf8.count >= 48 { break }
        }
        while name.last == "-" { name.removeLast() }
        if name.isEmpty { name = "step" }
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }
}
