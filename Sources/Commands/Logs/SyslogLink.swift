internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Makes connections to a log server. Nothing here blocks a thread.
struct SyslogLink: Sendable {
    let address: SyslogAddress
    private let tls: NIOSSLContext?

    /// - Parameter authorities: PEM file of the certificates to trust; nil for those of the system.
    init(_ address: SyslogAddress, authorities: String?) throws {
        self.address = address
        guard address.isSecure else {
            tls = nil
            return
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authorities {
            guard FileManager.default.isReadableFile(atPath: authorities) else {
                throw CommandFailure.unavailable(
                    "log.ca: \(authorities) can't be read; name a PEM file of certificates.")
            }
            configuration.trustRoots = .file(authorities)
        }
        do { tls = try NIOSSLContext(configuration: configuration) } catch {
            throw CommandFailure.unavailable("log.ca holds no certificates; name a PEM file of them.")
        }
    }

    func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        // A name is asked for in the handshake and held against the certificate; of an address only the latter.
        let host = address.place.host
        let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5)).channelOption(.socketOption(.so_keepalive), value: 1)
            .connect(host: host, port: address.place.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Hands bytes to the system; throws when it does not take them in time or the connection ends.
    static func send(_ bytes: [UInt8], over channel: any Channel, within limit: TimeAmount = .seconds(20)) async throws
    {
        let timer = channel.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        defer { timer.cancel() }
        try await withTaskCancellationHandler {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Sends one message and tells what went wrong; nil when it was taken.
    func reach(_ frame: [UInt8]) async -> String? {
        do {
            let connection = try await connect()
            let channel = connection.channel
            try await connection.executeThenClose { inbound, _ in
                do { try await SyslogLink.send(frame, over: channel, within: .seconds(5)) } catch {
                    // What ended the connection says more than that it ended.
                    for try await _ in inbound {}
                    throw error
                }
            }
            return nil
        } catch {
            return SyslogLink.brief(error)
        }
    }

    static func brief(_ error: any Error) -> String {
        let text = "\(error)"
        return text.contains("CERTIFICATE_VERIFY_FAILED")
            ? "its certificate is not trusted here; log.ca names authorities of your own" : String(text.prefix(160))
    }
}
