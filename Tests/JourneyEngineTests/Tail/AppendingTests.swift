import JourneyEngine
import Testing

@Suite struct AppendingTests {
    @Test(arguments: Array(1...10) as [UInt64]) func aLogWithTailsAnswersAsOneBuiltAtOnce(seed: UInt64) {
        let random = RandomLog(seed: seed, journeys: 150)
        var generator = SplitMix64(state: seed)
        var rows = random.rows[...]
        let first = rows.prefix(rows.count / 2)
        rows = rows.dropFirst(first.count)
        // Kinds arrive with the rows of their journey, so the whole has those of any journey seen.
        var log = RandomLog.log(Array(first), random.kinds)
        var seen = Array(first)
        while !rows.isEmpty {
            let next = rows.prefix(Int.random(in: 1...60, using: &generator))
            rows = rows.dropFirst(next.count)
            seen += next
            log = log.appending(RandomLog.log(Array(next), random.kinds))
            let whole = RandomLog.log(seen, random.kinds)
            #expect(log.eventCount == whole.eventCount)
            #expect(log.journeyCount == whole.journeyCount)
            #expect(Answers(log, threads: 2) == Answers(whole))
        }
        let whole = random.log()
        #expect(Answers(log.compacted()) == Answers(whole))
        let ids = (0..<log.journeyCount).map(log.journeyID)
        let asked = ids.reversed() + ["nobody's"] + ids
        let numbers = (0..<Int32(log.journeyCount))
        #expect(log.journeyNumbers(of: asked[...]) == numbers.reversed() + [-1] + numbers)
        let again = (0..<log.journeyCount).map { journey in
            let path = log.events(of: journey).map { log.activity(at: $0) }
            return UInt8(clamping: path.count - Set(path).count)
        }
        #expect(log.repeatsOfJourneys(threads: 2) == again)
        for journey in 0..<log.journeyCount {
            let id = log.journeyID(journey)
            #expect(log.journeyIndex(ofID: id) == journey)
            let other = whole.journeyIndex(ofID: id)
            let events = log.events(of: journey).map { [Int64(log.activity(at: $0)), log.time(at: $0)] }
            let expected = whole.events(of: other ?? -1).map { [Int64(whole.activity(at: $0)), whole.time(at: $0)] }
            #expect(events == expected)
        }
        let window: ClosedRange<Int64> = 0...60_000_000
        let selection = log.select(.intersecting(window), threads: 3)
        #expect(selection.count == whole.select(.intersecting(window)).count)
        #expect(
            Answers(log.restricted(to: selection)) == Answers(whole.restricted(to: whole.select(.intersecting(window))))
        )
        #expect(log.partitioned(by: 1).map(\.journeys) == whole.partitioned(by: 1).map(\.journeys))
    }

    @Test func aTailMayBringNewActivitiesAttributesAndValues() throws {
        var first = EventLogBuilder(attributes: [.init("unit", level: .journey)])
        let journey = first.journey("j")
        first.append(journey: journey, activity: first.activity("m"), time: 5)
        first.setJourney(journey, 0, code: first.value(0, "north"))
        let base = first.finish()

        var second = EventLogBuilder(attributes: [.init("actor", level: .event), .init("unit", level: .journey)])
        let same = second.journey("j")
        second.append(journey: same, activity: second.activity("a"), time: 1)
        second.setEvent(0, code: second.value(0, "Ada"))
        second.setJourney(same, 1, code: second.value(1, "south"))
        let other = second.journey("k")
        second.append(journey: other, activity: second.activity("z"), time: 2)
        let log = base.appending(second.finish())

        #expect(log.activityNames == ["a", "m", "z"])
        let place = try #require(log.journeyIndex(ofID: "j"))
        #expect(log.events(of: place).map { log.activity(at: $0) } == [0, 1])
        let actor = try #require(log.attributeIndex("actor", level: .event))
        let unit = try #require(log.attributeIndex("unit", level: .journey))
        let event = log.events(of: place).lowerBound
        #expect(log.attributeText(actor, code: log.attributeCode(actor, event: event)) == "Ada")
        #expect(log.attributeCode(actor, event: event + 1) == 0)
        #expect(log.attributeText(unit, code: log.attributeCode(unit, journey: place)) == "south")
        #expect(base.activityNames == ["m"], "a log is a value")
    }
}
