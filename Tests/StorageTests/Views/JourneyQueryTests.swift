import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct JourneyQueryTests {
    private static let now = Sample.start.advanced(by: 400 * Instant.hour)

    private static func filled() async throws -> Store {
        var random = Histories(seed: 7)
        let store = try await Store()
        _ = try await store.record.append(random.events(journeys: 120))
        return store
    }

    private static func query(_ state: JourneyQuery.State? = nil) -> JourneyQuery {
        JourneyQuery(agency: Sample.agency, service: Sample.service, state: state, limit: 10_000, now: now)
    }

    @Test(arguments: JourneyQuery.Sort.allCases)
    func pagesHoldEveryJourneyOnceInOrder(sort: JourneyQuery.Sort) async throws {
        let store = try await JourneyQueryTests.filled()
        var query = JourneyQueryTests.query()
        query.sort = sort
        let whole = try await store.record.journeys(query).items
        query.limit = 7
        var paged: [JourneyState] = []
        while true {
            let page = try await store.record.journeys(query)
            paged += page.items
            guard let next = page.next else { break }
            query.after = PageKey(next.description)
            #expect(query.after == next)
        }
        #expect(paged == whole)
        #expect(Set(paged.map(\.journey)).count == paged.count)
        if sort != .due { #expect(paged.count == 120) }
    }

    @Test func journeysNamedAreReadOnceEachHoweverManyPartsTheyTake() async throws {
        let store = try await JourneyQueryTests.filled()
        let all = try await store.record.journeys(JourneyQueryTests.query()).items
        let named = Set(all.prefix(23).map(\.journey))
        for part in [1, 7, 23, 5_000] {
            var read: [JourneyState] = []
            try await store.record.journeys(
                named, of: Sample.service, agency: Sample.agency, inPartsOf: part
            ) { read.append($0) }
            #expect(read.count == 23 && Set(read) == Set(all.prefix(23)))
        }
    }

    @Test func everyStateTakesTheJourneysTheirClockSays() async throws {
        let store = try await JourneyQueryTests.filled()
        let all = try await store.record.journeys(JourneyQueryTests.query()).items
        let now = JourneyQueryTests.now
        func verdict(_ state: JourneyState) -> PromiseClock.Verdict? { state.promise?.verdict(.last, now: now) }
        let claims: [(JourneyQuery.State, (JourneyState) -> Bool)] = [
            (.open, { $0.closed == nil }), (.closed, { $0.closed != nil }),
            (.closedNotSolved, \.isClosedNotSolved), (.promiseKept, { verdict($0) == .kept }),
            (.promiseBroken, { verdict($0) == .broken }),
            (.promiseOverdue, { verdict($0) == .broken && $0.promise?.isEnded == false }),
            (.promiseOpen, { verdict($0) == .pending && $0.promise?.lastDue != nil }),
        ]
        for (state, holds) in claims {
            let found = try await store.record.journeys(JourneyQueryTests.query(state)).items
            #expect(found == all.filter(holds), "\(state)")
            #expect(!found.isEmpty, "\(state) is not exercised")
        }
    }

    @Test func countsEqualTheJourneysCounted() async throws {
        let store = try await JourneyQueryTests.filled()
        let all = try await store.record.journeys(JourneyQueryTests.query()).items
        let counts = try await store.record.counts(JourneyQueryTests.query())
        let now = JourneyQueryTests.now
        #expect(counts.total == 120)
        #expect(counts.open == all.count { $0.closed == nil })
        #expect(counts.closedNotSolved == all.count { $0.isClosedNotSolved })
        #expect(counts.contacts == all.reduce(0) { $0 + $1.contacts })
        #expect(counts.promisesGiven == all.count { $0.promise != nil })
        #expect(counts.promisesKept == all.count { $0.promise?.verdict(.last, now: now) == .kept })
        #expect(counts.promisesBroken == all.count { $0.promise?.verdict(.last, now: now) == .broken })
    }

    @Test func filtersNarrow() async throws {
        let store = try await JourneyQueryTests.filled()
        let all = try await store.record.journeys(JourneyQueryTests.query()).items
        var query = JourneyQueryTests.query()
        query.cohorts = ["office": "north"]
        #expect(try await store.record.journeys(query).items == all.filter { $0.cohorts["office"] == "north" })
        query = JourneyQueryTests.query()
        query.text = "j11"
        #expect(try await store.record.journeys(query).items.count == 11)
        query = JourneyQueryTests.query()
        query.ids = [JourneyID("j3"), JourneyID("j5"), JourneyID("absent")].compactMap { $0 }
        #expect(try await store.record.journeys(query).items.count == 2)
        query.ids = []
        #expect(try await store.record.journeys(query).items.isEmpty)
        query = JourneyQueryTests.query()
        query.period = Period(from: Sample.start, to: Sample.start.advanced(by: 10 * Instant.hour))
        #expect(
            try await store.record.journeys(query).items == all.filter { query.period?.contains($0.opened) == true })
        var hostile = JourneyQueryTests.query()
        hostile.cohorts = ["office') OR 1=1 --": "x\" OR 1"]
        #expect(try await store.record.journeys(hostile).items.isEmpty)
    }

    @Test func openPromisesComeSoonestFirst() async throws {
        let store = try await JourneyQueryTests.filled()
        let open = try await store.record.openPromises(agency: Sample.agency)
        #expect(!open.isEmpty)
        #expect(open.allSatisfy { $0.promise?.isEnded == false })
        let dues = open.compactMap { $0.promise?.lastDue }
        #expect(dues == dues.sorted())
    }

    @Test func responsesComeNewestFirstAndGoOn() async throws {
        let store = try await JourneyQueryTests.filled()
        let all = try await store.record.responses(agency: Sample.agency, service: Sample.service, limit: 1_000)
        #expect(all.allSatisfy { $0.event.kind == .response || $0.event.kind == .outcome })
        #expect(all.map(\.sequence) == all.map(\.sequence).sorted(by: >))
        let rest = try await store.record.responses(
            agency: Sample.agency, service: Sample.service, after: all[4].sequence, limit: 1_000)
        #expect(rest == Array(all.dropFirst(5)))
    }
}
