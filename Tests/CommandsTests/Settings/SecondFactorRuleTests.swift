import Commands
import Experience
import Logging
import Site
import Storage
import Testing

@Suite struct SecondFactorRuleTests {
    @Test func eachRuleNamesThoseItAsks() {
        func asked(_ rule: SecondFactorRule) -> [StaffAccount.Role] {
            StaffAccount.Role.allCases.filter { rule.includes($0) }
        }
        #expect(asked(.none) == [])
        #expect(asked(.administrators) == [.administrator])
        #expect(asked(.owners) == [.owner, .administrator])
        #expect(asked(.all) == StaffAccount.Role.allCases)
    }
}
