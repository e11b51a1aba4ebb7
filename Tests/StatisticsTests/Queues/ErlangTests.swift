import Statistics
import Testing

@Suite("Erlang formulas")
struct ErlangTests {
    @Test(arguments: [-1.0, .nan, .infinity])
    func refusesALoadThatIsNoLoad(_ load: Double) {
        #expect(ErlangB.blocking(offeredErlangs: load, servers: 3) == nil)
        #expect(ErlangC.evaluate(contactsPerHour: load, handlingSeconds: 60, servers: 3) == nil)
        #expect(
            ErlangA.evaluate(
                contactsPerHour: load, handlingSeconds: 60, patienceSeconds: 60, servers: 3, targetSeconds: 20) == nil)
    }

    @Test func losesEverythingWithoutServersAndNothingWithoutLoad() {
        #expect(ErlangB.blocking(offeredErlangs: 2, servers: 0) == 1)
        #expect(ErlangB.blocking(offeredErlangs: 0, servers: 4) == 0)
        #expect(ErlangB.blocking(offeredErlangs: 1, servers: 1_000_000) == 0)
    }

    @Test func reportsOverloadInsteadOfAWait() {
        let result = ErlangC.evaluate(contactsPerHour: 60, handlingSeconds: 600, servers: 10)
        #expect(result == .noSteadyState(offeredErlangs: 10))
    }

    @Test(arguments: [1, 7, 60, 900, 12_345])
    func oneAgentLessMissesTheTarget(_ calls: Int) throws {
        let staffing = try #require(
            ErlangC.requiredAgents(
                contactsPerHour: Double(calls), handlingSeconds: 300, targetSeconds: 20, targetLevel: 0.8,
                maximumOccupancy: 0.9))
        #expect(staffing.serviceLevel >= 0.8 && staffing.occupancy <= 0.9)
        guard staffing.onPhone > 1 else { return }
        let fewer = ErlangC.evaluate(
            contactsPerHour: Double(calls), handlingSeconds: 300, servers: staffing.onPhone - 1)
        if case .steady(let state)? = fewer {
            #expect((state.serviceLevel(within: 20) ?? 1) < 0.8 || state.occupancy > 0.9)
        }
    }

    @Test func patienceWithoutEndGivesErlangC() throws {
        let patient = try #require(
            ErlangA.evaluate(
                contactsPerHour: 120, handlingSeconds: 240, patienceSeconds: 1e9, servers: 10, targetSeconds: 20))
        guard case .steady(let state)? = ErlangC.evaluate(contactsPerHour: 120, handlingSeconds: 240, servers: 10)
        else {
            Issue.record("no steady state")
            return
        }
        #expect(abs(patient.probabilityOfWait - state.probabilityOfWait) < 1e-4)
        #expect(abs(patient.servedWithinTarget - (state.serviceLevel(within: 20) ?? 0)) < 1e-4)
    }

    @Test(arguments: [1.0, 60, 600, 40_000], [5.0, 300, 86_400])
    func sharesOfErlangAAddToOne(_ calls: Double, _ patience: Double) throws {
        let result = try #require(
            ErlangA.evaluate(
                contactsPerHour: calls, handlingSeconds: 300, patienceSeconds: patience, servers: 20, targetSeconds: 30)
        )
        let sum = result.servedWithinTarget + result.abandonedWithinTarget + result.waitExceedsTarget
        #expect(abs(sum - 1) < 1e-9)
        #expect(result.occupancy <= 1 + 1e-12 && result.probabilityOfAbandoning >= 0)
    }
}
