import Commands
import Experience
import Foundation
import Logging
import Synchronization
import Testing

/// A log server: reads frames of RFC 6587 and keeps their messages.
private final class FakeLogServer: Sendable {
    final class Kept: Sendable {
        let messages = Mutex<[String]>([])
        let connections = Mutex<[Connection]>([])
    }

    let listener: Listener
    private let kept: Kept
    var address: SyslogAddress { SyslogAddress("syslog:127.0.0.1:\(listener.port)")! }
    var messages: [String] { kept.messages.withLock { $0 } }

    init(port: Int = 0) throws {
        let kept = Kept()
        self.kept = kept
        listener = try Listener(.port(port)) { connection in
            kept.connections.withLock { $0.append(connection) }
            while let head = connection.read(until: 0x20), let count = Int(String(decoding: head, as: UTF8.self)),
                let message = connection.read(count)
            {
                kept.messages.withLock { $0.append(String(decoding: message, as: UTF8.self)) }
            }
        }
    }

    /// Goes away: takes nothing more and ends what there is.
    func stop() {
        listener.stop()
        kept.connections.withLock { for one in $0 { one.reset() } }
    }

    /// Waits until so many messages came.
    func has(_ count: Int, within seconds: Double = 20) async throws -> [String] {
        for _ in 0..<Int(seconds * 50) {
            if messages.count >= count { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        return messages
    }
}

@Suite struct LogShipperTests {
    private static let start = Instant(rfc3339: "2026-03-02T15:00:00Z")!
    private static let frame = SyslogFrame(host: "node1.example", process: 4_711)

    /// The local log of the shipper itself.
    private final class Local: Sendable {
        let lines = Mutex<[String]>([])
        var logger: Logger {
            var logger = Logger(label: "test") { label in
                LogLines(label: label, form: .text, write: { line in self.lines.withLock { $0.append(line) } })
            }
            logger.logLevel = .trace
            return logger
        }
        var text: String { lines.withLock { $0.joined() } }

        func says(_ text: String, within seconds: Double = 20) async throws -> Bool {
            for _ in 0..<Int(seconds * 50) {
                if self.text.contains(text) { return true }
                try await Task.sleep(for: .milliseconds(20))
            }
            return false
        }
    }

    private static func shipper(_ address: SyslogAddress, _ local: Local) throws -> LogShipper {
        try LogShipper(
            address, frame: frame, now: { start }, firstPause: .milliseconds(50), local: local.logger)
    }

    /// Lets the shipper run beside `body`.
    private static func running(_ shipper: LogShipper, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await shipper.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test func aMessageIsFramedByItsLengthAndSaysHowBadItIs() {
        let text = String(decoding: Self.frame.bytes(.error, at: Self.start, "señal\n"), as: UTF8.self)
        let message = "<27>1 2026-03-02T15:00:00Z node1.example throughline 4711 - - señal"
        #expect(text == "\(message.utf8.count) \(message)")
        let bare = SyslogFrame(host: " ", process: 1).bytes(.debug, at: Self.start, "x")
        #expect(String(decoding: bare, as: UTF8.self).hasSuffix("<31>1 2026-03-02T15:00:00Z - throughline 1 - - x"))
    }

    @Test func everyLineReachesTheLogServerInOrder() async throws {
        let server = try FakeLogServer()
        let local = Local()
        let shipper = try Self.shipper(server.address, local)
        var logger = Logger(label: "test") { label in
            LogLines(
                label: label, form: .json, now: { Self.start }, write: { _ in },
                ship: { shipper.take($0, at: $1, $2) })
        }
        logger.logLevel = .info
        logger.debug("not this one")
        for number in 0..<500 { logger.info("line \(number)", metadata: ["said": "two\nlines"]) }
        try await Self.running(shipper) {
            let messages = try await server.has(500)
            #expect(messages.count == 500)
            for (number, message) in messages.enumerated() {
                let head = "<30>1 2026-03-02T15:00:00Z node1.example throughline 4711 - - {"
                #expect(message.hasPrefix(head) && message.hasSuffix("}"))
                #expect(message.contains("\"message\":\"line \(number)\"") && !message.contains("\n"))
            }
        }
        server.stop()
    }

    @Test func whileTheServerIsAwayNobodyWaitsAndAfterwardsLinesGoOn() async throws {
        let server = try FakeLogServer()
        let local = Local()
        let shipper = try Self.shipper(server.address, local)
        try await Self.running(shipper) {
            shipper.take(.notice, at: Self.start, "before")
            #expect(try await server.has(1).count == 1)
            server.stop()
            #expect(try await local.says("can't be reached"))
            for number in 0..<100 { shipper.take(.notice, at: Self.start, "meanwhile \(number)") }
            let again = try FakeLogServer(port: server.listener.port)
            let messages = try await again.has(100)
            #expect(messages.filter { $0.contains("meanwhile") }.count == 100)
            #expect(try await local.says("again"))
            // It says so once, however often it tried.
            #expect(local.text.split(separator: "\n").filter { $0.contains("can't be reached") }.count == 1)
            again.stop()
        }
    }

    @Test func anOutageIsBoundedAndWhatWasLeftOutIsCounted() async throws {
        let server = try FakeLogServer()
        let local = Local()
        let shipper = try Self.shipper(server.address, local)
        let count = LogShipper.lineLimit + 1_000
        for number in 0..<count { shipper.take(.info, at: Self.start, "line \(number)") }
        let kept = shipper.waiting
        #expect(kept <= LogShipper.lineLimit && kept > LogShipper.lineLimit / 2)
        try await Self.running(shipper) {
            let messages = try await server.has(kept + 1)
            let lost = messages.filter { $0.contains("\(count - kept) log lines were not sent here") }
            #expect(lost.count == 1 && messages.contains { $0.hasSuffix("line \(count - 1)") })
            #expect(!messages.contains { $0.hasSuffix(" line 0") })
        }
        server.stop()
    }

    @Test func aServerThatIsNotTheOneItSaysGetsNothing() async throws {
        let server = try FakeLogServer()
        let local = Local()
        let shipper = try Self.shipper(SyslogAddress("syslog+tls:127.0.0.1:\(server.listener.port)")!, local)
        shipper.take(.notice, at: Self.start, "a line for the right server only")
        try await Self.running(shipper) {
            let isSaid = try await local.says("can't be reached")
            #expect(isSaid)
        }
        #expect(server.messages.isEmpty && shipper.waiting == 1)
        server.stop()
    }

    @Test func addressesOfLogServersAreReadOrRefused() {
        #expect(SyslogAddress("syslog:logs.example.gov:514")?.isSecure == false)
        #expect(SyslogAddress("syslog+tls:[::1]:6514")?.description == "syslog+tls:[::1]:6514")
        for text in ["", "syslog:", "syslog:host", "tls:host:1", "syslog+tls:host:0", "syslog:a b:514"] {
            #expect(SyslogAddress(text) == nil, "\(text)")
        }
        #expect(throws: (any Error).self) {
            _ = try LogShipper(
                SyslogAddress("syslog+tls:host:6514")!, authorities: "/nowhere/ca.pem", local: Logger(label: "test"))
        }
    }
}
