import Experience
import Foundation
import Storage
import Synchronization
import Testing

/// A clock the test moves.
private final class TestClock: Sendable {
    private let time = Mutex(Sample.start)
    var now: Instant { time.withLock { $0 } }
    func pass(_ microseconds: Int64) { time.withLock { $0 = $0.advanced(by: microseconds) } }
}

@Suite(.everyDatabase) struct SignInTests {
    private let clock = TestClock()

    private func makeStore() async throws -> Store {
        let clock = clock
        return try await Store(RecordOptions(vaultKeys: Sample.keys, now: { clock.now }))
    }

    private func token(_ outcome: SignIn) -> (token: String, device: String)? {
        if case .signedIn(_, let token, let device) = outcome { (token, device) } else { nil }
    }

    @Test func theFirstAdministratorComesByALinkGoodForOneUse() async throws {
        let accounts = try await makeStore().record.accounts
        let ranOut = try #require(try await accounts.firstAdministratorLink())
        clock.pass(Accounts.linkLife)
        let old = try #require(try await accounts.firstAdministratorLink())
        #expect(old != ranOut)
        #expect(try await accounts.isValid(link: ranOut) == false)
        // Starting again gives the same link: the one somebody was sent still works.
        clock.pass(Instant.hour)
        let link = try #require(try await accounts.firstAdministratorLink())
        #expect(link == old)
        let account = try await accounts.redeem(link: link, name: "Ada", password: "correct horse battery")
        #expect(account.role == .administrator)
        #expect(account.name == "ada")
        await #expect(throws: StorageError.self) {
            try await accounts.redeem(link: link, name: "eve", password: "correct horse battery")
        }
        #expect(try await accounts.firstAdministratorLink() == nil)
    }

    @Test func aLinkRunsOutAfterADay() async throws {
        let accounts = try await makeStore().record.accounts
        let link = try #require(try await accounts.firstAdministratorLink())
        clock.pass(Instant.day)
        await #expect(throws: StorageError.self) {
            try await accounts.redeem(link: link, name: "ada", password: "correct horse battery")
        }
    }

    @Test(arguments: [
        "twelve signs", String(repeating: "long ", count: 51) + "x", "  spaces at both ends  ", "ñandú 漢字 🏳️‍🌈 zażółć",
        "\"quoted\"; --", "ALLCAPSNOTHINGELSE",
    ])
    func passwordsOfEveryLengthAndKindAreTakenWhole(password: String) async throws {
        let accounts = try await makeStore().record.accounts
        _ = try await accounts.create(name: "ada", password: password, role: .viewer, by: "system")
        for wrong in [String(password.dropLast()), password.uppercased() + "x", " " + password] {
            #expect(token(try await accounts.signIn(name: "ada", password: wrong, source: "a")) == nil)
        }
        #expect(token(try await accounts.signIn(name: "ada", password: password, source: "a")) != nil)
    }

    @Test func sessionsAndFailuresStandInTheAuditLog() async throws {
        let record = try await makeStore().record
        let accounts = record.accounts
        let account = try await accounts.create(
            name: "ada", password: "correct horse battery", role: .viewer, by: "system")
        _ = try await accounts.signIn(name: "ada", password: "a wrong password", source: "a")
        _ = try await accounts.signIn(name: "a password typed as a name", password: "x", source: "a")
        let signedIn = try #require(
            token(try await accounts.signIn(name: "ada", password: "correct horse battery", source: "a")))
        try await accounts.signOut(signedIn.token)
        let noted = try await record.audit().map(\.entry).reversed().filter { $0.action != .grant }
        #expect(noted.map(\.action) == [.signInFailed, .signInFailed, .signIn, .signOut])
        // Whoever has no account is "-": what was typed may be a password.
        #expect(noted.map(\.subject) == [account.id, "-", account.id, account.id])
    }

    @Test func aSessionEndsWhenIdleAndWhenOld() async throws {
        let accounts = try await makeStore().record.accounts
        _ = try await accounts.create(name: "ada", password: "correct horse battery", role: .viewer, by: "system")
        let first = try #require(
            token(try await accounts.signIn(name: "Ada", password: "correct horse battery", source: "a")))
        clock.pass(14 * Instant.minute)
        #expect(try await accounts.session(first.token)?.account.name == "ada")
        clock.pass(14 * Instant.minute)
        #expect(try await accounts.session(first.token) != nil)
        clock.pass(15 * Instant.minute)
        #expect(try await accounts.session(first.token) == nil)
        let second = try #require(
            token(
                try await accounts.signIn(
                    name: "ada", password: "correct horse battery", source: "a", device: first.device)))
        for _ in 0..<71 {
            clock.pass(10 * Instant.minute)
            #expect(try await accounts.session(second.token) != nil)
        }
        clock.pass(10 * Instant.minute)
        #expect(try await accounts.session(second.token) == nil)
    }

    @Test func signingInRotatesTheSession() async throws {
        let accounts = try await makeStore().record.accounts
        _ = try await accounts.create(name: "ada", password: "correct horse battery", role: .viewer, by: "system")
        let first = try #require(
            token(try await accounts.signIn(name: "ada", password: "correct horse battery", source: "a")))
        let second = try #require(
            token(
                try await accounts.signIn(
                    name: "ada", password: "correct horse battery", source: "a", replacing: first.token)))
        #expect(first.token != second.token)
        #expect(try await accounts.session(first.token) == nil)
        try await accounts.signOut(second.token)
        #expect(try await accounts.session(second.token) == nil)
    }

    @Test func failuresFromOnePlaceDoNotLockOutAnother() async throws {
        let accounts = try await makeStore().record.accounts
        _ = try await accounts.create(name: "ada", password: "correct horse battery", role: .viewer, by: "system")
        let home = try #require(
            token(try await accounts.signIn(name: "ada", password: "correct horse battery", source: "shared")))
        for _ in 0..<5 {
            #expect(try await accounts.signIn(name: "ada", password: "guess guess guess", source: "shared") == .refused)
        }
        let until = clock.now.advanced(by: 30 * 1_000_000)
        let locked = try await accounts.signIn(name: "ada", password: "correct horse battery", source: "shared")
        #expect(locked == .wait(until: until))
        // The same person from elsewhere, and from the known machine behind the same address, gets in at once.
        #expect(
            token(try await accounts.signIn(name: "ada", password: "correct horse battery", source: "other")) != nil)
        let known = try await accounts.signIn(
            name: "ada", password: "correct horse battery", source: "shared", device: home.device)
        #expect(token(known) != nil)
        // Waiting it out works too, and one more failure doubles the wait.
        clock.pass(30 * 1_000_000)
        #expect(try await accounts.signIn(name: "ada", password: "guess guess guess", source: "shared") == .refused)
        let again = try await accounts.signIn(name: "ada", password: "correct horse battery", source: "shared")
        #expect(again == .wait(until: clock.now.advanced(by: 60 * 1_000_000)))
    }

    @Test func aNameWithoutAnAccountIsRefusedAlike() async throws {
        let accounts = try await makeStore().record.accounts
        for _ in 0..<5 {
            #expect(try await accounts.signIn(name: "nobody", password: "guess guess guess", source: "a") == .refused)
        }
        let after = try await accounts.signIn(name: "nobody", password: "guess guess guess", source: "a")
        #expect(after == .wait(until: clock.now.advanced(by: 30 * 1_000_000)))
    }

    @Test func aDisabledAccountLosesItsSessions() async throws {
        let accounts = try await makeStore().record.accounts
        let ada = try await accounts.create(
            name: "ada", password: "correct horse battery", role: .administrator, by: "system")
        await #expect(throws: StorageError.self) {
            try await accounts.change(ada.id, role: .viewer, agency: nil, isDisabled: false, by: ada.id)
        }
        let bob = try await accounts.create(name: "bob", password: "correct horse battery", role: .owner, by: ada.id)
        let session = try #require(
            token(try await accounts.signIn(name: "bob", password: "correct horse battery", source: "a")))
        try await accounts.change(bob.id, role: .owner, agency: nil, isDisabled: true, by: ada.id)
        #expect(try await accounts.session(session.token) == nil)
        #expect(
            try await accounts.signIn(name: "bob", password: "correct horse battery", source: "a") == .refused)
    }

    @Test func aKeySendsForItsSourceUntilItIsRevoked() async throws {
        let accounts = try await makeStore().record.accounts
        let (key, secret) = try await accounts.issueKey(agency: Sample.agency, source: "crm", by: "system")
        #expect(try await accounts.key(secret) == key)
        #expect(try await accounts.key(secret + "0") == nil)
        try await accounts.revokeKey(key.id, agency: Sample.agency, by: "system")
        #expect(try await accounts.key(secret) == nil)
        #expect(try await accounts.keys(agency: Sample.agency).map(\.isRevoked) == [true])
    }

    @Test func anAppendUnderARevokedKeyIsRefusedEvenWhenTheKeyIsRemembered() async throws {
        let record = try await makeStore().record
        let (key, _) = try await record.accounts.issueKey(agency: Sample.agency, source: "test", by: "system")
        let stored: [Appended] = try await record.append([Sample.event("j1", "1")], under: key)
        #expect(stored == [.stored(1)])
        try await record.accounts.revokeKey(key.id, agency: Sample.agency, by: "system")
        await #expect(throws: StorageError.keyRevoked) {
            _ = try await record.append([Sample.event("j1", "2")], under: key)
        }
        #expect(try await record.lastSequence() == 1)
    }

    @Test func shortPasswordsAndTakenNamesAreRefused() async throws {
        let accounts = try await makeStore().record.accounts
        await #expect(throws: StorageError.self) {
            try await accounts.create(name: "ada", password: "short", role: .viewer, by: "system")
        }
        _ = try await accounts.create(name: "ada", password: "correct horse battery", role: .viewer, by: "system")
        await #expect(throws: StorageError.self) {
            try await accounts.create(name: "ADA", password: "correct horse battery", role: .viewer, by: "system")
        }
    }
}
