internal import NIOCore
internal import NIOPosix
package import Site

/// Asks a clamd about files by its INSTREAM command, a connection each. Nothing here blocks a thread. Whatever goes
/// wrong on the way is ``FileVerdict/unknown(_:)``, never a verdict.
package struct ClamdClient: Sendable {
    package let address: ScannerAddress
    /// For all of one question: connecting, sending, and waiting for the answer.
    package var patience: Duration

    package init(_ address: ScannerAddress, patience: Duration = .seconds(30)) {
        self.address = address
        self.patience = patience
    }

    /// More than any form takes.
    static let largest = 64 << 20
    private static let part = 65_536
    private static let answerLimit = 4_096

    package func verdict(on bytes: [UInt8]) async -> FileVerdict {
        guard bytes.count <= Self.largest else { return .unknown("it is larger than we send to a scanner") }
        do { return Self.verdict(of: try await bounded("INSTREAM", bytes)) } catch {
            return .unknown(Self.brief(error))
        }
    }

    /// Whether it answers, and what it calls itself and its signatures: "ClamAV 1.4.3/27790/Wed Oct 15 09:40:48 2025".
    package func version() async throws(ScannerFailure) -> String {
        do {
            let said = try await bounded("PING", nil)
            guard said == "PONG" else { throw ScannerFailure(why: "it answered “\(said.prefix(60))” to PING") }
            return try await bounded("VERSION", nil)
        } catch let failure as ScannerFailure {
            throw failure
        } catch {
            throw ScannerFailure(why: Self.brief(error))
        }
    }

    /// "stream: OK", "stream: Eicar-Signature FOUND", "INSTREAM size limit exceeded. ERROR".
    static func verdict(of answer: String) -> FileVerdict {
        if answer == "stream: OK" { return .clean }
        if answer.hasPrefix("stream: "), answer.hasSuffix(" FOUND") {
            return .infected(String(answer.dropFirst("stream: ".count).dropLast(" FOUND".count).prefix(120)))
        }
        return .unknown("the scanner said “\(answer.prefix(120))”")
    }

    /// One exchange within the time there is for it.
    private func bounded(_ command: String, _ file: [UInt8]?) async throws -> String {
        try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await exchange(command, file) }
            group.addTask {
                try await Task.sleep(for: patience)
                throw ScannerFailure(why: "the scanner did not answer within \(patience)")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ""
        }
    }

    private func exchange(_ command: String, _ file: [UInt8]?) async throws -> String {
        try await connect().executeThenClose { inbound, outbound in
            do {
                try await outbound.write(ByteBuffer(string: "z\(command)\0"))
                if let file { try await send(file, to: outbound) }
            } catch is ChannelError {
                // It hung up before it had everything: what it said before that, it said.
            } catch is IOError {
            }
            var answer: [UInt8] = []
            for try await part in inbound {
                answer += part.readableBytesView
                if answer.contains(0) || answer.count >= Self.answerLimit { break }
            }
            let line = answer.prefix { $0 != 0 && $0 != 0x0A }
            guard !line.isEmpty else { throw ScannerFailure(why: "the scanner hung up without an answer") }
            return String(decoding: line, as: UTF8.self)
        }
    }

    /// Parts, each after its length in four bytes; a length of zero ends the file.
    private func send(
        _ file: [UInt8], to outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        for start in stride(from: 0, to: file.count, by: Self.part) {
            let end = min(start + Self.part, file.count)
            var buffer = ByteBuffer()
            buffer.reserveCapacity(end - start + 4)
            buffer.writeInteger(UInt32(end - start))
            buffer.writeBytes(file[start..<end])
            try await outbound.write(buffer)
        }
        try await outbound.write(ByteBuffer(bytes: [0, 0, 0, 0]))
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(.seconds(5))
        switch address {
        case .socket(let path):
            return try await bootstrap.connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        case .host(let host, let port):
            return try await bootstrap.connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        }
    }

    private static func brief(_ error: any Error) -> String {
        switch error {
        case let error as ScannerFailure: error.why
        case is CancellationError: "stopped"
        default: "the scanner can't be reached: \(String("\(error)".prefix(120)))"
        }
    }
}

/// Why a scanner gives no answer.
package struct ScannerFailure: Error, Hashable, Sendable {
    package var why: String
}
