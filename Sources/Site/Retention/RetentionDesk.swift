package import Experience

/// What was erased because its time was over: for administrators.
package struct RetentionDesk: Sendable {
    package var schedule: @Sendable () -> [RetentionView.Line]
    /// - Parameter agency: whose certificates; nil for all.
    package var view: @Sendable (_ agency: AgencyID?) async throws -> RetentionView

    /// Without arguments nothing is ever erased.
    package init(
        schedule: @escaping @Sendable () -> [RetentionView.Line] = { [] },
        view: @escaping @Sendable (AgencyID?) async throws -> RetentionView = { _ in RetentionView() }
    ) {
        self.schedule = schedule
        self.view = view
    }

    package static let none = RetentionDesk()
}

package struct RetentionView: Sendable {
    package enum Rule: String, Sendable, CaseIterable { case words, contacts, messages, months }

    package struct Line: Sendable {
        package var rule: Rule
        /// Days, or months of the record.
        package var keeps: Int
        package var cutoff: Instant
        /// False where this database can't do it.
        package var isCarriedOut: Bool

        package init(rule: Rule, keeps: Int, cutoff: Instant, isCarriedOut: Bool) {
            self.rule = rule
            self.keeps = keeps
            self.cutoff = cutoff
            self.isCarriedOut = isCarriedOut
        }
    }

    package struct Certificate: Sendable {
        package var id: String
        package var at: Instant
        package var agency: AgencyID?
        package var account: String
        package var rule: Rule
        package var cutoff: Instant
        package var subjects: Int
        package var items: Int
        /// The whole certificate as JSON.
        package var document: String

        package init(
            id: String, at: Instant, agency: AgencyID?, account: String, rule: Rule, cutoff: Instant, subjects: Int,
            items: Int, document: String
        ) {
            self.id = id
            self.at = at
            self.agency = agency
            self.account = account
            self.rule = rule
            self.cutoff = cutoff
            self.subjects = subjects
            self.items = items
            self.document = document
        }
    }

    /// Of the site's day.
    package var hour: Int
    package var lastRun: Instant?
    package var lastFailed: Bool
    /// The first certificate that does not follow from those before it.
    package var brokenAt: String?
    package var certificates: [Certificate]

    package init(
        hour: Int = 3, lastRun: Instant? = nil, lastFailed: Bool = false, brokenAt: String? = nil,
        certificates: [Certificate] = []
    ) {
        self.hour = hour
        self.lastRun = lastRun
        self.lastFailed = lastFailed
        self.brokenAt = brokenAt
        self.certificates = certificates
    }
}
