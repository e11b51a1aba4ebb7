/// A person who could be asked about a transaction. `person` and `transaction` are what the sender knows them by (a
/// journey, an address, a number): the store keeps keyed hashes only.
package struct OfferAsk: Hashable, Sendable {
    package var agency: AgencyID
    package var service: ServiceID
    package var form: Slug
    package var channel: Channel
    package var touchpoint: Slug?
    package var solicited: Solicitation
    package var journey: JourneyID?
    /// Nil where nobody knows the person: then nothing but the transaction limits the asking.
    package var person: String?
    /// The keyed hash, where that is what is known; used as it is.
    package var personKey: String?
    /// Other names the same person goes by (a number beside a journey's mark): what they were offered under those, and
    /// a STOP said there, counts, too.
    package var alsoKnownAs: [String] = []
    package var transaction: String
    package var rules: AskRules
    package var at: Instant

    package init(
        agency: AgencyID, service: ServiceID, form: Slug, channel: Channel, touchpoint: Slug? = nil,
        solicited: Solicitation, journey: JourneyID? = nil, person: String?, transaction: String,
        rules: AskRules = .standard, at: Instant
    ) {
        self.agency = agency
        self.service = service
        self.form = form
        self.channel = channel
        self.touchpoint = touchpoint
        self.solicited = solicited
        self.journey = journey
        self.person = person
        self.transaction = transaction
        self.rules = rules
        self.at = at
    }
}

/// Offers and answers to them: never more answers than offers.
package struct OfferCount: Hashable, Sendable {
    package var form: Slug
    package var channel: Channel
    package var touchpoint: Slug?
    package var solicited: Solicitation
    package var offered: Int
    package var answered: Int

    package init(
        form: Slug, channel: Channel, touchpoint: Slug?, solicited: Solicitation, offered: Int, answered: Int
    ) {
        self.form = form
        self.channel = channel
        self.touchpoint = touchpoint
        self.solicited = solicited
        self.offered = offered
        self.answered = answered
    }
}
