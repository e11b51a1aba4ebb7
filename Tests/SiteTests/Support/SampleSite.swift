import Experience
import Foundation
import Hummingbird
import Logging
import Site
import Synchronization

/// A site over values in memory: what was sent is kept and can be asked for.
final class SampleSite: Sendable {
    struct Kept {
        var requests: [NewRequest] = []
        var responses: [NewResponse] = []
        var outcomes: [(TrackingCode, JourneyState.Solved, String?)] = []
        var quoteDue = CivilDate(daysSince1970: 20_600)
        var journeys: [TrackingCode: TrackedJourney] = [:]
        var sessions: [String: StaffAccount] = [:]
        var minted = 0
        var events: [Event] = []
        var newDates: [NewDate] = []
        var statements: [SupplierStatement] = []
        var decisions: [SupplierDecision] = []
        var asked: [(JourneyFilter, JourneyGroup)] = []
        /// Ids of those who invited or changed accounts.
        var acting: [String] = []
        var unsent: [TrackingCode: (UnsentAnswers, [Slug: [UInt8]])] = [:]
        var forms: [Slug: Written] = [:]
    }

    let kept = Mutex(Kept())
    let hookCalls = Mutex<[String]>([])
    let clock = Mutex(SampleSite.start)
    static let start = Instant(seconds: 1_776_000_000)
    static let codeText = "ABCD-EFGH-2345"
    let definitions = Mutex(SampleDefinitions.all)
    let reports: ReportsDesk
    let followUps: FollowUpDesk

    init(reports: ReportsDesk = .empty, followUps: FollowUpDesk = .empty) {
        self.reports = reports
        self.followUps = followUps
    }
    let channels = Mutex(ChannelsDesk())
    let operations = Mutex(OperationsDesk.none)
    let retention = Mutex(RetentionDesk.none)
    let answers = Mutex(AnswersDesk())
    let scan = Mutex<FileScan?>(nil)
    let configured = Mutex(
        SiteConfiguration(isSecure: true, isSimulated: false, formKey: Array(repeating: 7, count: 32)))

    func site(isSecure: Bool = true, isSimulated: Bool = false) throws -> Site {
        var configuration = configured.withLock { $0 }
        configuration.isSecure = isSecure
        configuration.isSimulated = isSimulated
        return Site(configuration: configuration, services: services(), library: try SampleSite.library.get())
    }

    func application() throws -> some ApplicationProtocol {
        Application(router: try site().router(), configuration: .init(), logger: SampleSite.logger)
    }

    static let logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    /// The package's own templates, found from this file.
    static let library = Result {
        try TemplateLibrary(directory: templates)
    }

    static let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Templates")

    func services() -> Services {
        var services = Services(
            now: { self.clock.withLock { $0 } },
            randomBytes: { count in
                self.kept.withLock { $0.minted += 1 }
                var source = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &source) }
            }, logger: SampleSite.logger, definitions: { self.definitions.withLock { $0 } },
            facts: { SampleFigures.facts($0) }, requests: requestDesk(),
            feedback: FeedbackDesk { response in
                self.kept.withLock { kept in
                    if !kept.responses.contains(where: { $0.id == response.id }) { kept.responses.append(response) }
                }
            }, access: accessDesk(), staff: staffDesk(), intake: intakeDesk(),
            reports: reports, followUps: followUps,
            promises: promiseDesk(), suppliers: supplierDesk(),
            channels: channels.withLock { $0 })
        services.own = ownDesk()
        services.unsent = unsentDesk()
        services.forms = formDesk()
        services.operations = operations.withLock { $0 }
        services.retention = retention.withLock { $0 }
        services.webhooks = webhookDesk()
        services.answers = answers.withLock { $0 }
        services.scan = scan.withLock { $0 }
        return services
    }

    private func requestDesk() -> RequestDesk {
        RequestDesk(
            quote: { definition, _ in
                guard definition.promise != nil else { return nil }
                let due = self.kept.withLock { $0.quoteDue }
                return Quote(due: due, likely: due.adding(days: -9), probability: 0.95, basis: .history(n: 1_204))
            },
            start: { request in
                self.kept.withLock { $0.requests.append(request) }
                return TrackingCode(SampleSite.codeText)!
            },
            track: { code in
                if let found = self.kept.withLock({ $0.journeys[code] }) { return found }
                return code.description == SampleSite.codeText ? SampleFigures.journey(closed: false) : nil
            },
            outcome: { code, solved, words in self.kept.withLock { $0.outcomes.append((code, solved, words)) } })
    }
}
