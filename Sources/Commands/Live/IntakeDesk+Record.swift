internal import Site
internal import Storage
internal import Synchronization

extension IntakeDesk {
    static func live(_ record: Record, keys known: KnownKeys) -> IntakeDesk {
        IntakeDesk(
            sender: { secret in
                known.keep(nil, for: secret)
                return try await known.key(secret, record).map { Sender($0) }
            },
            remembered: { secret in try await known.key(secret, record).map { Sender($0) } },
            append: { events, secret in
                guard let key = try await known.key(secret, record) else { throw Revoked() }
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
final class KnownKeys: Sendable {
    private static let limit = 1_000
    private let keys = Mutex<[String: APIKey]>([:])

    /// The key of a secret, as it was when it was last looked up; nil for one that is unknown or revoked.
    func key(_ secret: String, _ record: Record) async throws -> APIKey? {
        if let known = keys.withLock({ $0[secret] }) { return known }
        let key = try await record.accounts.key(secret)
        keep(key, for: secret)
        return key
    }

    func keep(_ key: APIKey?, for secret: String) {
        keys.withLock { keys in
            if keys.count >= KnownKeys.limit { keys.removeAll() }
            keys[secret] = key
        }
    }
}
