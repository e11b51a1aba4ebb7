import Experience

/// A person a program could ask about a transaction: whether it may, we say, so that nobody is asked twice or too often
/// whoever asks.
struct OfferDocument: Decodable, Sendable {
    var service: String
    var form: String
    var channel: String
    /// What it is about, in the sender's words: kept as a keyed hash.
    var transaction: String
    /// Whom the sender knows: kept as a keyed hash. Without it only the transaction limits the asking.
    var person: String?
    var touchpoint: String?

    func read(
        _ sender: IntakeDesk.Sender, _ definitions: [ServiceDefinition], now: Instant
    ) -> Result<OfferAsk, ResponseDocument.Refusal> {
        do throws(ResponseDocument.Refusal) { return .success(try judge(sender, definitions, now)) } catch {
            return .failure(error)
        }
    }

    private func judge(
        _ sender: IntakeDesk.Sender, _ definitions: [ServiceDefinition], _ now: Instant
    ) throws(ResponseDocument.Refusal) -> OfferAsk {
        typealias Refusal = ResponseDocument.Refusal
        guard let definition = definitions.first(where: { $0.id.text == service && $0.agency == sender.agency }) else {
            throw Refusal(why: "“\(service.prefix(64))” is no service of this key's agency; check its id.")
        }
        guard let asked = definition.forms.first(where: { $0.id.text == form }) else {
            let known = definition.forms.map(\.id.text).joined(separator: ", ")
            throw Refusal(why: "“\(form.prefix(64))” is no form of this service; it has: \(known).")
        }
        guard let channel = Channel(rawValue: channel) else {
            throw Refusal(why: "“channel” is one of \(Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        for (name, text) in [("transaction", transaction), ("person", person ?? "?")] {
            guard (1...128).contains(text.utf8.count) else {
                throw Refusal(why: "“\(name)” is 1–128 bytes of text.")
            }
        }
        var place: ServiceDefinition.Touchpoint?
        if let touchpoint {
            guard let found = definition.touchpoints.first(where: { $0.id.text == touchpoint }) else {
                throw Refusal(
                    why: "“\(touchpoint.prefix(64))” is no touchpoint of this service; leave it out or use one it has.")
            }
            place = found
        }
        return OfferAsk(
            agency: sender.agency, service: definition.id, form: asked.id, channel: channel, touchpoint: place?.id,
            solicited: .invited, person: person, transaction: "api:\(transaction)",
            rules: place?.ask?.rules ?? definition.asking, at: now)
    }

    static func answer(_ decision: OfferDecision) -> String {
        switch decision {
        case .offered: "{\"ask\":true}"
        case .answered: "{\"ask\":false,\"reason\":\"answered\"}"
        case .passedOver(let reason): "{\"ask\":false,\"reason\":\"\(reason.rawValue)\"}"
        }
    }
}
