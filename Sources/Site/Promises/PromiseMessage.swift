package import Experience

/// Why a date moved, as the ledger keeps it: a word with a sentence in each language, never free text, which could hold
/// what belongs in the vault.
package enum PromiseReason: String, Sendable, CaseIterable {
    case backlog, partner, documents, checks, staffing, outage, weather, other
    /// Worked out from how such requests go on from here.
    case forecast
    /// A step was reached, and the date is sharper from there.
    case milestone

    /// What a member of staff can choose; the rest is the product's own.
    package static let forStaff: [PromiseReason] = [
        .backlog, .partner, .documents, .checks, .staffing, .outage, .weather, .other,
    ]
}

/// The plain-language message that tells a person of a new date.
package struct PromiseMessage: Sendable, Hashable {
    package enum Occasion: Sendable, Hashable {
        /// The old date has passed.
        case broken
        /// The old date still lies ahead.
        case early
        /// The new date is before the old one.
        case sooner
    }

    package var subject: String
    package var body: String

    /// - Parameters:
    ///   - format: in the person's language.
    ///   - note: a member of staff's own words; only the sealed message holds them.
    package init(
        _ service: ServiceDefinition, _ occasion: Occasion, old: CivilDate, new: CivilDate, odds: Double?,
        reason: PromiseReason, note: String? = nil, link: String, format: Format
    ) {
        let words = format.words
        let title = service.title[format.language]
        subject = words["message_subject", ["service": title, "date": format.longDate(new)]]
        let was =
            switch occasion {
            case .broken: "message_was_broken"
            case .early: "message_was_early"
            case .sooner: "message_was_sooner"
            }
        var parts = [
            words["message_hello"], words[was, ["service": title, "date": format.longDate(old)]],
            words["message_reason", ["reason": words["reason_\(reason.rawValue)"]]],
            words["message_new", ["date": format.longDate(new)]],
        ]
        if let odds, odds > 0.005, odds < 0.995 {
            parts[3] += " " + words["message_odds", ["n": "\(Int((odds * 100).rounded()))"]]
        }
        if let note, note.contains(where: { !$0.isWhitespace }) { parts.append(note) }
        parts += [words["message_track", ["link": link]], service.agencyName[format.language]]
        body = parts.joined(separator: "\n\n")
    }
}

extension TemplateLibrary {
    /// The words and formats of one language, for what is written outside a page.
    package func format(_ language: Language, zone: String) -> Format {
        Format(words: Words(language: language, table: words[language.rawValue] ?? [:]), zone: zone)
    }
}

extension Words {
    /// A reason of the ledger as people read it; one that another system wrote is shown as it came.
    func reason(_ text: String) -> String {
        PromiseReason(rawValue: text) == nil ? text : self["reason_\(text)"]
    }
}
