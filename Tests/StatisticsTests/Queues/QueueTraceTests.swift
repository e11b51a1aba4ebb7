import Statistics
import Testing

@Suite("Queue traces")
struct QueueTraceTests {
    @Test func aContactWithoutPatienceLeavesAndTakesNoService() throws {
        let trace = try #require(
            QueueTrace.run(arrivals: [0, 1, 2], services: [10, 5, 5], servers: 1, patience: [nil, 3, nil]))
        #expect(trace.starts == [0, nil, 10])
        #expect(trace.finishes == [10, nil, 15])
        #expect(trace.waits == [0, 3, 8])
        #expect(trace.abandoned == 1)
    }

    @Test func enoughServersMeanNoWait() throws {
        let arrivals = (0..<200).map { Double($0) / 10 }
        let services = arrivals.map { _ in 7.0 }
        let trace = try #require(QueueTrace.run(arrivals: arrivals, services: services, servers: 1_000_000))
        #expect(trace.waits.allSatisfy { $0 == 0 })
    }

    @Test func refusesArrivalsOutOfOrderAndNumbersThatAreNone() {
        #expect(QueueTrace.run(arrivals: [2, 1], services: [1, 1], servers: 1) == nil)
        #expect(QueueTrace.run(arrivals: [.nan], services: [1], servers: 1) == nil)
        #expect(QueueTrace.run(arrivals: [1], services: [-1], servers: 1) == nil)
        #expect(QueueTrace.run(arrivals: [], services: [], servers: 1)?.meanWait == nil)
    }

    @Test(arguments: [(0.9, 1.0, 2), (4.5, 1.0, 6)])
    func theSimulationAgreesWithTheFormula(_ arrival: Double, _ service: Double, _ servers: Int) throws {
        let simulated = try #require(
            QueueSimulation.run(
                arrivalRate: arrival, serviceRate: service, servers: servers, contacts: 100_000, seed: 11))
        guard
            case .steady(let state)? = ErlangC.evaluate(
                contactsPerHour: arrival * 3600, handlingSeconds: 1 / service, servers: servers)
        else {
            Issue.record("no steady state")
            return
        }
        #expect(abs(simulated.meanWait - state.meanWaitSeconds) <= 4 * simulated.standardError)
    }
}
