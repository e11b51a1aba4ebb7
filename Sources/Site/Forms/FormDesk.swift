package import Experience

/// Forms as staff write them. The store keeps drafts and versions; pages only ask.
package struct FormDesk: Sendable {
    /// Every form: those of services' files and those written here.
    package var all: @Sendable () async throws -> [FormEntry]
    package var entry: @Sendable (ServiceID, Slug) async throws -> FormEntry?
    /// Forms to begin with.
    package var ready: @Sendable () -> [FormDefinition]
    /// Keeps what is being written. `revision` is what the writer saw: 0 for a form that wasn't there.
    package var save:
        @Sendable (ServiceID, FormDefinition, _ revision: Int64, _ account: String) async throws -> FormAnswer
    package var step:
        @Sendable (ServiceID, Slug, FormLifecycle.Step, _ revision: Int64, _ account: String) async throws -> FormAnswer
    package var versions: @Sendable (ServiceID, Slug) async throws -> [FormVersionLine]
    package var version: @Sendable (ServiceID, Slug, Int) async throws -> FormDefinition?
    /// Reads YAML as a form of a service.
    package var read: @Sendable (String, ServiceDefinition) -> FormText
    package var write: @Sendable (FormDefinition) -> String

    package init(
        all: @escaping @Sendable () async throws -> [FormEntry],
        entry: @escaping @Sendable (ServiceID, Slug) async throws -> FormEntry?,
        ready: @escaping @Sendable () -> [FormDefinition],
        save: @escaping @Sendable (ServiceID, FormDefinition, Int64, String) async throws -> FormAnswer,
        step: @escaping @Sendable (ServiceID, Slug, FormLifecycle.Step, Int64, String) async throws -> FormAnswer,
        versions: @escaping @Sendable (ServiceID, Slug) async throws -> [FormVersionLine],
        version: @escaping @Sendable (ServiceID, Slug, Int) async throws -> FormDefinition?,
        read: @escaping @Sendable (String, ServiceDefinition) -> FormText,
        write: @escaping @Sendable (FormDefinition) -> String
    ) {
        self.all = all
        self.entry = entry
        self.ready = ready
        self.save = save
        self.step = step
        self.versions = versions
        self.version = version
        self.read = read
        self.write = write
    }

    /// No forms can be written.
    package static let none = FormDesk(
        all: { [] }, entry: { _, _ in nil }, ready: { [] }, save: { _, _, _, _ in throw SiteError.unavailable },
        step: { _, _, _, _, _ in throw SiteError.unavailable }, versions: { _, _ in [] }, version: { _, _, _ in nil },
        read: { _, _ in FormText(form: nil, findings: [], isSound: false) }, write: { _ in "" })
}

/// One form: what is asked now, and what is being written.
package struct FormEntry: Sendable {
    package var service: ServiceDefinition
    package var id: Slug
    package var published: FormDefinition?
    package var draft: FormDefinition?
    package var lifecycle: FormLifecycle
    /// 0 where the form is only in a service's file.
    package var revision: Int64
    package var changedAt: Instant?
    package var changedBy: String?

    package init(
        service: ServiceDefinition, id: Slug, published: FormDefinition?, draft: FormDefinition?,
        lifecycle: FormLifecycle, revision: Int64, changedAt: Instant? = nil, changedBy: String? = nil
    ) {
        self.service = service
        self.id = id
        self.published = published
        self.draft = draft
        self.lifecycle = lifecycle
        self.revision = revision
        self.changedAt = changedAt
        self.changedBy = changedBy
    }

    /// What is being written, else what is asked.
    package var current: FormDefinition? { draft ?? published }
    package var isFromFile: Bool { revision == 0 }
}

package enum FormAnswer: Sendable {
    case done(FormEntry)
    /// Somebody else changed the form since.
    case conflict
    case refused(FormLifecycle.Refusal)
}

package struct FormVersionLine: Sendable {
    package var version: Int
    package var at: Instant
    /// The account's id; "file" for a version that came in a file.
    package var by: String

    package init(version: Int, at: Instant, by: String) {
        self.version = version
        self.at = at
        self.by = by
    }
}

/// What came of reading YAML: the form where its shape can be read, and every finding as a line of text.
package struct FormText: Sendable {
    package var form: FormDefinition?
    package var findings: [String]
    package var isSound: Bool

    package init(form: FormDefinition?, findings: [String], isSound: Bool) {
        self.form = form
        self.findings = findings
        self.isSound = isSound
    }
}
