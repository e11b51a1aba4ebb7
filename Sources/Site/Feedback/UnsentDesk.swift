package import Experience

/// Where answers wait that a person has given and not yet sent.
package struct UnsentDesk: Sendable {
    /// Keeps answers and files under a code; the same code again replaces them.
    package var keep: @Sendable (UnsentAnswers, TrackingCode, _ files: [Slug: [UInt8]]) async throws -> Void
    package var answers: @Sendable (TrackingCode, AgencyID) async throws -> UnsentAnswers?
    package var file: @Sendable (Slug, TrackingCode, AgencyID) async throws -> [UInt8]?
    package var drop: @Sendable (TrackingCode, AgencyID) async throws -> Void
    /// A form as it was in one version.
    package var version: @Sendable (ServiceDefinition, Slug, Int) async throws -> FormDefinition?

    package init(
        keep: @escaping @Sendable (UnsentAnswers, TrackingCode, [Slug: [UInt8]]) async throws -> Void,
        answers: @escaping @Sendable (TrackingCode, AgencyID) async throws -> UnsentAnswers?,
        file: @escaping @Sendable (Slug, TrackingCode, AgencyID) async throws -> [UInt8]?,
        drop: @escaping @Sendable (TrackingCode, AgencyID) async throws -> Void,
        version: @escaping @Sendable (ServiceDefinition, Slug, Int) async throws -> FormDefinition?
    ) {
        self.keep = keep
        self.answers = answers
        self.file = file
        self.drop = drop
        self.version = version
    }

    /// Keeps nothing: for a site whose forms all have one page.
    package static let none = UnsentDesk(
        keep: { _, _, _ in throw SiteError.unavailable }, answers: { _, _ in nil }, file: { _, _, _ in nil },
        drop: { _, _ in }, version: { _, _, _ in nil })
}
