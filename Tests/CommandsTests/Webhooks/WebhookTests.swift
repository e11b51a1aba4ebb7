import Commands
import Crypto
import Experience
import Foundation
import Logging
import Storage
import Synchronization
import Testing

@Suite(.serialized) struct WebhookTests {
    fileprivate static let agency = AgencyID("permits")!
    private static let service = ServiceID("street-permit")!
    private static let start = Instant(rfc3339: "2026-03-02T15:00:00Z")!

    fileprivate struct Message: Decodable {
        var id: String
        var timestamp: String
        var signature: String
        var body: String
        var path: String
    }

    fileprivate final class Receiver: Sendable {
        let port: Int
        private let process: Process
        private let lines: Lines
        private let keepsOpen = Pipe()

        init(_ answers: [Int] = []) throws {
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("Fixtures/webhooks/receiver.py")
            process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            process.arguments = [script.path] + answers.flatMap { ["--answer", String($0)] }
            let output = Pipe()
            process.standardOutput = output
            process.standardInput = keepsOpen
            try process.run()
            lines = Lines(output.fileHandleForReading)
            port = try #require(lines.next(within: 20).flatMap { Int($0) })
        }

        deinit { process.terminate() }

        func message(within seconds: Double = 20) throws -> Message? {
            try lines.next(within: seconds).map { try JSONDecoder().decode(Message.self, from: Data($0.utf8)) }
        }
    }

    fileprivate final class Desk: Sendable {
        let time = Mutex(WebhookTests.start)
        let record: Record

        static func open() async throws -> Desk {
            let box = Box()
            let record = try await Record.open(
                path: NSTemporaryDirectory() + "/throughline-hooks-\(UUID().uuidString)",
                options: RecordOptions(
                    vaultKeys: VaultKeys(current: VaultKey(bytes: Array(repeating: 3, count: 32))!),
                    now: { box.now.withLock { $0 } }))
            return Desk(record: record, box: box)
        }

        final class Box: Sendable { let now = Mutex(WebhookTests.start) }
        let box: Box

        private init(record: Record, box: Box) {
            self.record = record
            self.box = box
        }

        func wait(_ microseconds: Int64) { box.now.withLock { $0 = $0.advanced(by: microseconds) } }

        func happens(_ number: Int) async throws {
            let entry = PromiseEntry.withdrawn(reason: "line\n“\(number)”")
            _ = try await record.append(
                Event(
                    agency: WebhookTests.agency, service: WebhookTests.service, journey: JourneyID("j\(number)")!,
                    source: "test", sourceID: "\(number)", kind: .promise, activity: entry.activity,
                    occurred: WebhookTests.start, attributes: entry.attributes))
        }

        func sender(allowsPrivate: Bool = true) throws -> WebhookSender {
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let box = box
            return try WebhookSender(
                record: record, allowsPrivate: allowsPrivate, owner: "one", now: { box.now.withLock { $0 } },
                logger: logger)
        }
    }

    @Test func aPromiseEventArrivesSignedAndOnce() async throws {
        let receiver = try Receiver()
        let desk = try await Desk.open()
        try await desk.happens(0)
        let added = try await desk.record.addWebhook(
            agency: Self.agency, url: "http://127.0.0.1:\(receiver.port)/hook", service: nil, by: "test")
        try await desk.happens(1)
        while try await desk.record.queueDeliveries() > 0 {}
        while try await desk.record.queueDeliveries() > 0 {}
        let sender = try desk.sender()
        #expect(try await sender.deliverDue() == 1, "what happened before the subscription is not told")
        let message = try #require(try receiver.message())
        #expect(message.path == "/hook" && message.body.contains(#""type":"promise.withdrawn""#))
        #expect((try? JSONSerialization.jsonObject(with: Data(message.body.utf8))) != nil)
        // As the receiver works it out from the secret it was shown.
        let key = try #require(Data(base64Encoded: String(WebhookMessage.text(added.secret).dropFirst(6))))
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(message.id).\(message.timestamp).\(message.body)".utf8), using: SymmetricKey(data: key))
        #expect(message.signature == "v1," + Data(code).base64EncodedString())
        #expect(try await sender.deliverDue() == 0)
        #expect(try await desk.record.deliveryCounts(added.webhook).delivered == 1)
    }

    @Test func theKnownVectorOfTheStandardIsMet() throws {
        // The example of the Standard Webhooks libraries.
        let secret = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signed = WebhookMessage.sign(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: #"{"test": 2432232314}"#,
            secret: Array(secret))
        #expect(signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func aFailingReceiverIsAskedAgainUnderTheSameIdAndARedirectIsNotFollowed() async throws {
        let receiver = try Receiver([503, 302, 200])
        let desk = try await Desk.open()
        let added = try await desk.record.addWebhook(
            agency: Self.agency, url: "http://127.0.0.1:\(receiver.port)/hook", service: Self.service, by: "test")
        try await desk.happens(1)
        while try await desk.record.queueDeliveries() > 0 {}
        let sender = try desk.sender()
        var ids: Set<String> = []
        for attempt in 1...3 {
            #expect(try await sender.deliverDue() == 1)
            #expect(try await sender.deliverDue() == 0, "asked again without waiting")
            let message = try #require(try receiver.message())
            #expect(message.path == "/hook")
            ids.insert(message.id)
            #expect(try await desk.record.deliveryCounts(added.webhook).delivered == (attempt == 3 ? 1 : 0))
            desk.wait(Instant.hour)
        }
        #expect(ids.count == 1)
        #expect(try await desk.record.removeWebhook(added.webhook.id, agency: Self.agency, by: "test"))
        try await desk.happens(2)
        while try await desk.record.queueDeliveries() > 0 {}
        #expect(try await sender.deliverDue() == 0)
    }

    @Test func anAddressInAPrivateNetworkIsNeverConnectedTo() async throws {
        let receiver = try Receiver()
        let desk = try await Desk.open()
        // As if the name had been public when it was added: the check is at the connection. Two spellings of this machine.
        for host in ["127.0.0.1", "localhost"] {
            let added = try await desk.record.addWebhook(
                agency: Self.agency, url: "https://\(host):\(receiver.port)/hook", service: nil, by: "test")
            try await desk.happens(host == "localhost" ? 1 : 2)
            while try await desk.record.queueDeliveries() > 0 {}
            while try await desk.sender(allowsPrivate: false).deliverDue() > 0 {}
            let counts = try await desk.record.deliveryCounts(added.webhook)
            #expect(counts.delivered == 0 && counts.failed >= 1)
            #expect(counts.lastProblem == "the address belongs to a private network")
        }
        #expect(try receiver.message(within: 0.2) == nil)
    }

    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
        "fd12::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "ff02::1",
    ])
    func privateAddressesAreKnown(address: String) { #expect(WebhookAddress.isPrivate(address) == true) }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1111", "2002:808:808::1"])
    func publicAddressesAreLetThrough(address: String) { #expect(WebhookAddress.isPrivate(address) == false) }

    @Test(arguments: [
        "", "hooks", "http://hooks.example.gov", "ftp://hooks.example.gov", "https://user:pw@hooks.example.gov",
        "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://10.0.0.1", "https://a b.example",
        "https://metadata.google.internal/", "https://hooks.example.gov/#x",
    ])
    func whatCanNotBeAWebhookIsRefused(url: String) {
        #expect(throws: (any Error).self) { try WebhookAddress.check(url) }
    }
}

extension WebhookTests {
    @Test func aPausedWebhookIsToldNothingAndLosesNothing() async throws {
        let receiver = try Receiver()
        let desk = try await Desk.open()
        let added = try await desk.record.addWebhook(
            agency: Self.agency, url: "http://127.0.0.1:\(receiver.port)/hook", service: nil, by: "test")
        let (record, id) = (desk.record, added.webhook.id)
        #expect(try await record.pauseWebhook(id, agency: Self.agency, isPaused: true, by: "ada"))
        #expect(try await !record.pauseWebhook(id, agency: Self.agency, isPaused: true, by: "ada"))
        try await desk.happens(1)
        while try await record.queueDeliveries() > 0 {}
        let sender = try desk.sender()
        #expect(try await sender.deliverDue() == 0)
        #expect(try await record.deliveries(of: id, agency: Self.agency).map(\.state) == [.queued])
        #expect(try await record.pauseWebhook(id, agency: Self.agency, isPaused: false, by: "ada"))
        #expect(try await sender.deliverDue() == 1)
        _ = try #require(try receiver.message())
        let delivered = try #require(try await record.deliveries(of: id, agency: Self.agency).first)
        #expect(delivered.state == .delivered && delivered.status == 200 && delivered.activity == "promise.withdrawn")
        let audit = try await record.audit().filter { $0.entry.subject == id }.map(\.entry.detail)
        #expect(audit == ["webhook resumed", "webhook paused", "webhook"])
    }

    @Test func forADayAfterAChangeBothSecretsSign() async throws {
        let receiver = try Receiver()
        let desk = try await Desk.open()
        let added = try await desk.record.addWebhook(
            agency: Self.agency, url: "http://127.0.0.1:\(receiver.port)/hook", service: nil, by: "test")
        let fresh = try #require(
            try await desk.record.rotateWebhookSecret(added.webhook.id, agency: Self.agency, by: "ada"))
        #expect(fresh != added.secret && fresh.count == 32)
        let sender = try desk.sender()
        for isLater in [false, true] {
            try await desk.happens(isLater ? 2 : 1)
            while try await desk.record.queueDeliveries() > 0 {}
            #expect(try await sender.deliverDue() == 1)
            let message = try #require(try receiver.message())
            let time = try #require(Int64(message.timestamp))
            func signed(_ secret: [UInt8]) -> String {
                WebhookMessage.sign(id: message.id, timestamp: time, body: message.body, secret: secret)
            }
            let expected = isLater ? [signed(fresh)] : [signed(fresh), signed(added.secret)]
            #expect(message.signature == expected.joined(separator: " "))
            desk.wait(WebhookSecret.overlap + Instant.hour)
        }
        #expect(try await desk.record.rotateWebhookSecret("none", agency: Self.agency, by: "ada") == nil)
    }
}
