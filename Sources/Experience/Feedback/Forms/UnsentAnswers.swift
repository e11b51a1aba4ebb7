/// Answers a person has given and not yet sent: kept sealed for some days, found by their code alone.
package struct UnsentAnswers: Hashable, Sendable {
    package var agency: AgencyID
    package var service: ServiceID
    package var form: Slug
    package var version: Int
    /// The id the response will have: sending twice stores it once.
    package var response: TimeOrderedID
    package var values: [Slug: [String]]
    /// The journey the answers are about, where it is known.
    package var journey: TrackingCode?
    package var touchpoint: Slug?
    /// The signed text of the door the person came through; nil for the front door.
    package var door: String?
    /// When they are thrown away.
    package var expires: Instant

    /// Days they are kept after the last change.
    package static let keptDays: Int64 = 7

    package init(
        agency: AgencyID, service: ServiceID, form: Slug, version: Int, response: TimeOrderedID,
        values: [Slug: [String]], journey: TrackingCode?, touchpoint: Slug?, door: String? = nil,
        expires: Instant
    ) {
        self.agency = agency
        self.service = service
        self.form = form
        self.version = version
        self.response = response
        self.values = values
        self.journey = journey
        self.touchpoint = touchpoint
        self.door = door
        self.expires = expires
    }
}
