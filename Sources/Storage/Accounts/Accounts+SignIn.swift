import Crypto
import Experience

/// Failures are counted for an account *and* where they come from, so that nobody can lock anybody else out:
///
/// - From one place (a network address) five failures for a name pass; each one more doubles the wait, from 30
///   seconds to at most 15 minutes. Other places are not touched, so the person signs in from elsewhere at once.
/// - A device that signed in before carries a token and is a place of its own: the person's own machine is not touched
///   by failures of others behind the same address.
/// - An attempt is counted before the password is looked at, so that a thousand at once count as a thousand.
/// - A name without an account costs the same time and counts the same, so names can't be found out.
///
/// What this does not stop is a patient attack from very many addresses; against that stand the cost of Argon2id and
/// the length of passwords, and the audit log shows it.
extension Accounts {
    static let freeFailures: Int64 = 5
    static let firstWait = 30 * 1_000_000 as Int64
    static let longestWait = 15 * Instant.minute
    static let forgottenAfter = Instant.day

    /// - Parameters:
    ///   - source: the network address the request came from.
    ///   - device: the token of the device cookie, if the browser sent one.
    ///   - old: the session cookie the browser still holds; that session ends.
    package func signIn(
        name: String, password: String, source: String, device: String? = nil, replacing old: String? = nil
    ) async throws(StorageError) -> SignIn {
        let typed = name.lowercased()
        let nameHash = keyedHash("name \(typed)")
        let sourceHash = keyedHash("source \(source)")
        let attempt: Attempt = try await record.write { (transaction) throws(StorageError) in
            try transaction.beginAttempt(typed, nameHash: nameHash, sourceHash: sourceHash, device: device)
        }
        if let until = attempt.wait { return .wait(until: until) }
        let candidate = attempt.account
        let stored = candidate?.hash ?? Accounts.nobody
        let right = try await record.hashing.run { () throws(StorageError) in
            PasswordHash.verify(password, against: stored)
        }
        guard right, let candidate, !candidate.account.isDisabled else {
            let who = candidate?.account.id ?? "-"
            try await record.audit(AuditEntry(account: who, action: .signInFailed, subject: who))
            return .refused
        }
        let fresh: String? =
            candidate.hash.hasPrefix(PasswordCost.standard.prefix)
            ? nil
            : try await record.hashing.run { () throws(StorageError) in try PasswordHash.make(password) }
        let (token, newDevice) = (Secret.random(), Secret.random())
        let keepsDevice = attempt.deviceIsKnown
        try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let account = candidate.account.id
            let now = SQLValue.integer(transaction.now.microseconds)
            try session.run(
                "DELETE FROM sign_in_failure WHERE name_hash = ?1 AND origin = ?2", .text(nameHash),
                .text(attempt.origin))
            if let old { try session.run("DELETE FROM sign_in_session WHERE token_hash = ?1", .text(Secret.hash(old))) }
            if let fresh {
                try session.run("UPDATE account SET password = ?2 WHERE id = ?1", .text(account), .text(fresh))
            }
            try session.run(
                "INSERT INTO sign_in_session (token_hash, account, created_at, seen_at) VALUES (?1, ?2, ?3, ?3)",
                .text(Secret.hash(token)), .text(account), now)
            if !keepsDevice {
                try session.run(
                    "INSERT INTO known_device (token_hash, account, created_at) VALUES (?1, ?2, ?3)",
                    .text(Secret.hash(newDevice)), .text(account), now)
            }
            try session.note(AuditEntry(account: account, action: .signIn, subject: account), at: transaction.now)
        }
        return .signedIn(
            account: candidate.account, token: token, device: keepsDevice ? device ?? newDevice : newDevice)
    }

    struct Attempt: Sendable {
        var wait: Instant?
        var origin: String
        var deviceIsKnown: Bool
        var account: (account: Account, hash: String)?
    }

    /// A hash of no password anyone has: verifying it takes as long as any other.
    private static let nobody =
        "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// Keyed where a key is configured: what was typed as a name may be a password.
    private func keyedHash(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let keys = record.options.vaultKeys else { return Hex.encode(SHA256.hash(data: bytes)) }
        return Hex.encode(HMAC<SHA256>.authenticationCode(for: bytes, using: keys.hashing))
    }

    /// The wait after so many failures; nil while none is due.
    static func wait(after failures: Int64) -> Int64? {
        guard failures >= freeFailures else { return nil }
        let doublings = min(failures - freeFailures, 20)
        return min(firstWait << doublings, longestWait)
    }
}

extension WriteTransaction {
    fileprivate func beginAttempt(
        _ name: String, nameHash: String, sourceHash: String, device: String?
    ) throws(StorageError) -> Accounts.Attempt {
        let account = try session.row(
            "SELECT \(Account.columns), password FROM account WHERE name = ?1", [.text(name)]
        ) { (row) throws(StorageError) in (try Account.read(row), row.text(5)) }
        var known = false
        if let device, let account {
            let found = try session.integer(
                "SELECT count(*) FROM known_device WHERE token_hash = ?1 AND account = ?2",
                [.text(Secret.hash(device)), .text(account.0.id)])
            known = found > 0
        }
        let origin = if known, let device { "device \(Secret.hash(device))" } else { "source \(sourceHash)" }
        var attempt = Accounts.Attempt(wait: nil, origin: origin, deviceIsKnown: known, account: account)
        try session.run(
            "DELETE FROM sign_in_failure WHERE last_at < ?1",
            .integer(now.advanced(by: -Accounts.forgottenAfter).microseconds))
        let before = try session.row(
            "SELECT failures, last_at FROM sign_in_failure WHERE name_hash = ?1 AND origin = ?2",
            [.text(nameHash), .text(origin)]
        ) { (row) throws(StorageError) in (row.integer(0), Instant(microseconds: row.integer(1))) }
        if let before, let wait = Accounts.wait(after: before.0) {
            let until = before.1.advanced(by: wait)
            if now < until {
                attempt.wait = until
                return attempt
            }
        }
        try session.run(
            """
            INSERT INTO sign_in_failure (name_hash, origin, failures, last_at) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT (name_hash, origin) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at
            """, .text(nameHash), .text(origin), .integer(now.microseconds))
        return attempt
    }
}
