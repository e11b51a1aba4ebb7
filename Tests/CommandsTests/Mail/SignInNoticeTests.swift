import Commands
import Experience
import Foundation
import Logging
import Site
import Storage
import Testing

@Suite struct SignInNoticeTests {
    private static func told(
        _ account: StaffAccount, _ change: SignInNotice.Change, sends: Bool = true
    ) async throws -> [LeasedMessage] {
        let directory = NSTemporaryDirectory() + "/throughline-notice-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let key = try #require(VaultKey(bytes: Array(repeating: 9, count: 32)))
        let record = try await Record.open(
            path: directory, options: RecordOptions(vaultKeys: VaultKeys(current: key)))
        let notice = SignInNotice(
            record: record, sends: sends, agency: { AgencyID("permits") }, now: { .now }, logger: Logger(label: "test"))
        await notice.tell(account, change)
        let found = try await record.leaseMessages(by: "test", until: Instant.now.advanced(by: Instant.minute))
        await record.close()
        return found
    }

    @Test(arguments: SignInNotice.Change.allCases)
    func aChangeIsToldInBothLanguagesAtTheAddressThatIsTheName(change: SignInNotice.Change) async throws {
        let account = StaffAccount(id: "a1", name: "ada@example.gov", role: .owner)
        let message = try #require(try await Self.told(account, change).first)
        #expect(message.address == "ada@example.gov" && message.agency.text == "permits")
        #expect(message.body.contains("tell an administrator") && message.body.contains("avise ahora"))
    }

    @Test func nobodyIsToldWithoutAnAddressOrWithoutMail() async throws {
        let plain = StaffAccount(id: "a1", name: "ada", role: .owner)
        #expect(try await Self.told(plain, .reset).isEmpty)
        let hers = StaffAccount(id: "a1", name: "ada@example.gov", role: .owner)
        #expect(try await Self.told(hers, .reset, sends: false).isEmpty)
    }
}
