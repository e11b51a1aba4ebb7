import Channels
import Commands
import Experience
import Foundation
import Logging
import Site
import Storage
import Synchronization

/// A service that asks by text message after its last step, and a record whose clock a test turns.
final class LoopSample: Sendable {
    static let agency = AgencyID("consular")!
    static let start = Instant(rfc3339: "2026-03-02T17:00:00Z")!

    static func slug(_ text: String) -> Slug { Slug(text)! }
    static func text(_ en: String, _ es: String? = nil) -> LocalText { LocalText(en: en, es: es ?? en) }

    static let form = FormDefinition(
        id: slug("after"), title: text("After it"),
        pages: [
            FormPage(
                id: slug("first"),
                questions: [
                    Question(
                        id: slug("overall"), kind: .agreement, text: text("I am satisfied."), required: true,
                        driver: .satisfaction)
                ],
                next: [
                    .init(
                        when: .test(.init(question: slug("overall"), check: .atLeast(4))), to: .page(slug("well")))
                ]),
            FormPage(
                id: slug("badly"),
                questions: [Question(id: slug("why"), kind: .longText, text: text("What went wrong?"))],
                next: [.init(to: .end)]),
            FormPage(
                id: slug("well"),
                questions: [Question(id: slug("best"), kind: .thumbs, text: text("Was it quick?"))]),
        ], askAfter: slug("delivered"))

    static let service = ServiceDefinition(
        id: slug("passport"), agency: agency, agencyName: text("Consular Services"), title: text("Passport"),
        summary: text("A passport"),
        steps: [
            .init(id: slug("submitted"), title: text("Submitted"), by: .person),
            .init(id: slug("delivered"), title: text("Delivered"), by: .staff, closes: true),
        ], channels: [.web, .sms],
        touchpoints: [
            .init(id: slug("texts"), title: text("Texts"), channel: .sms, ask: AskPlan(form: slug("after")))
        ],
        request: [
            Question(id: slug("mobile"), kind: .phone, text: text("Mobile")),
            Question(id: slug("mail"), kind: .email, text: text("E-mail")),
        ], forms: [form], outcome: text("Did you get it?"))

    let record: Record
    let directory: String
    let logger: Logger
    private let box: Box

    final class Box: Sendable { let now = Mutex(LoopSample.start) }

    init() async throws {
        directory = NSTemporaryDirectory() + "/throughline-loop-\(UUID().uuidString)"
        let box = Box()
        self.box = box
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
        record = try await Record.open(
            path: directory,
            options: RecordOptions(
                rules: ViewRules(services: [Self.service]), vaultKeys: VaultKeys(current: VaultKey.random()),
                now: { box.now.withLock { $0 } }))
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var now: Instant { box.now.withLock { $0 } }
    var clock: @Sendable () -> Instant { { [box] in box.now.withLock { $0 } } }
    func wait(_ microseconds: Int64) { box.now.withLock { $0 = $0.advanced(by: microseconds) } }

    static func event(
        _ journey: String, _ id: String, _ activity: String, kind: EventKind = .step, at time: Instant,
        _ attributes: [String: AttributeValue] = [:]
    ) -> Event {
        Event(
            agency: agency, service: service.id, journey: JourneyID(journey)!, source: "test", sourceID: id,
            kind: kind, activity: activity, channel: .web, actor: Actor(.system), occurred: time,
            attributes: attributes)
    }

    /// A request from somebody with this number, delivered; gives the event of its delivery.
    func deliver(_ journey: String, mobile: String? = nil, mail: String? = nil) async throws -> RecordedEvent? {
        let person = VaultSubject.person(JourneyID(journey)!, agency: Self.agency)
        var words: [VaultEntry] = []
        if let mobile { words.append(VaultEntry(subject: person, field: "mobile", text: mobile)) }
        if let mail { words.append(VaultEntry(subject: person, field: "mail", text: mail)) }
        if !words.isEmpty { try await record.keep(words) }
        _ = try await record.append([
            Self.event(journey, "\(journey)-1", "submitted", at: now),
            Self.event(journey, "\(journey)-2", "delivered", at: now.advanced(by: Instant.minute)),
        ])
        return try await record.events(of: JourneyID(journey)!, agency: Self.agency).last
    }

    func inviter() -> InvitationSender {
        InvitationSender(
            record: record, services: { [Self.service] }, publicURL: nil, sendsTexts: true, zone: "America/New_York",
            now: clock, logger: logger)
    }

    func sender(_ sms: any SMSProvider) throws -> OutboxSender {
        try OutboxSender(record: record, settings: nil, sms: sms, owner: "one", now: clock, logger: logger)
    }

    func telephone() -> TelephoneDesk {
        LiveTelephone(record: record, services: { [Self.service] }, now: clock, freshID: { UUID().uuidString }).desk
    }
}

/// A carrier in a process of its own, and the messages it was given.
final class SMSCarrier: Sendable {
    struct Message: Decodable, Sendable {
        var path: String
        var secret: String
        var to: String
        var from: String
        var body: String
    }

    let port: Int
    private let process: Process
    private let lines: Lines
    private let keepsOpen = Pipe()

    init(_ answers: [String] = []) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/sms/carrier.py")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path] + answers.flatMap { ["--answer", $0] }
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = keepsOpen
        try process.run()
        lines = Lines(output.fileHandleForReading)
        guard let first = lines.next(within: 20), let port = Int(first) else {
            throw CommandMissing(description: "the stand-in carrier did not start; is /usr/bin/python3 there?")
        }
        self.port = port
    }

    deinit { process.terminate() }

    struct CommandMissing: Error, CustomStringConvertible { var description: String }

    func message(within seconds: Double = 20) throws -> Message? {
        try lines.next(within: seconds).map { try JSONDecoder().decode(Message.self, from: Data($0.utf8)) }
    }

    func provider() throws -> any SMSProvider {
        try SMSSettings.twilio(
            SMSSettings.Twilio(url: "http://127.0.0.1:\(port)", account: "AC1", token: "s3cret", from: "+15550100100")
        ).provider()
    }
}
