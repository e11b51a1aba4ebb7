import Experience
import Foundation
import Storage
import Synchronization
import Testing

/// A clock the test moves.
private final class MovedClock: Sendable {
    private let time = Mutex(Sample.start)
    var now: Instant { time.withLock { $0 } }
    func pass(_ microseconds: Int64) { time.withLock { $0 = $0.advanced(by: microseconds) } }
}

@Suite(.everyDatabase) struct SecondFactorTests {
    private let clock = MovedClock()
    private static let password = "correct horse battery"
    private static let step: Int64 = 30 * 1_000_000

    private struct Enrolled {
        var record: Record
        var address: DatabaseAddress
        var ada: Account
        var secret: SharedSecret
        var codes: [String]
        var session: String
        var device: String
        var accounts: Accounts { record.accounts }
    }

    private func store() async throws -> Store {
        let clock = clock
        return try await Store(RecordOptions(vaultKeys: Sample.keys, now: { clock.now }))
    }

    private func code(_ secret: SharedSecret, _ steps: Int64 = 0) -> String {
        TimeCode.text(of: secret.bytes, step: TimeCode.step(at: clock.now) + steps)
    }

    /// An account that signed in and set up its second factor half a minute ago.
    private func enrolled() async throws -> Enrolled {
        let store = try await store()
        let accounts = store.record.accounts
        let ada = try await accounts.create(name: "ada", password: Self.password, role: .administrator, by: "system")
        let signedIn = try await accounts.signIn(name: "ada", password: Self.password, source: "home")
        guard case .signedIn(_, let token, let device) = signedIn else { throw TestFailure() }
        let secret = try await accounts.proposeSecondFactor(for: ada.id)
        let made = try #require(try await accounts.confirmSecondFactor(code(secret), for: ada.id, session: token))
        clock.pass(Self.step)
        return Enrolled(
            record: store.record, address: store.address, ada: ada, secret: secret, codes: made.codes,
            session: made.token, device: device)
    }

    private struct TestFailure: Error {}

    /// The password given from `source`: the token of the second step.
    private func half(_ one: Enrolled, source: String = "home", device: String? = nil) async throws -> String {
        let answer = try await one.accounts.signIn(
            name: "ada", password: Self.password, source: source, device: device, visit: "visit")
        guard case .secondStep(_, let token) = answer else {
            Issue.record("\(answer)")
            throw TestFailure()
        }
        return token
    }

    private func isIn(_ answer: SecondStep) -> Bool { if case .signedIn = answer { true } else { false } }

    @Test func theSecretHas160BitsAndTakesEffectWithItsFirstCodeOnly() async throws {
        let accounts = try await store().record.accounts
        let ada = try await accounts.create(name: "ada", password: Self.password, role: .viewer, by: "system")
        let secret = try await accounts.proposeSecondFactor(for: ada.id)
        #expect(secret.bytes.count == 20)
        #expect(secret.text.count == 32 && secret.text.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains($0) })
        #expect(try await accounts.secondFactor(of: ada.id) == nil)
        let before = try await accounts.signIn(name: "ada", password: Self.password, source: "a")
        guard case .signedIn(_, let token, _) = before else { throw TestFailure() }
        #expect(try await accounts.proposedSecondFactor(for: ada.id) == secret)
        #expect(try await accounts.confirmSecondFactor("abc", for: ada.id, session: token) == nil)
        #expect(try await accounts.confirmSecondFactor(code(secret, 7), for: ada.id, session: token) == nil)
        #expect(try await accounts.secondFactor(of: ada.id) == nil)
        let made = try #require(try await accounts.confirmSecondFactor(code(secret), for: ada.id, session: token))
        #expect(made.codes.count == 10 && Set(made.codes).count == 10)
        #expect(try await accounts.secondFactor(of: ada.id)?.codesLeft == 10)
        #expect(try await accounts.proposedSecondFactor(for: ada.id) == nil)
    }

    @Test func aProposedSecretRunsOut() async throws {
        let accounts = try await store().record.accounts
        let ada = try await accounts.create(name: "ada", password: Self.password, role: .viewer, by: "system")
        let secret = try await accounts.proposeSecondFactor(for: ada.id)
        clock.pass(Accounts.proposalLife)
        #expect(try await accounts.confirmSecondFactor(code(secret), for: ada.id, session: "") == nil)
    }

    @Test func settingUpEndsOtherSessionsAndRenewsThisOne() async throws {
        let accounts = try await store().record.accounts
        let ada = try await accounts.create(name: "ada", password: Self.password, role: .viewer, by: "system")
        var tokens: [String] = []
        for _ in 0..<2 {
            if case .signedIn(_, let token, _) = try await accounts.signIn(
                name: "ada", password: Self.password, source: "a")
            {
                tokens.append(token)
            }
        }
        let secret = try await accounts.proposeSecondFactor(for: ada.id)
        let made = try #require(try await accounts.confirmSecondFactor(code(secret), for: ada.id, session: tokens[0]))
        #expect(try await accounts.session(tokens[0]) == nil)
        #expect(try await accounts.session(tokens[1]) == nil)
        #expect(try await accounts.session(made.token)?.hasSecondFactor == true)
    }

    @Test func aPasswordAloneOpensTheSecondStepAndNoSession() async throws {
        let one = try await enrolled()
        let token = try await half(one)
        #expect(try await one.accounts.session(token) == nil)
        #expect(try await one.accounts.isHalfSignedIn(token, visit: "visit"))
        #expect(try await one.accounts.isHalfSignedIn(token, visit: "another browser's") == false)
        let elsewhere = try await one.accounts.secondStep(token, code: code(one.secret), visit: "another browser's")
        #expect(elsewhere == .over)
        let answer = try await one.accounts.secondStep(token, code: code(one.secret), visit: "visit")
        guard case .signedIn(let account, let session, _, let left) = answer else { throw TestFailure() }
        #expect(account.id == one.ada.id && left == nil && session != token)
        #expect(try await one.accounts.session(session) != nil)
        // Used up with it.
        #expect(try await one.accounts.isHalfSignedIn(token, visit: "visit") == false)
    }

    @Test func theSecondStepIsOverAfterFiveMinutes() async throws {
        let one = try await enrolled()
        let token = try await half(one)
        clock.pass(Accounts.secondStepLife)
        #expect(try await one.accounts.secondStep(token, code: code(one.secret), visit: "visit") == .over)
    }

    @Test(arguments: [-2, -1, 0, 1, 2] as [Int64])
    func oneStepOffIsTakenAndTwoAreNot(steps: Int64) async throws {
        let one = try await enrolled()
        clock.pass(10 * Self.step)
        let typed = code(one.secret, steps)
        let answer = try await one.accounts.secondStep(try await half(one), code: typed, visit: "visit")
        #expect(isIn(answer) == (abs(steps) <= 1))
    }

    @Test func aCodeIsTakenOnce() async throws {
        let one = try await enrolled()
        let typed = code(one.secret)
        #expect(isIn(try await one.accounts.secondStep(try await half(one), code: typed, visit: "visit")))
        #expect(try await one.accounts.secondStep(try await half(one), code: typed, visit: "visit") == .refused)
        // Nor is the one before it, which would still be near.
        let before = code(one.secret, -1)
        #expect(try await one.accounts.secondStep(try await half(one), code: before, visit: "visit") == .refused)
        clock.pass(Self.step)
        #expect(isIn(try await one.accounts.secondStep(try await half(one), code: code(one.secret), visit: "visit")))
    }

    @Test func theCodeThatSetItUpDoesNotSignIn() async throws {
        let one = try await enrolled()
        let used = code(one.secret, -1)
        #expect(try await one.accounts.secondStep(try await half(one), code: used, visit: "visit") == .refused)
    }

    @Test func ofManyAtOnceWithOneCodeOneGetsIn() async throws {
        let one = try await enrolled()
        var tokens: [String] = []
        for at in 0..<4 { tokens.append(try await half(one, source: "place \(at)")) }
        let (accounts, typed) = (one.accounts, code(one.secret))
        let came = try await withThrowingTaskGroup(of: Bool.self) { group in
            for token in tokens {
                group.addTask {
                    let answer = try await accounts.secondStep(token, code: typed, visit: "visit")
                    return if case .signedIn = answer { true } else { false }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(came == 1)
    }

    @Test func eachRecoveryCodeWorksOnceAndNewOnesEndTheOld() async throws {
        let one = try await enrolled()
        let first = one.codes[0].lowercased().replacing("-", with: " ")
        let answer = try await one.accounts.secondStep(try await half(one), code: first, visit: "visit")
        guard case .signedIn(_, _, _, let left) = answer else { throw TestFailure() }
        #expect(left == 9)
        #expect(try await one.accounts.secondFactor(of: one.ada.id)?.codesLeft == 9)
        #expect(try await one.accounts.secondStep(try await half(one), code: first, visit: "visit") == .refused)
        let fresh = try #require(try await one.accounts.renewRecoveryCodes(of: one.ada.id))
        #expect(Set(fresh).isDisjoint(with: one.codes))
        let old = try await one.accounts.secondStep(try await half(one), code: one.codes[1], visit: "visit")
        #expect(old == .refused)
        #expect(isIn(try await one.accounts.secondStep(try await half(one), code: fresh[3], visit: "visit")))
    }

    @Test func wrongCodesAreSlowedDownWhereTheyComeFromAndNowhereElse() async throws {
        let one = try await enrolled()
        let token = try await half(one, source: "thief")
        for _ in 0..<5 {
            #expect(try await one.accounts.secondStep(token, code: "000000", visit: "visit") == .refused)
        }
        let wait = SecondStep.wait(until: clock.now.advanced(by: Self.step))
        #expect(try await one.accounts.secondStep(token, code: code(one.secret), visit: "visit") == wait)
        // The password again does not give new tries.
        let again = try await one.accounts.signIn(
            name: "ada", password: Self.password, source: "thief", visit: "visit")
        #expect(again == .wait(until: clock.now.advanced(by: Self.step)))
        #expect(isIn(try await one.accounts.secondStep(try await half(one), code: code(one.secret), visit: "visit")))
    }

    @Test(arguments: ["recovery code", "known device"])
    func codesTriedFromVeryManyPlacesAreHeldBackButTheOwnerGetsIn(by: String) async throws {
        let one = try await enrolled()
        for at in 0..<50 {
            let token = try await half(one, source: "place \(at)")
            _ = try await one.accounts.secondStep(token, code: "000000", visit: "visit")
        }
        let token = try await half(one, source: "a fresh place")
        let held = try await one.accounts.secondStep(token, code: code(one.secret), visit: "visit")
        #expect(held == .wait(until: clock.now.advanced(by: Self.step)))
        // A recovery code, and the machine they signed in on before, are not held back.
        guard by == "known device" else {
            #expect(isIn(try await one.accounts.secondStep(token, code: one.codes[4], visit: "visit")))
            return
        }
        let known = try await half(one, source: "a fresh place", device: one.device)
        let answer = try await one.accounts.secondStep(
            known, code: code(one.secret), visit: "visit", device: one.device)
        #expect(isIn(answer))
    }

    @Test func changingItAsksForPasswordAndCodeAndRenewsTheSession() async throws {
        let one = try await enrolled()
        func prove(_ password: String, _ typed: String?) async throws -> Proof {
            try await one.accounts.proveAgain(
                one.ada, password: password, code: typed, source: "home", session: one.session)
        }
        #expect(try await prove("wrong", code(one.secret)) == .wrong)
        #expect(try await prove(Self.password, "000000") == .wrong)
        #expect(try await prove(Self.password, "") == .wrong)
        guard case .right(let token) = try await prove(Self.password, code(one.secret)) else { throw TestFailure() }
        #expect(try await one.accounts.session(one.session) == nil)
        #expect(try await one.accounts.session(token) != nil)
        let after = try #require(try await one.accounts.removeSecondFactor(of: one.ada.id, session: token))
        #expect(try await one.accounts.session(after)?.hasSecondFactor == false)
        #expect(try await one.accounts.secondFactor(of: one.ada.id) == nil)
        let plain = try await one.accounts.signIn(name: "ada", password: Self.password, source: "home")
        if case .signedIn = plain {} else { Issue.record("\(plain)") }
    }

    @Test func anotherAppTakesOverWithItsFirstCode() async throws {
        let one = try await enrolled()
        let other = try await one.accounts.proposeSecondFactor(for: one.ada.id)
        #expect(isIn(try await one.accounts.secondStep(try await half(one), code: code(one.secret), visit: "visit")))
        clock.pass(Self.step)
        let made = try await one.accounts.confirmSecondFactor(code(other), for: one.ada.id, session: one.session)
        #expect(made != nil)
        clock.pass(Self.step)
        let old = try await one.accounts.secondStep(try await half(one), code: code(one.secret), visit: "visit")
        #expect(old == .refused)
        #expect(isIn(try await one.accounts.secondStep(try await half(one), code: code(other), visit: "visit")))
    }

    @Test func aResetIsAuditedAndEndsSessionsAndTheOpenSecondStep() async throws {
        let one = try await enrolled()
        let token = try await half(one)
        try await one.accounts.resetSecondFactor(of: one.ada.id, by: "administrator-7")
        #expect(try await one.accounts.session(one.session) == nil)
        #expect(try await one.accounts.secondStep(token, code: code(one.secret), visit: "visit") == .over)
        let entry = try #require(try await one.record.audit().first).entry
        #expect(entry.account == "administrator-7" && entry.action == .revoke && entry.subject == one.ada.id)
        #expect(entry.detail == "second factor reset")
        await #expect(throws: StorageError.self) {
            try await one.accounts.resetSecondFactor(of: one.ada.id, by: "administrator-7")
        }
    }

    @Test func whatHappensToItStandsInTheAuditLog() async throws {
        let one = try await enrolled()
        _ = try await one.accounts.secondStep(try await half(one), code: "000000", visit: "visit")
        _ = try await one.accounts.secondStep(try await half(one), code: one.codes[0], visit: "visit")
        _ = try await one.accounts.removeSecondFactor(of: one.ada.id, session: "")
        let noted = try await one.record.audit().reversed().map { "\($0.entry.action.rawValue) \($0.entry.detail)" }
        #expect(
            Array(noted.suffix(5)) == [
                "grant second factor", "sign_in_failed second factor", "revoke recovery code used, 9 left", "sign_in ",
                "revoke second factor",
            ])
    }

    @Test func aNewPasswordLeavesTheSecondFactor() async throws {
        let one = try await enrolled()
        let link = try await one.accounts.resetPassword(of: one.ada.id, by: "administrator-7")
        _ = try await one.accounts.choosePassword(Self.password, link: link)
        _ = try await half(one)
    }

    @Test func neitherSecretNorCodesLieOpenInTheDatabase() async throws {
        let one = try await enrolled()
        guard case .sqlite(let folder) = one.address else { return }
        await one.record.close()
        var bytes = Data()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            bytes.append(FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        }
        #expect(bytes.count > 10_000)
        #expect(bytes.range(of: Data(one.secret.bytes)) == nil)
        #expect(bytes.range(of: Data(one.secret.text.utf8)) == nil)
        for code in one.codes {
            #expect(bytes.range(of: Data(code.utf8)) == nil)
            #expect(bytes.range(of: Data(code.replacing("-", with: "").utf8)) == nil)
        }
    }

    @Test func aNewVaultKeySealsTheSecretAgain() async throws {
        let one = try await enrolled()
        let clock = clock
        await one.record.close()
        let old = try #require(VaultKey(bytes: Array(repeating: 7, count: 32)))
        let fresh = try #require(VaultKey(bytes: Array(repeating: 8, count: 32)))
        let both = RecordOptions(vaultKeys: VaultKeys(current: fresh, previous: [old]), now: { clock.now })
        let record = try await Record.open(one.address, options: both)
        #expect(try await record.reseal() == 1)
        await record.close()
        let alone = try await Record.open(
            one.address, options: RecordOptions(vaultKeys: VaultKeys(current: fresh), now: { clock.now }))
        let answer = try await alone.accounts.signIn(
            name: "ada", password: Self.password, source: "home", visit: "visit")
        guard case .secondStep(_, let token) = answer else { throw TestFailure() }
        #expect(isIn(try await alone.accounts.secondStep(token, code: code(one.secret), visit: "visit")))
        await alone.close()
    }

    @Test func aKeyThatSealsASecretCanNotBeLeftOut() async throws {
        let one = try await enrolled()
        await one.record.close()
        let fresh = try #require(VaultKey(bytes: Array(repeating: 8, count: 32)))
        await #expect(throws: StorageError.self) {
            _ = try await Record.open(one.address, options: RecordOptions(vaultKeys: VaultKeys(current: fresh)))
        }
    }

    @Test func onesOwnSessionsAreListedAndEnded() async throws {
        let accounts = try await store().record.accounts
        let ada = try await accounts.create(name: "ada", password: Self.password, role: .viewer, by: "system")
        let eve = try await accounts.create(name: "eve", password: Self.password, role: .viewer, by: "system")
        var tokens: [String: String] = [:]
        for (name, browser) in [
            ("ada", "firefox/linux"), ("ada", "safari/ios"), ("ada", "chrome/android"), ("eve", "x"),
        ] {
            clock.pass(Self.step)
            if case .signedIn(_, let token, _) = try await accounts.signIn(
                name: name, password: Self.password, source: "a", browser: browser)
            {
                tokens[browser] = token
            }
        }
        let own = try #require(tokens["firefox/linux"])
        let list = try await accounts.sessions(of: ada.id, this: own)
        #expect(list.map(\.browser) == ["chrome/android", "safari/ios", "firefox/linux"])
        #expect(list.map(\.isThis) == [false, false, true])
        // Nobody ends another's session, nor this one by mistake.
        let hers = try #require(try await accounts.sessions(of: eve.id, this: "").first)
        #expect(try await accounts.endSessions(of: ada.id, only: hers.id, keeping: own) == 0)
        #expect(try await accounts.endSessions(of: ada.id, only: list[2].id, keeping: own) == 0)
        #expect(try await accounts.endSessions(of: ada.id, only: list[0].id, keeping: own) == 1)
        #expect(try await accounts.session(try #require(tokens["chrome/android"])) == nil)
        #expect(try await accounts.session(try #require(tokens["safari/ios"])) != nil)
        #expect(try await accounts.endSessions(of: ada.id, keeping: own) == 1)
        #expect(try await accounts.sessions(of: ada.id, this: own).map(\.isThis) == [true])
        #expect(try await accounts.sessions(of: eve.id, this: own).count == 1)
    }
}
