import JourneyEngine

/// A tail of events, half on journeys the log has and half on new ones, appended again and again.
func timeAppending(_ path: String, events: Int, repeats: Int) throws {
    var log = try EventLog.open(path, verification: .directory)
    guard log.journeyCount > 0 else { return }
    var runs: [Measurement] = []
    for round in 0..<repeats {
        runs.append(
            Measurement.of {
                var builder = EventLogBuilder()
                for event in 0..<events {
                    let known = (round &* 7919 &+ event &* 104_729) % log.journeyCount
                    let journey = builder.journey(event % 2 == 0 ? log.journeyID(known) : "new-\(round)-\(event)")
                    let activity = builder.activity(log.activityNames[event % log.activityNames.count])
                    builder.append(journey: journey, activity: activity, time: Int64(event))
                }
                log = log.appending(builder.finish(threads: 1))
            })
    }
    report("append", threads: 1, runs, extra: #", "tail_events": \#(events), "events": \#(log.eventCount)"#)
    var map = DirectlyFollows()
    let asked = (0..<5).map { _ in Measurement.of { map = log.directlyFollows(threads: 1) } }
    report("map-after-append", threads: 1, asked, extra: #", "answer": \#(map.flows.count)"#)
}
