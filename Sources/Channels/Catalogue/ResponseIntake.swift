package import Experience

/// How an answer came in: kept with it, and used to judge it.
package struct ResponseIntake: Hashable, Sendable {
    package var route: ChannelRoute
    package var solicited: Solicitation
    /// The key of the offer it answers; see ``OfferAsk``.
    package var offer: String?
    /// The journey it is about, where the route knows it without a tracking code.
    package var journey: JourneyID?
    package var device: Slug?
    /// Where it came from: an address. Never stored; a keyed mark of it that is good for a day is.
    package var sender: String?
    /// What already stands against it.
    package var held: [IntakeMark.Reason]
    /// Where it can be read, for a public review.
    package var url: String?

    package init(
        _ route: ChannelRoute, solicited: Solicitation? = nil, offer: String? = nil, journey: JourneyID? = nil,
        device: Slug? = nil, sender: String? = nil, held: [IntakeMark.Reason] = [], url: String? = nil
    ) {
        self.route = route
        self.solicited = solicited ?? route.solicited
        self.offer = offer
        self.journey = journey
        self.device = device
        self.sender = sender
        self.held = held
        self.url = url
    }
}
