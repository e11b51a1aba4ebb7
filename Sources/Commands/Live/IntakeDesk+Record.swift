internal import Site
internal import Storage
internal import Synchronization

extension IntakeDesk {
    static func live(_ record: Record) -> IntakeDesk {
        let known = KnownKeys()
        @Sendable func find(_ secret: String) async throws -> APIKey? {
            let key = try await record.accounts.key(secret)
            known.keep(key, for: secret)
            return key
        }
        return IntakeDesk(
            sender: { secret in try await find(secret).map { Sender($0) } },
            remembered: { secret in
                if let key = known[secret] { return Sender(key) }
                return try await find(secret).map { Sender($0) }
            },
            append: { events, secret in
                var key = known[secret]
                if key == nil { key = try await find(secret) }
                guard let key else { throw Revoked() }
                do {
                    return try await record.append(events, under: key).map { outcome in
                        switch outcome {
                        case .stored(let sequence): .stored(sequence: sequence)
                        case .duplicate(let sequence): .duplicate(sequence: sequence)
                        case .refused(let reason): .refused("\(reason)")
                        }
                    }
                } catch StorageError.keyRevoked {
                    known.keep(nil, for: secret)
                    throw Revoked()
                }
            })
    }
}

extension IntakeDesk.Sender {
    fileprivate init(_ key: APIKey) { self.init(agency: key.agency, source: key.source) }
}

/// Keys that were good when they were last looked up: a system that sends thousands of events a second need not be
/// looked up before each, since the commit of an append asks again. A key that is not good is never remembered.
private final class KnownKeys: Sendable {
    private static let limit = 1_000
    private let keys = Mutex<[String: APIKey]>([:])

    subscript(secret: String) -> APIKey? { keys.withLock { $0[secret] } }

    func keep(_ key: APIKey?, for secret: String) {
        keys.withLock { keys in
            if keys.count >= KnownKeys.limit { keys.removeAll() }
            keys[secret] = key
        }
    }
}
