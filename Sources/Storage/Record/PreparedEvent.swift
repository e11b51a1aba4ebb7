import Experience

/// An event checked and written out by its sender's task, so that the writer only binds it.
struct PreparedEvent: Sendable {
    let event: Event
    let attributes: [UInt8]
    let digest: EventDigest

    init(_ event: Event) throws(Refused) {
        do { try event.check() } catch { throw Refused(reason: .problem(error)) }
        guard let attributes = AttributeText.encode(event.attributes) else {
            let odd = event.attributes.first { if case .number(let n) = $0.value { !n.isFinite } else { false } }
            throw Refused(reason: .notFinite(attribute: odd?.key ?? ""))
        }
        self.event = event
        self.attributes = attributes
        digest = EventDigest(event, attributes: attributes)
    }

    /// One that was in a record before: what it had to meet then may not be what it has to meet today.
    init?(restoring event: Event) {
        guard let attributes = AttributeText.encode(event.attributes) else { return nil }
        self.event = event
        self.attributes = attributes
        digest = EventDigest(event, attributes: attributes)
    }

    struct Refused: Error {
        let reason: Appended.Refusal
    }
}
