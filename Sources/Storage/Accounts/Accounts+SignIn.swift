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
///
/// Where an account has a second factor, a right password opens a second step and nothing else
/// (``secondStep(_:code:visit:device:replacing:browser:)``).
extension Accounts {
    static let freeFailures: Int64 = 5
    static let firstWait = 30 * 1_000_000 as Int64
    static let longestWait = 15 * Instant.minute
    static let forgottenAfter = Instant.day

    /// - Parameters:
    ///   - source: the network address the request came from.
    ///   - device: the token of the device cookie, if the browser sent one.
    ///   - old: the session cookie the browser still holds; that session ends.
    ///   - visit: what a second step must come with again: something only this browser holds.
    ///   - browser: its kind, for the person's own list of sessions.
    package func signIn(
        name: String, password: String, source: String, device: String? = nil, replacing old: String? = nil,
        visit: String = "", browser: String? = nil
    ) async throws(StorageError) -> SignIn {
        let attempt = try await beginAttempt(name, source: source, device: device)
        if let until = attempt.wait { return .wait(until: until) }
        guard let candidate = try await attempt.verified(password, record) else {
            try await noteFailure(attempt.account?.account, "")
            return .refused
        }
        let fresh: String? =
            candidate.hash.hasPrefix(PasswordCost.standard.prefix)
            ? nil
            : try await record.hashing.run { () throws(StorageError) in try PasswordHash.make(password) }
        if let fresh {
            _ = try await record.write { (transaction) throws(StorageError) in
                try transaction.session.run(
                    "UPDATE account SET password = ?2 WHERE id = ?1 AND password = ?3", .text(candidate.account.id),
                    .text(fresh), .text(candidate.hash))
            }
        }
        if attempt.hasSecondFactor { return try await beginSecondStep(candidate.account, attempt, visit: visit) }
        let arrival = Arrival(
            account: candidate.account, nameHash: attempt.nameHash, origin: attempt.origin, device: device, old: old,
            browser: browser)
        guard let came = try await arrive(arrival) else { return .refused }
        return .signedIn(account: came.account, token: came.token, device: came.device)
    }

    /// Counts a try for this name from this place, before anything is looked at.
    func beginAttempt(_ name: String, source: String, device: String?) async throws(StorageError) -> Attempt {
        let typed = name.lowercased()
        let nameHash = keyedHash("name \(typed)")
        let sourceHash = keyedHash("source \(source)")
        return try await record.write { (transaction) throws(StorageError) in
            try transaction.beginAttempt(typed, nameHash: nameHash, sourceHash: sourceHash, device: device)
        }
    }

    /// Everything was right: a session begins, what was counted against this place is forgotten. Nil when the second
    /// step was used up meanwhile.
    func arrive(
        _ arrival: Arrival
    ) async throws(StorageError) -> (account: Account, token: String, device: String)? {
        let (token, newDevice) = (Secret.random(), Secret.random())
        let known = arrival.device.flatMap { arrival.origin == "device \(Secret.hash($0))" ? $0 : nil }
        let everywhere = codesHash(arrival.account.id)
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let account = arrival.account.id
            let now = SQLValue.integer(transaction.now.microseconds)
            if let half = arrival.half {
                let used = try session.run("DELETE FROM half_sign_in WHERE token_hash = ?1", .text(half))
                guard used == 1 else { return nil }
                try session.run("DELETE FROM sign_in_failure WHERE name_hash = ?1", .text(everywhere))
            }
            try session.run(
                "DELETE FROM sign_in_failure WHERE name_hash = ?1 AND origin = ?2", .text(arrival.nameHash),
                .text(arrival.origin))
            if let old = arrival.old {
                try session.run("DELETE FROM sign_in_session WHERE token_hash = ?1", .text(Secret.hash(old)))
            }
            try session.run(
                """
                INSERT INTO sign_in_session (token_hash, account, created_at, seen_at, browser)
                VALUES (?1, ?2, ?3, ?3, ?4)
                """, .text(Secret.hash(token)), .text(account), now, .optional(arrival.browser))
            if known == nil {
                // As long as the cookie that holds it.
                try session.run(
                    "DELETE FROM known_device WHERE account = ?1 AND created_at < ?2", .text(account),
                    .integer(transaction.now.advanced(by: -Accounts.deviceLife).microseconds))
                try session.run(
                    "INSERT INTO known_device (token_hash, account, created_at) VALUES (?1, ?2, ?3)",
                    .text(Secret.hash(newDevice)), .text(account), now)
            }
            try session.note(AuditEntry(account: account, action: .signIn, subject: account), at: transaction.now)
            return (arrival.account, token, known ?? newDevice)
        }
    }

    func noteFailure(_ account: Account?, _ detail: String) async throws(StorageError) {
        let who = account?.id ?? "-"
        try await record.audit(AuditEntry(account: who, action: .signInFailed, subject: who, detail: detail))
    }

    struct Attempt: Sendable {
        var wait: Instant?
        var nameHash: String
        var origin: String
        var account: (account: Account, hash: String)?
        var hasSecondFactor = false

        /// The account whose password this is; nil for a wrong one, and for an account that is shut.
        func verified(
            _ password: String, _ record: Record
        ) async throws(StorageError) -> (account: Account, hash: String)? {
            let stored = account?.hash ?? Accounts.nobody
            let right = try await record.hashing.run { () throws(StorageError) in
                PasswordHash.verify(password, against: stored)
            }
            guard right, let account, !account.account.isDisabled else { return nil }
            return account
        }
    }

    /// Somebody who has shown all that is asked.
    struct Arrival: Sendable {
        var account: Account
        var nameHash: String
        var origin: String
        var device: String?
        var old: String?
        var browser: String?
        /// The hash of the second step that led here.
        var half: String?
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

    /// Under which wrong codes of an account are counted, wherever they come from.
    func codesHash(_ account: String) -> String { keyedHash("codes of \(account)") }

    /// The wait after so many failures; nil while none is due.
    static func wait(after failures: Int64, free: Int64) -> Int64? {
        guard failures >= free else { return nil }
        let doublings = min(failures - free, 20)
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
        var attempt = Accounts.Attempt(wait: nil, nameHash: nameHash, origin: origin, account: account)
        if let account { attempt.hasSecondFactor = try session.factor(of: account.0.id, .active) != nil }
        attempt.wait = try countTry(nameHash, origin, free: Accounts.freeFailures)
        return attempt
    }

    /// Counts one try; or, where one has to wait, counts nothing and says until when.
    func countTry(_ nameHash: String, _ origin: String, free: Int64) throws(StorageError) -> Instant? {
        try session.run(
            "DELETE FROM sign_in_failure WHERE last_at < ?1",
            .integer(now.advanced(by: -Accounts.forgottenAfter).microseconds))
        let before = try session.row(
            "SELECT failures, last_at FROM sign_in_failure WHERE name_hash = ?1 AND origin = ?2",
            [.text(nameHash), .text(origin)]
        ) { (row) throws(StorageError) in (row.integer(0), Instant(microseconds: row.integer(1))) }
        if let before, let wait = Accounts.wait(after: before.0, free: free) {
            let until = before.1.advanced(by: wait)
            if now < until { return until }
        }
        try session.run(
            """
            INSERT INTO sign_in_failure (name_hash, origin, failures, last_at) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT (name_hash, origin) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at
            """, .text(nameHash), .text(origin), .integer(now.microseconds))
        return nil
    }
}

extension Session {
    /// The try just counted was none against the password; those before it stay counted.
    func takeBackTry(_ nameHash: String, _ origin: String) throws(StorageError) {
        try run(
            "UPDATE sign_in_failure SET failures = failures - 1 WHERE name_hash = ?1 AND origin = ?2 AND failures > 0",
            .text(nameHash), .text(origin))
    }
}
