package import Experience

/// Which form: ids are unique within a service.
package struct FormKey: Hashable, Sendable {
    package var agency: AgencyID
    package var service: ServiceID
    package var form: Slug

    package init(agency: AgencyID, service: ServiceID, form: Slug) {
        self.agency = agency
        self.service = service
        self.form = form
    }
}

/// A form as staff write it: what is being written, and which version is asked. Texts are the form's YAML.
package struct StoredForm: Hashable, Sendable {
    package var key: FormKey
    package var lifecycle: FormLifecycle
    /// What is being written; nil when nothing is.
    package var draft: String?
    /// Counts every change, so that two people writing at once are told.
    package var revision: Int64
    package var changedAt: Instant
    /// The account that changed it last.
    package var changedBy: String
}

/// One published version: never changed, never removed, as answers point to it.
package struct StoredVersion: Hashable, Sendable {
    package var key: FormKey
    package var version: Int
    package var definition: String
    package var publishedAt: Instant
    /// The account, or "file" for a form that came in a service's file.
    package var publishedBy: String

    package init(key: FormKey, version: Int, definition: String, publishedAt: Instant, publishedBy: String) {
        self.key = key
        self.version = version
        self.definition = definition
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }
}
