package import Experience
internal import Yams

/// The curated themes of comments as a YAML file.
package struct ThemeFile: Sendable {
    package var themes: [Theme]

    package struct Theme: Sendable, Hashable {
        package var id: Slug
        package var title: LocalText
        package var terms: [String]
        package var examples: [String]
        /// How well it was told on comments labelled by hand that its terms were not chosen from.
        package var measured: Measured?
        /// Columns of a labelled file the theme stands for.
        package var labels: [String]
    }

    package struct Measured: Sendable, Hashable, Decodable {
        package var precision: Double
        package var recall: Double
        /// Comments given the theme, comments that have it, and comments judged.
        package var given: Int
        package var having: Int
        package var of: Int
    }

    /// One sentence that says what to mend.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        package var description: String
    }

    private struct Document: Decodable {
        var themes: [Entry]
    }

    private struct Entry: Decodable {
        var id: Slug
        var title: Title
        var terms: [String]
        var examples: [String]?
        var measured: Measured?
        var labels: [String]?
    }

    private struct Title: Decodable {
        var en: String
        var es: String
    }

    package init(yaml: String) throws(Problem) {
        let document: Document
        do {
            document = try YAMLDecoder().decode(Document.self, from: yaml)
        } catch {
            throw Problem(description: "the list of themes can't be read: \(error)")
        }
        var seen: Set<Slug> = []
        for entry in document.themes {
            guard seen.insert(entry.id).inserted else {
                throw Problem(description: "the theme “\(entry.id)” is there twice; give each an id of its own")
            }
            guard !entry.terms.isEmpty else {
                throw Problem(description: "the theme “\(entry.id)” has no terms; name the words that tell it")
            }
        }
        themes = document.themes.map { entry in
            Theme(
                id: entry.id, title: LocalText(en: entry.title.en, es: entry.title.es), terms: entry.terms,
                examples: entry.examples ?? [], measured: entry.measured, labels: entry.labels ?? [])
        }
    }
}
