import JourneyEngine
import Testing

@Suite struct EventLogBuilderTests {
    @Test func keepsTimeThenInputOrderInsideAJourney() {
        var builder = EventLogBuilder()
        let rows: [(String, String, Int64)] = [
            ("a", "x", 30), ("b", "x", 1), ("a", "y", 10), ("a", "z", 30), ("b", "y", 1), ("a", "w", 10),
        ]
        for (id, activity, time) in rows {
            let journey = builder.journey(id)
            builder.append(journey: journey, activity: builder.activity(activity), time: time)
        }
        let log = builder.finish()
        #expect(log.journeyCount == 2)
        #expect(log.journeyID(0) == "a")
        #expect(log.events(of: 0).map { log.activityNames[log.activity(at: $0)] } == ["y", "w", "x", "z"])
        #expect(log.events(of: 0).map { log.time(at: $0) } == [10, 10, 30, 30])
        #expect(log.events(of: 1).map { log.activityNames[log.activity(at: $0)] } == ["x", "y"])
    }

    @Test func tellsIdsApartByTheirExactBytes() {
        var builder = EventLogBuilder()
        // Equal to Swift's String, not to the engine: "é" in one scalar and in two.
        let ids = ["", "NA", "na", "🙂", "\u{E9}", "e\u{301}", "null", " "]
        for (time, id) in ids.enumerated() {
            let journey = builder.journey(id)
            builder.append(journey: journey, activity: builder.activity(id), time: Int64(time))
        }
        let log = builder.finish()
        #expect(log.journeyCount == ids.count)
        for (index, id) in ids.enumerated() {
            #expect(Array(log.journeyID(index).utf8) == Array(id.utf8))
            #expect(log.journeyIndex(ofID: id) == index)
        }
        #expect(log.activityNames.count == ids.count)
        #expect(log.activityIndex("🙂") == log.activity(at: 3))
    }

    @Test func keepsAttributesWithTheirRowsWhenRowsAreMoved() {
        var builder = EventLogBuilder(attributes: [.init("who", level: .event)])
        let late = builder.declare(.init("kind", level: .journey))
        #expect(builder.declare(.init("who", level: .event)) == 0)
        for row in 0..<100 {
            let journey = builder.journey("j\(row % 7)")
            builder.append(journey: journey, activity: builder.activity("a\(row % 3)"), time: Int64(1000 - row))
            if row % 2 == 0 { builder.setEvent(0, code: builder.value(0, "p\(row)")) }
            builder.setJourney(journey, late, code: builder.value(late, "k\(row % 7)"))
        }
        let log = builder.finish()
        for journey in 0..<log.journeyCount {
            let kind = log.attributeText(late, code: log.attributeCode(late, journey: journey))
            #expect(kind == "k" + log.journeyID(journey).dropFirst())
            for event in log.events(of: journey) {
                let row = 1000 - log.time(at: event)
                let text = log.attributeText(0, code: log.attributeCode(0, event: event))
                #expect(text == (row % 2 == 0 ? "p\(row)" : nil))
            }
        }
    }

    @Test(arguments: [300, 70_000]) func widensCodesWhenActivitiesNeedIt(activities: Int) {
        var builder = EventLogBuilder()
        let journey = builder.journey("only")
        for index in 0..<activities {
            builder.append(journey: journey, activity: builder.activity("a\(index)"), time: Int64(index))
        }
        let log = builder.finish()
        #expect(log.activityNames.count == activities)
        let strays = log.events(of: 0).filter { log.activityNames[log.activity(at: $0)] != "a\($0)" }
        #expect(strays.isEmpty)
        #expect(log.directlyFollows().flows.count == activities - 1)
    }

    @Test func leavesOutJourneysWithoutEventsAndRowsItCannotPlace() {
        var builder = EventLogBuilder()
        _ = builder.journey("empty")
        let journey = builder.journey("full")
        let activity = builder.activity("x")
        builder.append(journey: 77, activity: activity, time: 0)
        builder.append(journey: journey, activity: 9, time: 0)
        builder.append(journey: journey, activity: activity, time: .max)
        #expect(builder.rejected == 2)
        let log = builder.finish()
        #expect(log.journeyCount == 1)
        #expect(log.eventCount == 1)
        #expect(log.journeyID(0) == "full")
        #expect(log.time(at: 0) == JourneyEngine.timeLimit)
    }

    @Test func anEmptyLogAnswersEverything() {
        let log = EventLogBuilder().finish()
        #expect(log.journeyCount == 0)
        #expect(log.summary() == LogSummary())
        #expect(log.directlyFollows() == DirectlyFollows())
        #expect(log.directlyFollowsWaits().flows.isEmpty)
        #expect(log.variants().count == 0)
        #expect(log.durations() == Distribution())
        #expect(log.rework() == Rework())
        #expect(log.eventuallyFollows() == EventuallyFollows())
        #expect(log.select(.length(0...9)).isEmpty)
        #expect(log.journeyID(0).isEmpty)
    }

    @Test func longJourneysAndLongIdsAreNothingSpecial() {
        var builder = EventLogBuilder()
        let long = String(repeating: "x", count: 100_000)
        let events = 200_000
        for event in 0..<events {
            let journey = builder.journey(event % 1000 == 999 ? long : "long")
            // Backwards, so that every event has to be moved.
            builder.append(journey: journey, activity: builder.activity("a\(event % 3)"), time: Int64(events - event))
        }
        let log = builder.finish(threads: 2)
        #expect(log.journeyCount == 2)
        #expect(log.journeyIndex(ofID: long) == 1)
        #expect(log.events(of: 0).count == events - events / 1000)
        let times = log.events(of: 0).map { log.time(at: $0) }
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        #expect(log.summary().longest == events - events / 1000)
        #expect(log.memory.events < events * 10)
    }
}
