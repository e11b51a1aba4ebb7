import Analytics
import Testing

@Suite struct OccurringNamesTests {
    @Test func namesThatDoNotOccurLeaveNoGap() throws {
        let found = try OccurringNames(["a", "b", "c", "d"], codes: [4, 2, 2, 4])
        #expect(found.names == ["b", "d"])
        #expect([0, 2, 4].map { found.code($0) } == [0, 1, 2])
    }

    @Test func namesThatAllOccurKeepTheirCodes() throws {
        let found = try OccurringNames(["a", "b"], codes: [2, 1])
        #expect(found.names == ["a", "b"])
        #expect([1, 2].map { found.code($0) } == [1, 2])
    }

    @Test(arguments: [-1, 0, 3]) func anActivityWithoutANameIsAnError(_ code: Int) {
        #expect(throws: AnalyticsError.self) { try OccurringNames(["a", "b"], codes: [1, code]) }
    }

    @Test func nothingOccursInAnEmptyAnswer() throws {
        #expect(try OccurringNames(["a"], codes: []).names.isEmpty)
    }
}
