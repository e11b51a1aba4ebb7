package import Experience

/// The second factor of an account, as its page shows it.
package struct SecondFactorStanding: Hashable, Sendable {
    package var since: Instant
    /// Recovery codes that have not been used.
    package var codesLeft: Int
}

/// What a confirmed second factor gives: shown this once.
package struct RecoveryCodes: Hashable, Sendable {
    package var codes: [String]
    /// The token that goes on in place of the session's old one.
    package var token: String
}

/// An authenticator app as the second factor.
///
/// | to | call |
/// |---|---|
/// | set up or change | ``proposeSecondFactor(for:)``, then ``confirmSecondFactor(_:for:session:)`` by a first code |
/// | take away | ``removeSecondFactor(of:session:)`` by the person, ``resetSecondFactor(of:by:)`` by an administrator |
/// | get new recovery codes | ``renewRecoveryCodes(of:)`` |
///
/// The secret lies sealed with the vault's key, bound to its account. Recovery codes have 59 bits, of which the first
/// four signs tell which it is and the other eight are kept as Argon2id. Whoever calls these has asked for the password
/// before (``proveAgain(_:password:code:source:device:session:)``).
extension Accounts {
    /// How long a proposed secret waits for its first code.
    package static let proposalLife = 15 * Instant.minute
    package static let recoveryCodeCount = 10

    package func secondFactor(of id: String) async throws(StorageError) -> SecondFactorStanding? {
        try await record.read { (session) throws(StorageError) in
            guard let factor = try session.factor(of: id, .active) else { return nil }
            let left = try session.integer(
                "SELECT count(*) FROM recovery_code WHERE account = ?1 AND used_at IS NULL", [.text(id)])
            return SecondFactorStanding(since: factor.createdAt, codesLeft: Int(left))
        }
    }

    /// A new secret, which takes effect with its first code; one in use stays until then.
    package func proposeSecondFactor(for id: String) async throws(StorageError) -> SharedSecret {
        guard let keys = record.options.vaultKeys else { throw .noVaultKey }
        let (secret, factor) = (SharedSecret.random(), Secret.id(at: record.options.now()))
        let sealed = try SealedWords.seal(
            secret.bytes, key: keys.current, place: SealedFactor.place(account: id, id: factor))
        try await record.write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "DELETE FROM account_factor WHERE account = ?1 AND stage = ?2", .text(id),
                .text(SealedFactor.Stage.proposed.rawValue))
            try transaction.session.run(
                """
                INSERT INTO account_factor (account, stage, id, key_id, sealed, last_step, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5, -1, ?6)
                """, .text(id), .text(SealedFactor.Stage.proposed.rawValue), .text(factor), .text(keys.current.id),
                .bytes(sealed), .integer(transaction.now.microseconds))
        }
        return secret
    }

    /// The secret that waits for its first code; nil when none does any more.
    package func proposedSecondFactor(for id: String) async throws(StorageError) -> SharedSecret? {
        let factor = try await record.read { (session) throws(StorageError) in
            try session.factor(of: id, .proposed)
        }
        guard let factor, record.options.now() < factor.createdAt.advanced(by: Accounts.proposalLife) else {
            return nil
        }
        return try factor.open(record.options.vaultKeys)
    }

    /// Takes the proposed secret into use by its first code. The account's other sessions end. Nil for a wrong code.
    package func confirmSecondFactor(
        _ code: String, for id: String, session token: String
    ) async throws(StorageError) -> RecoveryCodes? {
        guard let secret = try await proposedSecondFactor(for: id), case .time(let typed)? = TypedCode(code),
            let step = TimeCode.step(of: typed, secret: secret.bytes, now: record.options.now(), after: -1)
        else { return nil }
        let made = try await freshCodes()
        let fresh = Secret.random()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let replaced = try session.run(
                "DELETE FROM account_factor WHERE account = ?1 AND stage = ?2", .text(id),
                .text(SealedFactor.Stage.active.rawValue))
            let confirmed = try session.run(
                """
                UPDATE account_factor SET stage = ?2, last_step = ?3, created_at = ?4 WHERE account = ?1 AND stage = ?5
                """, .text(id), .text(SealedFactor.Stage.active.rawValue), .integer(step),
                .integer(transaction.now.microseconds), .text(SealedFactor.Stage.proposed.rawValue))
            guard confirmed == 1 else { throw .refused("this secret was taken back; begin again.") }
            try session.replaceCodes(of: id, made.map { $0.kept }, at: transaction.now)
            try session.goOn(token, as: fresh, endingOthersOf: id)
            try session.note(
                AuditEntry(
                    account: id, action: .grant, subject: id,
                    detail: replaced > 0 ? "second factor changed" : "second factor"), at: transaction.now)
            return RecoveryCodes(codes: made.map { $0.shown }, token: fresh)
        }
    }

    /// Ten new codes; the old ones end. Nil where there is no second factor.
    package func renewRecoveryCodes(of id: String) async throws(StorageError) -> [String]? {
        let made = try await freshCodes()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            guard try session.factor(of: id, .active) != nil else { return nil }
            try session.replaceCodes(of: id, made.map { $0.kept }, at: transaction.now)
            try session.note(
                AuditEntry(account: id, action: .grant, subject: id, detail: "recovery codes"), at: transaction.now)
            return made.map { $0.shown }
        }
    }

    /// The person's own doing: other sessions end. Gives the token this session goes on with; nil where there was none.
    package func removeSecondFactor(of id: String, session token: String) async throws(StorageError) -> String? {
        let fresh = Secret.random()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            guard try session.dropFactor(of: id) else { return nil }
            try session.goOn(token, as: fresh, endingOthersOf: id)
            try session.note(
                AuditEntry(account: id, action: .revoke, subject: id, detail: "second factor"), at: transaction.now)
            return fresh
        }
    }

    /// For somebody who lost phone and codes: takes the second factor away and ends every session and known device.
    package func resetSecondFactor(of id: String, by account: String) async throws(StorageError) {
        try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            guard try session.dropFactor(of: id) else {
                throw .refused("this account has no second factor; look at the list again.")
            }
            try session.endSessions(of: id, forgetsDevices: true)
            try session.note(
                AuditEntry(account: account, action: .revoke, subject: id, detail: "second factor reset"),
                at: transaction.now)
        }
    }

    /// What became of a right code.
    enum SpentCode: Hashable, Sendable {
        case time
        case recovery(left: Int)
    }

    /// Uses a code up, if it is right; nil if it is not. A code is taken once, however many ask at the same moment.
    func spend(_ typed: TypedCode, of id: String) async throws(StorageError) -> SpentCode? {
        switch typed {
        case .time(let code): return try await spendTime(code, of: id) ? .time : nil
        case .recovery(let code): return try await spendRecovery(code, of: id).map { .recovery(left: $0) }
        }
    }

    private func spendTime(_ code: String, of id: String) async throws(StorageError) -> Bool {
        let keys = record.options.vaultKeys
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            guard let factor = try session.factor(of: id, .active) else { return false }
            let secret = try factor.open(keys)
            guard
                let step = TimeCode.step(
                    of: code, secret: secret.bytes, now: transaction.now, after: factor.lastStep)
            else { return false }
            return try session.run(
                "UPDATE account_factor SET last_step = ?3 WHERE account = ?1 AND stage = ?2 AND last_step < ?3",
                .text(id), .text(SealedFactor.Stage.active.rawValue), .integer(step)) == 1
        }
    }

    private func spendRecovery(_ code: TrackingCode, of id: String) async throws(StorageError) -> Int? {
        let head = String(code.text.prefix(4))
        let hash = try await record.read { (session) throws(StorageError) in
            try session.row(
                "SELECT hash FROM recovery_code WHERE account = ?1 AND head = ?2 AND used_at IS NULL",
                [.text(id), .text(head)]
            ) { (row) throws(StorageError) in row.text(0) }
        }
        guard let hash else { return nil }
        let right = try await record.hashing.run { () throws(StorageError) in
            PasswordHash.verify(code.text, against: hash)
        }
        guard right else { return nil }
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let used = try session.run(
                """
                UPDATE recovery_code SET used_at = ?4 WHERE account = ?1 AND head = ?2 AND hash = ?3 AND used_at IS NULL
                """, .text(id), .text(head), .text(hash), .integer(transaction.now.microseconds))
            guard used == 1 else { return nil }
            let left = try session.integer(
                "SELECT count(*) FROM recovery_code WHERE account = ?1 AND used_at IS NULL", [.text(id)])
            try session.note(
                AuditEntry(account: id, action: .revoke, subject: id, detail: "recovery code used, \(left) left"),
                at: transaction.now)
            return Int(left)
        }
    }

    /// Codes as they are shown, and as they are kept.
    private func freshCodes() async throws(StorageError) -> [(shown: String, kept: KeptCode)] {
        var random = SystemRandomNumberGenerator()
        var codes: [String: TrackingCode] = [:]
        while codes.count < Accounts.recoveryCodeCount {
            let code = TrackingCode(using: &random)
            codes[String(code.text.prefix(4))] = code
        }
        var made: [(shown: String, kept: KeptCode)] = []
        for (head, code) in codes {
            let hash = try await record.hashing.run { () throws(StorageError) in try PasswordHash.make(code.text) }
            made.append((code.description, KeptCode(head: head, hash: hash)))
        }
        return made
    }
}

struct KeptCode: Sendable {
    let head: String
    let hash: String
}

/// A row of `account_factor`.
struct SealedFactor: Sendable {
    enum Stage: String, Sendable { case proposed, active }

    let account: String
    let id: String
    let keyID: String
    let sealed: [UInt8]
    let lastStep: Int64
    let createdAt: Instant

    static func place(account: String, id: String) -> [UInt8] {
        SealedWords.place("", "account:\(account)", "second factor:\(id)")
    }

    func open(_ keys: VaultKeys?) throws(StorageError) -> SharedSecret {
        guard let keys else { throw .noVaultKey }
        guard let key = keys[keyID] else { throw .unknownVaultKey(id: keyID) }
        return SharedSecret(
            bytes: try SealedWords.open(sealed, key: key, place: SealedFactor.place(account: account, id: id)))
    }
}

extension Session {
    func factor(of account: String, _ stage: SealedFactor.Stage) throws(StorageError) -> SealedFactor? {
        try row(
            """
            SELECT account, id, key_id, sealed, last_step, created_at FROM account_factor
            WHERE account = ?1 AND stage = ?2
            """, [.text(account), .text(stage.rawValue)], SealedFactor.read)
    }

    /// Secrets and codes of an account go; false where it had none in use.
    fileprivate func dropFactor(of account: String) throws(StorageError) -> Bool {
        let had = try factor(of: account, .active) != nil
        try run("DELETE FROM account_factor WHERE account = ?1", .text(account))
        try run("DELETE FROM recovery_code WHERE account = ?1", .text(account))
        return had
    }

    fileprivate func replaceCodes(of account: String, _ codes: [KeptCode], at now: Instant) throws(StorageError) {
        try run("DELETE FROM recovery_code WHERE account = ?1", .text(account))
        for code in codes {
            try run(
                "INSERT INTO recovery_code (account, head, hash, created_at) VALUES (?1, ?2, ?3, ?4)",
                .text(account), .text(code.head), .text(code.hash), .integer(now.microseconds))
        }
    }

    /// Seals again, with the current key, secrets an older one sealed; gives how many.
    func resealFactors(_ keys: VaultKeys, limit: Int) throws(StorageError) -> Int {
        let old = try rows(
            """
            SELECT account, id, key_id, sealed, last_step, created_at FROM account_factor WHERE key_id <> ?1 LIMIT ?2
            """, [.text(keys.current.id), .integer(Int64(limit))], SealedFactor.read)
        for factor in old {
            let place = SealedFactor.place(account: factor.account, id: factor.id)
            try run(
                "UPDATE account_factor SET key_id = ?1, sealed = ?2 WHERE account = ?3 AND id = ?4",
                .text(keys.current.id),
                .bytes(try SealedWords.seal(try factor.open(keys).bytes, key: keys.current, place: place)),
                .text(factor.account), .text(factor.id))
        }
        return old.count
    }
}

extension SealedFactor {
    fileprivate static func read(_ row: Prepared) throws(StorageError) -> SealedFactor {
        SealedFactor(
            account: row.text(0), id: row.text(1), keyID: row.text(2), sealed: row.bytes(3), lastStep: row.integer(4),
            createdAt: Instant(microseconds: row.integer(5)))
    }
}
