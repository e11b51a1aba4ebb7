import Analytics
import Testing

@Suite struct AnalyticsAddressTests {
    @Test func readsEveryPartOfAnAddress() throws {
        let address = try AnalyticsAddress("clickhouse:https://ana:p%40ss%3A1@ch.example.gov:9443/cx?cluster=line")
        #expect(address.isSecure)
        #expect(address.host == "ch.example.gov")
        #expect(address.port == 9443)
        #expect(address.user == "ana")
        #expect(address.password == "p@ss:1")
        #expect(address.database.text == "cx")
        #expect(address.cluster?.text == "line")
    }

    @Test func whatIsLeftOutHasItsUsualValue() throws {
        let address = try AnalyticsAddress("clickhouse:http://one")
        #expect(address.port == 8123)
        #expect(address.user == "default")
        #expect(address.database.text == "throughline")
        #expect(address.cluster == nil)
    }

    @Test func neverSaysThePassword() throws {
        let address = try AnalyticsAddress("clickhouse:http://ana:secret@one:8123/cx?cluster=line")
        #expect(!"\(address)".contains("secret"))
        #expect(!address.target.contains("secret"))
        #expect(try AnalyticsAddress("\(address)").target == address.target)
    }

    @Test(arguments: [
        "http://one/cx", "clickhouse:one", "clickhouse:http:///cx", "clickhouse:http://one:0/cx",
        "clickhouse:http://one:99999/cx", "clickhouse:http://one/c'x", "clickhouse:http://one/cx;DROP",
        "clickhouse:http://one/cx?cluster=a b", "clickhouse:http://one/cx?cluster=a'b",
        "clickhouse:http://one/cx?skip_unavailable_shards=1", "clickhouse:http://o ne/cx",
        "clickhouse:http://u%zz@one/cx", "clickhouse:http://u%0d%0aX:y@one/cx",
    ])
    func refusesWhatIsNoAddress(_ text: String) {
        #expect(throws: AnalyticsError.self) { try AnalyticsAddress(text) }
    }
}
