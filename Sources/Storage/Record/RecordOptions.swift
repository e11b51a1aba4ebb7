package import Experience

/// The rules by which views are derived from events: which definition a service has, and the calendars promises
/// are counted by. Asked once for each service and commit.
package struct ViewRules: Sendable {
    package var definition: @Sendable (AgencyID, ServiceID) -> ServiceDefinition?
    package var calendars: @Sendable () -> CalendarSet

    package init(
        definition: @escaping @Sendable (AgencyID, ServiceID) -> ServiceDefinition?,
        calendars: @escaping @Sendable () -> CalendarSet = { .standard }
    ) {
        self.definition = definition
        self.calendars = calendars
    }

    /// No definitions: every journey is kept, without cohorts and without closing steps.
    package static let none = ViewRules(definition: { _, _ in nil })

    /// A fixed list of services.
    package init(services: [ServiceDefinition], calendars: CalendarSet = .standard) {
        var known: [AgencyID: [ServiceID: ServiceDefinition]] = [:]
        for service in services { known[service.agency, default: [:]][service.id] = service }
        let byAgency = known
        self.init(definition: { byAgency[$0]?[$1] }, calendars: { calendars })
    }
}

package struct RecordOptions: Sendable {
    package var rules: ViewRules
    /// Without keys everything works except the vault.
    package var vaultKeys: VaultKeys?
    /// Connections for reading; each has a thread of its own while it is busy.
    package var readers: Int
    /// In microseconds: how long to try again while a database server can't be reached.
    package var patience: Int64
    package var now: @Sendable () -> Instant
    /// Called after the last write of a commit and before it is made durable. A throw fails the commit: for tests of
    /// what is acknowledged when.
    package var beforeCommit: (@Sendable () throws(StorageError) -> Void)?
    /// Called by the writer's thread after each commit, made or failed: for counting. Must not block.
    package var observe: (@Sendable (CommitSummary) -> Void)?

    package init(
        rules: ViewRules = .none, vaultKeys: VaultKeys? = nil, readers: Int = 4,
        patience: Int64 = 20_000_000, now: @escaping @Sendable () -> Instant = { .now },
        beforeCommit: (@Sendable () throws(StorageError) -> Void)? = nil,
        observe: (@Sendable (CommitSummary) -> Void)? = nil
    ) {
        self.rules = rules
        self.vaultKeys = vaultKeys
        self.readers = readers
        self.patience = patience
        self.now = now
        self.beforeCommit = beforeCommit
        self.observe = observe
    }
}
