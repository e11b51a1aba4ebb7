import JourneyEngine
import Testing

@Suite struct SelectionTests {
    let random = RandomLog(seed: 77, journeys: 200)

    /// Ids, as bytes, of the journeys a rule holds for by the definition and by the engine.
    private func compare(
        _ criterion: JourneyCriterion, threads: Int = 2, _ rule: ([Row]) -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let log = random.log()
        let selection = log.select(criterion, threads: threads)
        var got: Set<[UInt8]> = []
        selection.forEach { got.insert(Array(log.journeyID($0).utf8)) }
        let expected = Set(NaiveLog(random).journeys.filter(rule).map { Array($0[0].journey.utf8) })
        #expect(got == expected, sourceLocation: sourceLocation)
        #expect(selection.count == expected.count, sourceLocation: sourceLocation)
        #expect(!expected.isEmpty, "a rule no journey meets shows nothing", sourceLocation: sourceLocation)
        let log2 = log.restricted(to: selection)
        #expect(log2.journeyCount == expected.count, sourceLocation: sourceLocation)
        let kept = NaiveLog(random).journeys.filter(rule).flatMap(\.self)
        #expect(Answers(log2) == Answers(RandomLog.log(kept, random.kinds)), sourceLocation: sourceLocation)
    }

    @Test func timeWindowsFollowTheirDefinitions() {
        let window: ClosedRange<Int64> = 10_000_000...80_000_000
        compare(.contained(in: window)) { $0.allSatisfy { window.contains($0.time) } }
        compare(.intersecting(window)) { $0[$0.count - 1].time >= 10_000_000 && $0[0].time <= 80_000_000 }
        compare(.hasEvent(in: window)) { $0.contains { window.contains($0.time) } }
        compare(.started(in: window)) { window.contains($0[0].time) }
        compare(.ended(in: window)) { window.contains($0[$0.count - 1].time) }
        compare(.duration(0...40_000_000)) { $0[$0.count - 1].time - $0[0].time <= 40_000_000 }
    }

    @Test func activityRulesFollowTheirDefinitions() throws {
        let log = random.log()
        let two = try #require(log.activityIndex("act 2"))
        let four = try #require(log.activityIndex("act 4"))
        compare(.startsWith([two, four])) { ["act 2", "act 4"].contains($0[0].activity) }
        compare(.endsWith([two])) { $0[$0.count - 1].activity == "act 2" }
        compare(.passesThrough([four])) { $0.contains { $0.activity == "act 4" } }
        compare(.length(3...5)) { (3...5).contains($0.count) }
        compare(.occurrences(of: two, 2...3)) { (2...3).contains($0.count { $0.activity == "act 2" }) }
        compare(.occurrences(of: two, 0...0)) { !$0.contains { $0.activity == "act 2" } }
    }

    @Test(arguments: [1, 3]) func manyActivitiesAtOnceSelectWhatEachSelectsAlone(threads: Int) {
        let log = random.log()
        let activities = log.activityNames.indices.map { $0 } + [9_999]
        let together = log.selectEach(activities, threads: threads)
        #expect(together.count == activities.count)
        for (activity, found) in zip(activities, together) {
            #expect(found == log.select(.passesThrough([activity])))
        }
        #expect(together.last?.isEmpty == true && together.first?.isEmpty == false)
    }

    @Test(arguments: [nil, 0...5_000_000, 3_000_000...30_000_000] as [ClosedRange<Int64>?])
    func followsWithinATimeFollowsItsDefinition(range: ClosedRange<Int64>?) throws {
        let log = random.log()
        let two = try #require(log.activityIndex("act 2"))
        let four = try #require(log.activityIndex("act 4"))
        for (from, to, first, second) in [(two, four, "act 2", "act 4"), (two, two, "act 2", "act 2")] {
            compare(.directlyFollows(from: from, to: to, within: range)) { rows in
                zip(rows, rows.dropFirst()).contains {
                    $0.activity == first && $1.activity == second && (range?.contains($1.time - $0.time) ?? true)
                }
            }
            compare(.eventuallyFollows(from: from, to: to, within: range)) { rows in
                rows.indices.contains { later in
                    rows[..<later].contains {
                        $0.activity == first && rows[later].activity == second
                            && (range?.contains(rows[later].time - $0.time) ?? true)
                    }
                }
            }
        }
    }

    @Test func attributesSelectByValueAndByAbsence() throws {
        let log = random.log()
        let web = try #require(log.attributeCode(1, of: "web"))
        let one = try #require(log.attributeCode(0, of: "p1"))
        compare(.attribute(1, codes: [web])) { random.kinds[$0[0].journey] == "web" }
        compare(.attribute(1, codes: [0])) { random.kinds[$0[0].journey] == nil }
        compare(.attribute(0, codes: [one])) { $0.contains { $0.actor == "p1" } }
        compare(.attribute(0, codes: [0])) { $0.contains { $0.actor == nil } }
    }

    @Test func selectionsCombine() {
        var left = JourneySelection(of: 130)
        var right = JourneySelection(of: 130)
        for journey in stride(from: 0, to: 130, by: 2) { left.insert(journey) }
        for journey in stride(from: 0, to: 130, by: 3) { right.insert(journey) }
        #expect(left.and(right).count == 22)
        #expect(left.or(right).count == 65 + 44 - 22)
        #expect(left.not().count == 65)
        #expect(left.not().not() == left)
        #expect(JourneySelection(all: true, of: 130).count == 130)
        #expect(left.and(left.not()).isEmpty)
        #expect(!left.contains(-1) && !left.contains(130))
    }

    @Test func cohortsPartitionTheLog() throws {
        let log = random.log()
        let cohorts = log.partitioned(by: 1)
        #expect(cohorts.map(\.value) == ["", "phone", "web", nil])
        #expect(cohorts.map(\.journeys).reduce(0, +) == log.journeyCount)
        #expect(cohorts.map(\.events).reduce(0, +) == log.eventCount)
        for cohort in cohorts {
            let naive = NaiveLog(random).journeys.filter { random.kinds[$0[0].journey] == cohort.value }
            #expect(cohort.journeys == naive.count)
            #expect(cohort.events == naive.map(\.count).reduce(0, +))
            #expect(log.restricted(to: cohort.selection).eventCount == cohort.events)
        }
    }

    @Test func restrictingToAWindowKeepsItsEventsOnly() {
        let log = random.log()
        let window: ClosedRange<Int64> = 0...50_000_000
        let cut = log.restricted(toEventsIn: window)
        let rows = random.rows.filter { window.contains($0.time) }
        #expect(cut.eventCount == rows.count)
        #expect(log.eventCount(in: window) == rows.count)
        #expect(Answers(cut) == Answers(RandomLog.log(rows, random.kinds)))
    }

    @Test func topVariantsOfASelectionAreItsOwn() {
        let log = random.log()
        let inside = log.select(.contained(in: 0...90_000_000))
        let assignment = log.variantAssignment(within: inside)
        let top = assignment.selection([0, 1, 2, 3, 4])
        #expect(top.count == assignment.variants.coverage(top: 5))
        #expect(top.and(inside) == top)
        #expect(log.variants(within: inside, threads: 3) == assignment.variants)
    }

    @Test func aRestrictedLogIsALogLikeAnyOther() throws {
        let log = random.log()
        let chosen = log.select(.length(3...6))
        let part = log.restricted(to: chosen, threads: 3)
        var ids: Set<[UInt8]> = []
        chosen.forEach { ids.insert(Array(log.journeyID($0).utf8)) }
        for journey in 0..<log.journeyCount {
            let id = log.journeyID(journey)
            let place = part.journeyIndex(ofID: id)
            #expect((place != nil) == ids.contains(Array(id.utf8)))
            if let place { #expect(Array(part.journeyID(place).utf8) == Array(id.utf8)) }
        }
        // What was left out comes back as a tail.
        let rest = log.restricted(to: chosen.not())
        #expect(Answers(part.appending(rest)) == Answers(log))
        #expect(Answers(part.compacted()) == Answers(part))
        // A part of a part.
        let short = part.restricted(to: part.select(.length(3...4)))
        #expect(Answers(short) == Answers(log.restricted(to: log.select(.length(3...4)))))
        #expect(log.restricted(to: JourneySelection(of: log.journeyCount)).eventCount == 0)
    }
}
