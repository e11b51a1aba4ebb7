package import Experience
package import Logging

/// Everything live the pages lean on, joined in one place by the command line. Plain closures over the concrete
/// stores: a page asks a question and gets values back, and a test answers with values of its own.
package struct Services: Sendable {
    package var now: @Sendable () -> Instant
    /// Cryptographically strong bytes.
    package var randomBytes: @Sendable (Int) -> [UInt8]
    package var logger: Logger
    /// Current definitions in the order of the catalogue; called on every request, so a new file is live at once.
    package var definitions: @Sendable () -> [ServiceDefinition]
    /// Published facts of one service, small groups already suppressed.
    package var facts: @Sendable (ServiceDefinition) async throws -> PublicFacts
    package var requests: RequestDesk
    package var feedback: FeedbackDesk
    package var access: AccessDesk
    package var staff: StaffDesk
    package var intake: IntakeDesk
    package var unsent: UnsentDesk = .none
    package var forms: FormDesk = .none
    package var webhooks = WebhookDesk()
    package var own = OwnAccountDesk()
    package var answers = AnswersDesk()
    package var reports: ReportsDesk
    package var followUps: FollowUpDesk
    package var promises: PromiseDesk
    package var suppliers: SupplierDesk
    package var channels: ChannelsDesk
    package var operations: OperationsDesk = .none
    package var retention: RetentionDesk = .none
    /// Nil: files are not scanned.
    package var scan: FileScan?

    package init(
        now: @escaping @Sendable () -> Instant, randomBytes: @escaping @Sendable (Int) -> [UInt8], logger: Logger,
        definitions: @escaping @Sendable () -> [ServiceDefinition],
        facts: @escaping @Sendable (ServiceDefinition) async throws -> PublicFacts, requests: RequestDesk,
        feedback: FeedbackDesk, access: AccessDesk, staff: StaffDesk, intake: IntakeDesk,
        reports: ReportsDesk = .empty, followUps: FollowUpDesk = .empty,
        promises: PromiseDesk = PromiseDesk(), suppliers: SupplierDesk = SupplierDesk(),
        channels: ChannelsDesk = ChannelsDesk()
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.logger = logger
        self.definitions = definitions
        self.facts = facts
        self.requests = requests
        self.feedback = feedback
        self.access = access
        self.staff = staff
        self.intake = intake
        self.reports = reports
        self.followUps = followUps
        self.promises = promises
        self.suppliers = suppliers
        self.channels = channels
    }
}

extension Services {
    func definition(_ id: String?) throws(SiteError) -> ServiceDefinition {
        guard let id, let found = definitions().first(where: { $0.id.text == id }) else { throw .serviceUnknown }
        return found
    }

    /// A time-ordered id from the injected clock and randomness.
    func freshID() -> TimeOrderedID {
        var source = InjectedRandom(bytes: randomBytes)
        return TimeOrderedID(at: now(), using: &source)
    }

    /// A code a person can type.
    func freshCode() -> TrackingCode {
        var source = InjectedRandom(bytes: randomBytes)
        return TrackingCode(using: &source)
    }

    /// 32 hex digits (128 bits) for cookies.
    func freshToken() -> String {
        randomBytes(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

private struct InjectedRandom: RandomNumberGenerator {
    let bytes: @Sendable (Int) -> [UInt8]
    mutating func next() -> UInt64 { bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
