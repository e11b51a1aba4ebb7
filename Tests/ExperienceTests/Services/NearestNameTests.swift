import Experience
import Testing

@Suite struct NearestNameTests {
    @Test(
        arguments: [
            ("trsut", "trust"), ("chanel", "channel"), ("perm", "permissions"), ("PHONE", "phone"), ("opne", "open"),
        ] as [(String, String)])
    func namesTheWordThatWasMeant(_ typed: String, _ meant: String) {
        #expect(nearestName(to: typed, in: ["channel", "permissions", "trust", "open", "phone"]) == meant)
    }

    @Test func saysNothingWhereNothingIsClose() {
        #expect(nearestName(to: "passport", in: ["web", "telephone"]) == nil)
        #expect(nearestName(to: "", in: ["telephone"]) == nil)
        #expect(nearestName(to: "web", in: [String]()) == nil)
    }

    @Test func ofTwoEquallyNearTheFirstInOrderIsNamedHoweverTheyCome() {
        #expect(nearestName(to: "bat", in: ["cat", "bar"]) == "bar")
        #expect(nearestName(to: "bat", in: ["bar", "cat"]) == "bar")
    }
}
