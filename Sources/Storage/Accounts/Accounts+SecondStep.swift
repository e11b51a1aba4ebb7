package import Experience

/// What became of a code after the password.
package enum SecondStep: Hashable, Sendable {
    /// `codesLeft` where a recovery code was used.
    case signedIn(account: Account, token: String, device: String, codesLeft: Int?)
    case refused
    case wait(until: Instant)
    /// The way between password and code is gone: too late, used, or another browser's. Begin with the password.
    case over
}

/// What became of asking somebody who is signed in for the password (and a code) again.
package enum Proof: Hashable, Sendable {
    /// The session goes on under this token; the old one is worth nothing any more.
    case right(token: String)
    case wrong
    case wait(until: Instant)
}

/// The step between password and session.
///
/// It lives in a table of its own, for five minutes, for the browser that gave the password: nothing that asks for a
/// session can take it for one. Wrong codes count against the place like wrong passwords. Whoever knows the password
/// might try codes from very many places, so those from places that are no known device are counted for the account as
/// well: fifty pass, then waits as above. That locks nobody out who lacks the password; the person gets in from a
/// device that signed in before, or with a recovery code, which is too long to be guessed and not held back there.
extension Accounts {
    package static let secondStepLife = 5 * Instant.minute
    /// As long as browsers keep a cookie.
    package static let deviceLife = 400 * Instant.day
    private static let freeCodes: Int64 = 50
    private static let everywhere = "everywhere"

    func beginSecondStep(_ account: Account, _ attempt: Attempt, visit: String) async throws(StorageError) -> SignIn {
        let token = Secret.random()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            try session.run(
                "DELETE FROM half_sign_in WHERE created_at <= ?1",
                .integer(transaction.now.advanced(by: -Accounts.secondStepLife).microseconds))
            // Not forgotten as after a whole sign-in: who knows the password must not get new tries at codes by it.
            try session.takeBackTry(attempt.nameHash, attempt.origin)
            try session.run(
                """
                INSERT INTO half_sign_in (token_hash, account, visit_hash, name_hash, origin, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                """, .text(Secret.hash(token)), .text(account.id), .text(Secret.hash(visit)), .text(attempt.nameHash),
                .text(attempt.origin), .integer(transaction.now.microseconds))
            return .secondStep(account: account, token: token)
        }
    }

    /// Whether the second step of this browser is open.
    package func isHalfSignedIn(_ token: String, visit: String) async throws(StorageError) -> Bool {
        try await half(token, visit: visit) != nil
    }

    /// - Parameters:
    ///   - code: six digits of the app, or a recovery code.
    ///   - visit: as it was given with the password.
    package func secondStep(
        _ token: String, code: String, visit: String, device: String? = nil, replacing old: String? = nil,
        browser: String? = nil
    ) async throws(StorageError) -> SecondStep {
        guard let half = try await half(token, visit: visit) else { return .over }
        let typed = TypedCode(code)
        let isKnown = half.origin.hasPrefix("device ")
        let everywhere = codesHash(half.account.id)
        let wait: Instant? = try await record.write { (transaction) throws(StorageError) in
            if let wait = try transaction.countTry(half.nameHash, half.origin, free: Accounts.freeFailures) {
                return wait
            }
            guard !isKnown, case .time? = typed else { return nil }
            return try transaction.countTry(everywhere, Accounts.everywhere, free: Accounts.freeCodes)
        }
        if let wait { return .wait(until: wait) }
        guard let typed, let spent = try await spend(typed, of: half.account.id) else {
            try await noteFailure(half.account, "second factor")
            return .refused
        }
        let arrival = Arrival(
            account: half.account, nameHash: half.nameHash, origin: half.origin, device: device, old: old,
            browser: browser, half: Secret.hash(token))
        guard let came = try await arrive(arrival) else { return .over }
        var left: Int?
        if case .recovery(let count) = spent { left = count }
        return .signedIn(account: came.account, token: came.token, device: came.device, codesLeft: left)
    }

    /// Asks somebody who is signed in once more. A right answer renews the session's token.
    ///
    /// - Parameter code: nil where the password is enough; not looked at where the account has no second factor.
    package func proveAgain(
        _ account: Account, password: String, code: String?, source: String, device: String? = nil,
        session token: String
    ) async throws(StorageError) -> Proof {
        let attempt = try await beginAttempt(account.name, source: source, device: device)
        if let until = attempt.wait { return .wait(until: until) }
        let asksCode = code != nil && attempt.hasSecondFactor
        var isRight = try await attempt.verified(password, record)?.account.id == account.id
        if isRight, asksCode {
            let typed = code.flatMap { TypedCode($0) }
            isRight = if let typed { try await spend(typed, of: account.id) != nil } else { false }
        }
        guard isRight else {
            try await noteFailure(account, "asked again")
            return .wrong
        }
        let fresh = Secret.random()
        let showedAll = asksCode || !attempt.hasSecondFactor
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            if showedAll {
                try session.run(
                    "DELETE FROM sign_in_failure WHERE name_hash = ?1 AND origin = ?2", .text(attempt.nameHash),
                    .text(attempt.origin))
            } else {
                try session.takeBackTry(attempt.nameHash, attempt.origin)
            }
            try session.goOn(token, as: fresh)
            return .right(token: fresh)
        }
    }

    private struct Half: Sendable {
        var account: Account
        var nameHash: String
        var origin: String
    }

    private func half(_ token: String, visit: String) async throws(StorageError) -> Half? {
        let oldest = record.options.now().advanced(by: -Accounts.secondStepLife)
        let found = try await record.read { (session) throws(StorageError) in
            try session.row(
                """
                SELECT a.id, a.name, a.agency, a.role, a.disabled_at, h.name_hash, h.origin
                FROM half_sign_in AS h JOIN account AS a ON a.id = h.account
                WHERE h.token_hash = ?1 AND h.visit_hash = ?2 AND h.created_at > ?3
                """,
                [.text(Secret.hash(token)), .text(Secret.hash(visit)), .integer(oldest.microseconds)]
            ) { (row) throws(StorageError) in
                Half(account: try Account.read(row), nameHash: row.text(5), origin: row.text(6))
            }
        }
        guard let found, !found.account.isDisabled else { return nil }
        return found
    }
}
