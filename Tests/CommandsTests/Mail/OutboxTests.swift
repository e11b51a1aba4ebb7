import Commands
import Experience
import Formats
import Foundation
import Logging
import Storage
import Synchronization
import Testing

@Suite(.serialized) struct OutboxTests {
    private static let agency = AgencyID("permits")!
    private static let start = Instant(rfc3339: "2026-03-02T15:00:00Z")!
    private static let from = MailAddress("Oficina de Permisos – Ñuñoa <no-reply@permits.example>")!

    /// A record whose clock a test turns.
    private final class Desk: Sendable {
        let record: Record
        let directory: String
        private let box: ClockBox

        init() async throws {
            let directory = NSTemporaryDirectory() + "/throughline-outbox-\(UUID().uuidString)"
            self.directory = directory
            let keys = VaultKeys(current: VaultKey(bytes: Array(repeating: 9, count: 32))!)
            let box = ClockBox()
            record = try await Record.open(
                path: directory, options: RecordOptions(vaultKeys: keys, now: { box.now.withLock { $0 } }))
            self.box = box
        }

        func wait(_ microseconds: Int64) { box.now.withLock { $0 = $0.advanced(by: microseconds) } }

        func sender(_ settings: MailSettings, owner: String = "one") throws -> OutboxSender {
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let box = box
            return try OutboxSender(
                record: record, settings: settings, owner: owner, now: { box.now.withLock { $0 } }, logger: logger)
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }
    }

    private final class ClockBox: Sendable {
        let now = Mutex(OutboxTests.start)
    }

    private static func settings(_ sink: MailSink, security: MailSettings.Security? = nil) throws -> MailSettings {
        try MailSettings(url: "smtp://127.0.0.1:\(sink.port)", from: from, security: security)
    }

    private static func message(
        _ key: String, to: OutgoingMessage.Recipient = .address("maria@example.org")
    ) -> OutgoingMessage {
        OutgoingMessage(
            agency: agency, to: to, language: .es,
            subject: "Nueva fecha para su permiso: 10 de marzo de 2026, día hábil",
            body: "Hola:\n\nLe dijimos 3 de marzo. La nueva fecha es el 10 de marzo – ¡gracias!\n.\nFin",
            purpose: "promise",
            dedupeKey: key)
    }

    @Test func aMessageArrivesWholeAndOnce() async throws {
        let sink = try MailSink()
        let desk = try await Desk()
        guard case .queued = try await desk.record.queueMessage(Self.message("a")) else {
            Issue.record("not queued")
            return
        }
        #expect(try await desk.record.queueMessage(Self.message("a")) == .known)
        let sender = try desk.sender(try Self.settings(sink))
        #expect(try await sender.sendDue() == 1)
        let mail = try #require(try sink.mail())
        #expect(mail.from == "no-reply@permits.example")
        #expect(mail.to == ["maria@example.org"])
        #expect(mail.subject == Self.message("a").subject)
        #expect(mail.sender == "Oficina de Permisos – Ñuñoa <no-reply@permits.example>")
        #expect(mail.body.replacing("\r\n", with: "\n") == Self.message("a").body + "\n")
        #expect(mail.language == "es" && mail.auto == "auto-generated" && mail.longest <= 78)
        #expect(try await sender.sendDue() == 0)
        #expect(try await desk.record.messageCounts() == [.sent: 1])
    }

    @Test func twoSendersNeverTakeTheSameMessage() async throws {
        let desk = try await Desk()
        for at in 0..<40 { try await desk.record.queueMessage(Self.message("k\(at)")) }
        let until = Self.start.advanced(by: Instant.hour)
        async let first = desk.record.leaseMessages(by: "one", until: until, limit: 25)
        async let second = desk.record.leaseMessages(by: "two", until: until, limit: 25)
        let (one, two) = try await (first, second)
        #expect(one.count + two.count == 40)
        #expect(Set(one.map(\.id)).isDisjoint(with: Set(two.map(\.id))))
        #expect(try await desk.record.finishMessage(two[0], by: "one", .sent) == false)
    }

    @Test func aLeaseThatEndsIsTakenAgainUnderTheSameName() async throws {
        let desk = try await Desk()
        try await desk.record.queueMessage(Self.message("a"))
        let first = try await desk.record.leaseMessages(by: "one", until: Self.start.advanced(by: Instant.minute))
        #expect(try await desk.record.leaseMessages(by: "two", until: Self.start).isEmpty)
        desk.wait(2 * Instant.minute)
        let second = try await desk.record.leaseMessages(by: "two", until: Self.start.advanced(by: Instant.hour))
        #expect(first.map(\.id) == second.map(\.id))
        #expect(second.first?.attempt == 2)
        #expect(try await desk.record.finishMessage(first[0], by: "one", .sent) == false)
    }

    @Test func aBusyServerIsAskedAgainLaterAndARefusalIsFinal() async throws {
        let sink = try MailSink(["--busy", "1", "--refuse", "nobody@example.org"])
        let desk = try await Desk()
        try await desk.record.queueMessage(Self.message("a"))
        let sender = try desk.sender(try Self.settings(sink))
        _ = try await sender.sendDue()
        #expect(try await desk.record.messageCounts() == [.queued: 1])
        #expect(try await sender.sendDue() == 0, "tried again without waiting")
        desk.wait(2 * Instant.minute)
        #expect(try await sender.sendDue() == 1)
        #expect(try sink.mail()?.to == ["maria@example.org"])
        try await desk.record.queueMessage(Self.message("b", to: .address("nobody@example.org")))
        _ = try await sender.sendDue()
        #expect(try await desk.record.messageCounts() == [.sent: 1, .failed: 1])
    }

    @Test func whatWaitedTooLongIsNotSentAnyMore() async throws {
        let sink = try MailSink()
        let desk = try await Desk()
        try await desk.record.queueMessage(Self.message("old"))
        desk.wait(8 * Instant.day)
        _ = try await desk.sender(try Self.settings(sink)).sendDue()
        #expect(try await desk.record.messageCounts() == [.failed: 1])
    }

    @Test func anUnreachableServerLosesNothing() async throws {
        let desk = try await Desk()
        try await desk.record.queueMessage(Self.message("a"))
        let sender = try desk.sender(try MailSettings(url: "smtp://127.0.0.1:1", from: Self.from))
        _ = try await sender.sendDue()
        #expect(try await desk.record.messageCounts() == [.queued: 1])
    }

    @Test func theAddressOfAPersonIsLookedUpWhenItIsSentAndErasedMeansNever() async throws {
        let sink = try MailSink()
        let desk = try await Desk()
        let journey = JourneyID("j1")!
        let subject = VaultSubject.person(journey, agency: Self.agency)
        try await desk.record.queueMessage(Self.message("a", to: .person(journey, field: "email")))
        try await desk.record.queueMessage(Self.message("b", to: .person(JourneyID("j2")!, field: "email")))
        try await desk.record.keep([VaultEntry(subject: subject, field: "email", text: "new@example.org")])
        try await desk.record.erase(.person(JourneyID("j2")!, agency: Self.agency), by: "system")
        let sender = try desk.sender(try Self.settings(sink))
        #expect(try await sender.sendDue() == 1)
        #expect(try sink.mail()?.to == ["new@example.org"])
        #expect(try await desk.record.messages(about: journey, agency: Self.agency).map(\.state) == [.sent])
        let files = try FileManager.default.contentsOfDirectory(atPath: desk.directory)
        for file in files {
            let data = try Data(contentsOf: URL(fileURLWithPath: desk.directory + "/" + file))
            #expect(data.range(of: Data("Nueva fecha".utf8)) == nil, "\(file) holds a message in plain text")
        }
    }

    @Test func encryptionAndSignInAreAskedForWhereTheyAreRequired() async throws {
        let folder = NSTemporaryDirectory() + "/throughline-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let made = try await run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                "subjectAltName=IP:127.0.0.1", "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem",
            ])
        #expect(made == 0)
        let sink = try MailSink([
            "--tls", folder + "/cert.pem", folder + "/key.pem", "--user", "office", "s3cret",
        ])
        let desk = try await Desk()
        try await desk.record.queueMessage(Self.message("a"))
        let url = "smtp://127.0.0.1:\(sink.port)"
        // A certificate nobody vouches for is not trusted, and a wrong password waits to be mended.
        for (password, authorities) in [("s3cret", nil), ("wrong", folder + "/cert.pem")] {
            let sender = try desk.sender(
                try MailSettings(
                    url: url, from: Self.from, user: "office", password: password, security: .required,
                    authorities: authorities))
            _ = try await sender.sendDue()
            #expect(try await desk.record.messageCounts() == [.queued: 1])
            desk.wait(Instant.hour)
        }
        let sender = try desk.sender(
            try MailSettings(
                url: url, from: Self.from, user: "office", password: "s3cret", security: .required,
                authorities: folder + "/cert.pem"))
        _ = try await sender.sendDue()
        let mail = try #require(try sink.mail())
        #expect(mail.tls && mail.user)
        let plain = try MailSink()
        try await desk.record.queueMessage(Self.message("b"))
        _ = try await desk.sender(try Self.settings(plain, security: .required)).sendDue()
        #expect(try await desk.record.messageCounts() == [.sent: 1, .queued: 1], "sent without encryption")
    }

    @Test(arguments: [
        "http://mail.example.gov", "smtp://", "mail.example.gov", "smtp://user:secret@mail.example.gov:587",
    ])
    func aServerThatCanNotBeUsedIsRefusedAtTheStart(url: String) {
        #expect(throws: (any Error).self) { try MailSettings(url: url, from: Self.from) }
    }

    @Test(arguments: [
        "", "nobody", "a@b@c", "a b@example.org", "a@example.org\r\nBcc: x@example.org", "<a@example.org", "a@.org",
        "a@exa_mple.org", "a,b@example.org",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func aSubjectCanNotSmuggleAHeader() {
        let mail = MailText(
            from: Self.from, to: MailAddress("a@example.org")!, subject: "Hi\r\nBcc: x@example.org", body: "b",
            language: .en, id: "1", sent: Self.start)
        let text = String(decoding: mail.bytes, as: UTF8.self)
        #expect(!text.contains("\r\nBcc:"))
        #expect(text.contains("Date: Mon, 02 Mar 2026 15:00:00 +0000\r\n"))
    }
}
