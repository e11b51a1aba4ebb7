import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct DeviceTests {
    static let exit = Sample.slug("exit")

    @Test func aTokenOpensItsDeviceUntilItIsWithdrawn() async throws {
        let store = try await Store()
        let record = store.record
        #expect(try await !record.hasDevices(at: Self.exit, service: Sample.service, agency: Sample.agency))
        let token = try await record.issueDevice(
            named: "Exit, left", at: Self.exit, service: Sample.service, agency: Sample.agency, by: "kim")
        let device = try #require(try await record.device(token: token, agency: Sample.agency))
        #expect(device.name == "Exit, left" && device.touchpoint == Self.exit)
        #expect(try await record.device(token: token + "0", agency: Sample.agency) == nil)
        #expect(try await record.device(token: token, agency: Sample.slug("other")) == nil)
        #expect(try await record.hasDevices(at: Self.exit, service: Sample.service, agency: Sample.agency))
        #expect(try await record.revokeDevice(device.id, agency: Sample.agency, by: "kim"))
        #expect(try await record.device(token: token, agency: Sample.agency) == nil)
        #expect(try await !record.hasDevices(at: Self.exit, service: Sample.service, agency: Sample.agency))
        await record.close()
    }

    @Test func countsPressesByDay() async throws {
        let store = try await Store()
        let record = store.record
        let token = try await record.issueDevice(
            named: "Exit", at: Self.exit, service: Sample.service, agency: Sample.agency, by: "kim")
        let id = try #require(try await record.device(token: token, agency: Sample.agency)?.id)
        try await record.noteDevice(id, agency: Sample.agency, waiting: 9, presses: 5, day: 100)
        try await record.noteDevice(id, agency: Sample.agency, waiting: 2, presses: 3, day: 100)
        try await record.noteDevice(id, agency: Sample.agency, waiting: -4, presses: 1, day: 101)
        let today = try #require(
            try await record.devices(agency: Sample.agency, service: Sample.service, day: 101).first)
        #expect(today.presses == 9 && today.pressesToday == 1 && today.waiting == 0 && today.seen != nil)
        let later = try await record.devices(agency: Sample.agency, service: Sample.service, day: 102).first
        #expect(later?.pressesToday == 0)
        await record.close()
    }

    @Test(arguments: ["", String(repeating: "x", count: 61)])
    func refusesANameNobodyCanUse(name: String) async throws {
        let store = try await Store()
        await #expect(throws: StorageError.self) {
            _ = try await store.record.issueDevice(
                named: name, at: Self.exit, service: Sample.service, agency: Sample.agency, by: "kim")
        }
        await store.record.close()
    }
}
