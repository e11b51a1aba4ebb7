import Experience

/// One answer as staff read it: every question in the words it was asked in, in the version it was asked in.
struct ShownAnswer: Sendable {
    struct Line: Sendable {
        var label: String
        var value: String
        /// Where a file is taken from.
        var fileHref: String?
    }

    var when: String
    var machine: String
    var form: String
    /// "version 3"
    var version: String
    /// How it came: channel, place, how the person was asked.
    var how: String
    var lines: [Line]
    var held: String?
    var href: String
    var journey: String?
    var journeyHref: String?

    /// - Parameter seesWords: false where the reader may see neither words nor files.
    init(_ view: AnswerView, _ definition: ServiceDefinition, seesWords: Bool, _ format: Format) {
        let words = format.words
        let event = view.event.event
        when = format.moment(event.occurred)
        machine = event.occurred.rfc3339
        let name = event.attributes[ResponseKey.form]?.plain ?? ""
        form = view.form?.title[format.language] ?? (name.isEmpty ? words["response_any"] : name)
        let number = event.attributes[ResponseKey.formVersion]?.integer ?? 0
        version = number > 0 ? words["answer_version", ["n": "\(number)"]] : ""
        let place = definition.touchpoints.first { $0.id.text == event.touchpoint }?.title[format.language]
        let asked = event.attributes[ResponseKey.solicited].flatMap { Solicitation(rawValue: $0.plain) }
        how = [
            words["channel_\(event.channel.rawValue)"], place ?? event.touchpoint,
            asked.map { words["solicited_\($0.rawValue)"] },
        ].compactMap { $0 }.joined(separator: " · ")
        held = view.isHeld ? words["answer_held"] : nil
        href = Paths.Staff.answer(definition.id, view.event.sequence)
        if !event.journey.isUnattached {
            journey = event.journey.text
            journeyHref = Paths.Staff.journey(definition.id, event.journey)
        }
        lines = ShownAnswer.lines(view, definition, seesWords: seesWords, format)
    }

    private static func lines(
        _ view: AnswerView, _ definition: ServiceDefinition, seesWords: Bool, _ format: Format
    ) -> [Line] {
        let (words, event) = (format.words, view.event.event)
        var lines: [Line] = []
        var shown: Set<String> = []
        let filling = view.form.map { FormFilling($0, service: definition) }
        for question in view.form?.questions ?? [] where question.kind != .info {
            let id = question.id.text
            let label = filling?.text(question.text, format.language) ?? id
            if question.kind == .matrix {
                for row in question.rows {
                    let key = "\(id).\(row.id)"
                    guard let value = event.attributes[key]?.plain else { continue }
                    shown.insert(key)
                    lines.append(
                        Line(
                            label: "\(label): \(row.title[format.language])",
                            value: option(value, question, format.language)))
                }
                continue
            }
            if question.kind == .file {
                guard let kind = event.attributes[id]?.plain else { continue }
                shown.insert(id)
                lines.append(
                    Line(
                        label: label,
                        value: words["answer_file", ["kind": kind.uppercased(), "name": view.words[id] ?? ""]],
                        fileHref: seesWords
                            ? Paths.Staff.answerFile(definition.id, view.event.sequence, question.id) : nil))
                continue
            }
            if let value = event.attributes[id] {
                shown.insert(id)
                lines.append(Line(label: label, value: text(value, question, format)))
            } else if let said = view.words[id] {
                lines.append(Line(label: label, value: said))
            }
        }
        // What no question of the form holds: a press that is a rating alone, an answer of a form nobody knows.
        let rated = view.form?.questions.first { $0.driver == .satisfaction }?.id.text
        for (key, value) in event.attributes.sorted(by: { $0.key < $1.key })
        where !shown.contains(key) && !ResponseKey.all.contains(key) {
            if key == JourneyState.Key.rating {
                if rated.map(shown.contains) ?? false { continue }
                lines.append(Line(label: words["column_rating"], value: words["face_\(value.plain)"]))
            } else if key == JourneyState.Key.solved {
                lines.append(Line(label: definition.outcome[format.language], value: words["solved_\(value.plain)"]))
            } else {
                lines.append(Line(label: words.attribute(key, definition), value: value.plain))
            }
        }
        return lines
    }

    private static func option(_ id: String, _ question: Question, _ language: Language) -> String {
        question.options.first { $0.id.text == id }?.title[language] ?? id
    }

    private static func text(_ value: AttributeValue, _ question: Question, _ format: Format) -> String {
        let (words, plain) = (format.words, value.plain)
        switch question.kind {
        case .stars: return words.counted("stars", value.integer.map { Int(clamping: $0) } ?? 0)
        case .multiple, .ranking:
            return plain.split(separator: ",").map { option(String($0), question, format.language) }
                .joined(separator: ", ")
        default: return words.answer(plain, question, format)
        }
    }
}
