/// One person's way through a form, one question at a time: by SMS or on a telephone's keys.
package struct Conversation: Hashable, Sendable {
    /// The id its response will have.
    package var id: String
    package var service: ServiceID
    package var form: Slug
    package var touchpoint: Slug?
    package var language: Language
    package var solicited: Solicitation
    /// The offer it answers, if one was made.
    package var offer: String?
    package var journey: JourneyID?
    /// Kept values; words go to the vault as they come.
    package var answers: [String: AttributeValue]
    /// The question that was asked last; nil before the first.
    package var question: Slug?
    package var started: Instant
    package var updated: Instant

    package init(
        id: String, service: ServiceID, form: Slug, touchpoint: Slug?, language: Language, solicited: Solicitation,
        offer: String? = nil, journey: JourneyID? = nil, answers: [String: AttributeValue] = [:],
        question: Slug? = nil, started: Instant, updated: Instant
    ) {
        self.id = id
        self.service = service
        self.form = form
        self.touchpoint = touchpoint
        self.language = language
        self.solicited = solicited
        self.offer = offer
        self.journey = journey
        self.answers = answers
        self.question = question
        self.started = started
        self.updated = updated
    }
}
