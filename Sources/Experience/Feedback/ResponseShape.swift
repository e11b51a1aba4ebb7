/// How one person's answers to a form stand in the record.
///
/// A response is one event of kind `response`:
///
/// | part | holds |
/// |---|---|
/// | `activity` | "response" |
/// | `channel`, `touchpoint` | where it was given; `touchpoint` nil where there is none |
/// | `journey` | the person's, when known; else ``JourneyID/unattached(_:)`` of the touchpoint or form |
/// | `occurred` | when it was sent |
/// | attribute `form`, `form_version`, `language` | which form, which version of it, in which language it was asked |
/// | attribute *question id* | integer 1–5 (faces, stars, agreement); "up" or "down" (thumbs); option id (single); option ids joined by "," in the order of the options (multiple) or best first (ranking); number (number); "2026-04-14" (date); capitals (postcode); a short name (hidden); "pdf", "jpeg" or "png" (file) |
/// | attribute *question id*`.`*row id* | the column's option id: one for each answered line of a matrix |
/// | attribute `rating` | that of the satisfaction question, if the form has one: 1–5 (``JourneyState/Key/rating``) |
/// | attribute `solved` | "yes", "partly" or "no" of a question of that name in an outcome form |
///
/// A question that was shown and not answered has no attribute; one that was never shown has none either, and which
/// of the two it was follows from the form's version: judge it again with ``FormDefinition/judge(_:through:)``.
/// Words, addresses and telephone numbers are in the vault under `response:source/sourceID` with the question's id as
/// field; a file's name likewise, and its bytes (base 64) under *question id*`.file`.
package struct ResponseShape: Sendable {
    package var attributes: [String: AttributeValue]
    /// For the vault, by field.
    package var words: [(field: String, text: String)]

    package static let formKey = "form"
    package static let versionKey = "form_version"
    package static let languageKey = "language"
    /// What the field of a file's bytes ends in.
    package static let fileEnding = ".file"

    package init(form: FormDefinition, answers: [Slug: KeptAnswer], language: Language) {
        attributes = [
            ResponseShape.formKey: .text(form.id.text), ResponseShape.versionKey: .integer(Int64(form.version)),
            ResponseShape.languageKey: .text(language.rawValue),
        ]
        words = []
        for question in form.questions {
            let id = question.id.text
            switch answers[question.id] {
            case .value(let value)?: attributes[id] = value
            case .choices(let choices)?: attributes[id] = .text(choices.joined(separator: ","))
            case .rows(let rows)?:
                for row in rows { attributes["\(id).\(row.row)"] = .text(row.choice) }
            case .words(let text)?: words.append((id, text))
            case .file(let note)?:
                attributes[id] = .text(note.kind.rawValue)
                words.append((id, note.name))
            case .some(.none), nil: break
            }
            if question.driver == .satisfaction, case .value(let value)? = answers[question.id] {
                attributes[JourneyState.Key.rating] = value
            }
        }
    }
}
