import JourneyEngine
import Testing

@Suite struct KernelPropertyTests {
    static let seeds: [UInt64] = Array(1...12)

    @Test(arguments: seeds) func kernelsAgreeWithTheDefinitions(seed: UInt64) {
        let random = RandomLog(seed: seed, journeys: Int(seed) * 13)
        let naive = NaiveLog(random)
        let log = random.log()
        #expect(log.journeyCount == naive.journeys.count)

        let waits = log.directlyFollowsWaits()
        let flows = naive.flows
        #expect(waits.flows.count == flows.count)
        for flow in waits.flows {
            let names = [waits.activityNames[flow.from], waits.activityNames[flow.to]]
            let values = flows[names] ?? []
            #expect(flow.waits.count == values.count)
            #expect(flow.waits.sum == Int128(values.reduce(0, +)))
            #expect(flow.waits.minimum == values.min())
            #expect(flow.waits.maximum == values.max())
            for level in [50.0, 90, 95] {
                let expected = NaiveLog.linear(values, level)
                #expect(abs((flow.waits.linear(level) ?? .nan) - expected) < 1e-9 * max(1, expected))
            }
            let expected = NaiveLog.deviation(values)
            #expect((flow.waits.deviation == nil) == (expected == nil))
            if let expected { #expect(abs((flow.waits.deviation ?? .nan) - expected) < 1e-9 * max(1, expected)) }
        }
        let map = log.directlyFollows()
        #expect(map.flows.count == flows.count)
        for flow in map.flows {
            #expect(flow.count == flows[[map.activityNames[flow.from], map.activityNames[flow.to]]]?.count)
        }
        expectMedians(log, map, flows)
        let every = Array(0..<Int32(log.journeyCount))
        let few = JourneySelection(every.filter { $0 % 5 == 3 }, of: every, journeyCount: log.journeyCount)
        #expect(
            log.durationSample(within: few).values
                == log.durationSample().values.enumerated().filter { $0.offset % 5 == 3 }.map(\.element))

        let variants = log.variants()
        let expected = naive.variants
        #expect(variants.counts == expected.map(\.count))
        #expect((0..<variants.count).map { variants.activities($0) } == expected.map(\.sequence))

        let durations = log.durations()
        #expect(durations.sum == Int128(naive.durations.reduce(0, +)))
        for percentile in durations.percentiles {
            let value = NaiveLog.linear(naive.durations, percentile.level)
            #expect(abs(percentile.linear - value) < 1e-9 * max(1, value))
        }
    }

    @Test(arguments: seeds) func reworkHandoverAndEventuallyFollowsAgreeWithTheDefinitions(seed: UInt64) {
        let random = RandomLog(seed: seed, journeys: 80)
        let naive = NaiveLog(random)
        let log = random.log()
        let rework = log.rework()
        for (index, name) in rework.activityNames.enumerated() {
            let repeating = naive.journeys.count { journey in journey.count { $0.activity == name } > 1 }
            #expect(rework.journeysRepeating[index] == repeating)
            #expect(rework.selfLoops[index] == naive.flows[[name, name]]?.count ?? 0)
        }
        let withRepeats = naive.journeys.count { Set($0.map(\.activity)).count < $0.count }
        #expect(rework.journeysWithRepeats == withRepeats)

        let handover = log.handover(attribute: 0)
        #expect(
            Dictionary(uniqueKeysWithValues: handover.edges.map { ([$0.from, $0.to], $0.count) }) == naive.handover)
        #expect(handover.total + handover.unattributed == log.eventCount - log.journeyCount)

        let eventually = log.eventuallyFollows()
        let pairs = eventually.pairs.map {
            ([eventually.activityNames[$0.from], eventually.activityNames[$0.to]], $0.journeys)
        }
        #expect(Dictionary(uniqueKeysWithValues: pairs) == naive.eventuallyFollows)
    }

    @Test(arguments: seeds) func answersDoNotDependOnRowOrderOrThreads(seed: UInt64) {
        let random = RandomLog(seed: seed, journeys: 300)
        let answers = Answers(random.log())
        for threads in [2, 3, 7] { #expect(Answers(random.log(), threads: threads) == answers) }
        for order in 1...3 { #expect(Answers(random.shuffled(seed: UInt64(order)).log()) == answers) }
        var grouped = random
        grouped.rows = NaiveLog(random).journeys.flatMap(\.self)
        #expect(Answers(grouped.log()) == answers)
    }

    @Test(arguments: seeds) func mergedPartsAreTheWhole(seed: UInt64) {
        let random = RandomLog(seed: seed, journeys: 120)
        let whole = random.log()
        var generator = SplitMix64(state: seed)
        var ids = Array(Set(random.rows.map { Array($0.journey.utf8) }))
        ids.sort { $0.lexicographicallyPrecedes($1) }
        ids.shuffle(using: &generator)
        let parts = 1 + Int(seed % 5)
        var partOf: [[UInt8]: Int] = [:]
        for id in ids { partOf[id] = Int.random(in: 0...parts, using: &generator) }

        var summary = LogSummary()
        var map = DirectlyFollows()
        var waits = FlowWaitSamples()
        var variants = Variants()
        var durations = TimeSample([])
        var startEnd = StartEnd()
        var rework = Rework()
        var handover = Handover()
        var eventually = EventuallyFollows()
        for part in 0...parts {
            let log = random.log { partOf[Array($0.journey.utf8)] == part }
            summary.merge(log.summary())
            map.merge(log.directlyFollows())
            waits.merge(log.directlyFollowsWaitSamples())
            variants.merge(log.variants())
            durations.merge(log.durationSample())
            startEnd.merge(log.startEnd())
            rework.merge(log.rework())
            handover.merge(log.handover(attribute: 0))
            eventually.merge(log.eventuallyFollows())
        }
        #expect(summary == whole.summary())
        #expect(map == whole.directlyFollows())
        #expect(waits.statistics() == whole.directlyFollowsWaits())
        #expect(waits == whole.directlyFollowsWaitSamples())
        #expect(variants == whole.variants())
        #expect(durations.distribution() == whole.durations())
        #expect(startEnd == whole.startEnd())
        #expect(rework == whole.rework())
        #expect(handover == whole.handover(attribute: 0))
        #expect(eventually == whole.eventuallyFollows())
    }

    @Test(arguments: [300, 3000]) func wideAlphabetsGiveTheSameAnswers(activities: Int) {
        let random = RandomLog(seed: 5, journeys: 400, activities: activities, longest: 30)
        let log = random.log()
        let flows = NaiveLog(random).flows
        let map = log.directlyFollows(threads: 2)
        #expect(map.flows.count == flows.count)
        expectMedians(log, map, flows)
        let wrong = map.flows.filter { flow in
            flow.count != flows[[map.activityNames[flow.from], map.activityNames[flow.to]]]?.count
        }
        #expect(wrong.isEmpty)
        #expect(map.activityCounts.reduce(0, +) == log.eventCount)
        #expect(Answers(log, threads: 3) == Answers(log))
    }
}

private func expectMedians(_ log: EventLog, _ map: DirectlyFollows, _ flows: [[String]: [Int64]]) {
    let waits = log.medianWaits(of: map)
    #expect(waits.count == map.flows.count)
    for (flow, wait) in zip(map.flows, waits) {
        let values = flows[[map.activityNames[flow.from], map.activityNames[flow.to]]] ?? []
        let median = NaiveLog.linear(values, 50)
        #expect(wait.sum == Int128(values.reduce(0, +)))
        #expect(abs(wait.median - median) < 1e-9 * max(1, median))
    }
}
