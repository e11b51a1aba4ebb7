/// What was decided about asking one person about one transaction. Final: asked again, it is the same.
package enum OfferDecision: Hashable, Sendable {
    /// The form was offered; `isNew` the first time only.
    case offered(isNew: Bool)
    /// Offered before and answered: one survey a transaction.
    case answered
    case passedOver(Reason)

    package enum Reason: String, CaseIterable, Sendable, Codable, Hashable {
        /// The draw did not choose them.
        case notDrawn = "not_drawn"
        /// Asked too short a time ago.
        case quiet
        /// Asked as often as a person may be.
        case capped
        /// Said that they do not want to be asked.
        case declined
    }

    package var isOpen: Bool {
        if case .offered = self { true } else { false }
    }
}

extension AskRules {
    /// Judges a person who was not asked about this transaction before.
    ///
    /// - Parameter earlier: when this person was offered any form, by whatever channel, of any service of the agency.
    package func judge(transaction: String, earlier: [Instant], at now: Instant) -> OfferDecision {
        let quiet = now.advanced(by: -Int64(quietDays) * Instant.day)
        if quietDays > 0, earlier.contains(where: { $0 > quiet }) { return .passedOver(.quiet) }
        let window = now.advanced(by: -Int64(withinDays) * Instant.day)
        if earlier.count(where: { $0 > window }) >= atMost { return .passedOver(.capped) }
        return draw(transaction) < share ? .offered(isNew: true) : .passedOver(.notDrawn)
    }
}
