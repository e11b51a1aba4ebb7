/// What names an offer: the same for the offer and for the answer to it. Every count of offers goes by it, so that the
/// lists, the scores and the reports tell one number.
package enum OfferName {
    /// The transaction's key where one was recorded; else the form on the journey, of which there is one offer; an offer
    /// of another system that tells neither stands for itself. Nil for an answer that names no offer and no journey.
    package static func of(_ event: Event) -> String? {
        guard event.kind == .offer || event.kind == .response else { return nil }
        if case .text(let key)? = event.attributes[ResponseKey.offer] { return key }
        guard case .text(let form)? = event.attributes[ResponseKey.form] else { return nil }
        if !event.journey.isUnattached { return "journey:\(event.journey)/\(form)" }
        return event.kind == .offer ? "event:\(event.source)/\(event.sourceID)" : nil
    }
}
