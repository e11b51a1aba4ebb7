import Commands
import Experience
import Foundation
import Site
import Synchronization
import Testing

/// Speaks clamd's protocol: PING, VERSION, and INSTREAM with its parts and their lengths. Finds what real signatures of
/// the test file find: its own text.
private final class FakeClamd: Sendable {
    enum Manner: Sendable {
        case proper
        /// Takes everything and never answers.
        case silent
        case outOfMemory
        /// Stops a stream that grows beyond 100,000 bytes, as StreamMaxLength does.
        case refusesLarge
        case hangsUp
    }

    /// The test file that every scanner knows, in two halves, so that none finds it here.
    static let testFile = #"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-"# + "ANTIVIRUS-TEST-FILE!$H+H*"

    let listener: Listener
    let address: ScannerAddress
    private let got: Received

    final class Received: Sendable {
        let files = Mutex<[[UInt8]]>([])
    }
    var received: [[UInt8]] { got.files.withLock { $0 } }

    init(_ manner: Manner = .proper, overSocket: Bool = false) throws {
        let got = Received()
        self.got = got
        let path = Listener.freshPath()
        listener = try Listener(overSocket ? .socket(path) : .port(0)) { FakeClamd.answer($0, manner, got) }
        address = try #require(ScannerAddress(overSocket ? "clamd:unix:\(path)" : "clamd:127.0.0.1:\(listener.port)"))
    }

    private static func answer(_ connection: Connection, _ manner: Manner, _ got: Received) {
        guard let command = connection.read(until: 0), manner != .hangsUp else { return }
        switch String(decoding: command, as: UTF8.self) {
        case "zPING": connection.write("PONG\0")
        case "zVERSION": connection.write("ClamAV 1.4.3/27790/Wed Oct 15 09:40:48 2025\0")
        case "zINSTREAM":
            var file: [UInt8] = []
            while true {
                guard let head = connection.read(4) else { return }
                let size = head.reduce(0) { $0 << 8 | Int($1) }
                guard size > 0 else { break }
                guard let part = connection.read(size) else { return }
                file += part
                if manner == .refusesLarge, file.count > 100_000 {
                    connection.write("INSTREAM size limit exceeded. ERROR\0")
                    return
                }
            }
            got.files.withLock { $0.append(file) }
            switch manner {
            case .silent: _ = connection.read(1)
            case .outOfMemory: connection.write("stream: Can't allocate memory ERROR\0")
            default:
                let isBad = String(decoding: file, as: UTF8.self).contains(testFile)
                connection.write(isBad ? "stream: Eicar-Signature FOUND\0" : "stream: OK\0")
            }
        default: connection.write("UNKNOWN COMMAND\0")
        }
    }
}

@Suite struct ClamdClientTests {
    /// Why there is no verdict; nil where there is one.
    private static func why(_ verdict: FileVerdict) -> String? {
        if case .unknown(let why) = verdict { why } else { nil }
    }

    @Test(arguments: [true, false])
    func aCleanFileReachesTheScannerWhole(overSocket: Bool) async throws {
        let clamd = try FakeClamd(overSocket: overSocket)
        defer { clamd.listener.stop() }
        let client = ClamdClient(clamd.address)
        let file: [UInt8] = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(await client.verdict(on: file) == .clean)
        #expect(await client.verdict(on: []) == .clean)
        let isWhole = clamd.received == [file, []]
        #expect(isWhole)
    }

    @Test func theTestFileIsFoundAndNamed() async throws {
        let clamd = try FakeClamd()
        defer { clamd.listener.stop() }
        let file = Array("%PDF-1.7 \(FakeClamd.testFile)".utf8)
        #expect(await ClamdClient(clamd.address).verdict(on: file) == .infected("Eicar-Signature"))
    }

    @Test func whatIsNoVerdictIsUnknownAndSaysWhy() async throws {
        let memory = try FakeClamd(.outOfMemory)
        defer { memory.listener.stop() }
        let full = await ClamdClient(memory.address).verdict(on: [1])
        #expect(Self.why(full)?.contains("allocate memory") == true)
        let silent = try FakeClamd(.silent)
        defer { silent.listener.stop() }
        let late = await ClamdClient(silent.address, patience: .milliseconds(300)).verdict(on: [1])
        #expect(Self.why(late)?.contains("did not answer") == true)
        let gone = try FakeClamd(.hangsUp)
        defer { gone.listener.stop() }
        let nothing = await ClamdClient(gone.address).verdict(on: [1])
        #expect(Self.why(nothing)?.isEmpty == false)
        for text in ["clamd:127.0.0.1:1", "clamd:unix:\(Listener.freshPath())"] {
            let nobody = await ClamdClient(try #require(ScannerAddress(text))).verdict(on: [1])
            #expect(Self.why(nobody)?.contains("can't be reached") == true, "\(text)")
        }
    }

    @Test func aFileLargerThanTheScannerTakesIsNotCalledClean() async throws {
        let clamd = try FakeClamd(.refusesLarge)
        defer { clamd.listener.stop() }
        let verdict = await ClamdClient(clamd.address).verdict(on: [UInt8](repeating: 7, count: 4_000_000))
        // Whether its word or the end of the connection comes first.
        #expect(Self.why(verdict)?.isEmpty == false)
        #expect(clamd.received.isEmpty)
    }

    @Test func manyAtOnceEachGetTheirOwnAnswer() async throws {
        let clamd = try FakeClamd()
        defer { clamd.listener.stop() }
        let client = ClamdClient(clamd.address)
        let verdicts = await withTaskGroup(of: (Int, FileVerdict).self) { group in
            for number in 0..<40 {
                group.addTask {
                    let text = number.isMultiple(of: 2) ? "plain \(number)" : FakeClamd.testFile
                    return (number, await client.verdict(on: Array(text.utf8)))
                }
            }
            var all: [Int: FileVerdict] = [:]
            for await (number, verdict) in group { all[number] = verdict }
            return all
        }
        for number in 0..<40 {
            #expect(verdicts[number] == (number.isMultiple(of: 2) ? .clean : .infected("Eicar-Signature")))
        }
    }

    @Test func whatItIsAndHowOldItsSignaturesAreIsTold() async throws {
        let clamd = try FakeClamd()
        defer { clamd.listener.stop() }
        let version = ScannerVersion(try await ClamdClient(clamd.address).version())
        #expect(version.product == "ClamAV 1.4.3" && version.signatures?.description == "2025-10-15")
        let bare = ScannerVersion("ClamAV 1.4.6")
        #expect(bare.product == "ClamAV 1.4.6" && bare.signatures == nil)
        let gone = try FakeClamd(.hangsUp)
        defer { gone.listener.stop() }
        await #expect(throws: ScannerFailure.self) { _ = try await ClamdClient(gone.address).version() }
    }

    @Test func addressesAreReadOrRefused() {
        #expect(ScannerAddress("clamd:scanner.example:3310") == .host("scanner.example", port: 3_310))
        #expect(ScannerAddress("clamd:[::1]:3310") == .host("::1", port: 3_310))
        #expect(ScannerAddress("clamd:unix:/run/clamav/clamd.ctl") == .socket(path: "/run/clamav/clamd.ctl"))
        for text in ["clamd:scanner.example:3310", "clamd:[::1]:3310", "clamd:unix:/run/clamav/clamd.ctl"] {
            #expect(ScannerAddress(text)?.description == text)
        }
        for text in [
            "", "clamd:", "clamd:host", "clamd:host:0", "clamd:host:70000", "clamd::3310", "icap:host:1344",
            "clamd:ho st:3310", "clamd:unix:", "clamd:unix:relative", "clamd:::1:3310", "clamd:[]:3310",
            "clamd:unix:/" + String(repeating: "x", count: 200),
        ] {
            #expect(ScannerAddress(text) == nil, "\(text)")
        }
    }
}
