import JourneyEngine
import Testing

@Suite struct TimeTests {
    @Test func workingTimeIsTheSumOfTheOverlaps() {
        var random = SplitMix64(state: 11)
        for _ in 0..<60 {
            let intervals = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                let start = Int64.random(in: -1000...5000, using: &random)
                return start..<start + Int64.random(in: 0...200, using: &random)
            }
            let open = Set(intervals.flatMap { Array($0) })
            let calendar = WorkingHours(intervals)
            for _ in 0..<40 {
                let start = Int64.random(in: -2000...6000, using: &random)
                let end = Int64.random(in: -2000...6000, using: &random)
                let expected = start < end ? open.count { $0 >= start && $0 < end } : 0
                #expect(calendar.workingTime(from: start, to: end) == Int64(expected))
            }
        }
    }

    @Test func waitsAndDurationsCountWorkingTimeOnly() {
        let random = RandomLog(seed: 21, journeys: 100)
        let hours = (-2..<12).map { Int64($0) * 10_000_000..<Int64($0) * 10_000_000 + 4_000_000 }
        let calendar = WorkingHours(hours)
        func worked(_ start: Int64, _ end: Int64) -> Int64 {
            hours.reduce(0) { $0 + max(0, min(end, $1.upperBound) - max(start, $1.lowerBound)) }
        }
        let naive = NaiveLog(random)
        let log = random.log()
        let durations = naive.journeys.map { worked($0[0].time, $0[$0.count - 1].time) }
        #expect(log.durations(calendar: calendar).sum == Int128(durations.reduce(0, +)))
        var sums: [[String]: Int64] = [:]
        for journey in naive.journeys {
            for (first, second) in zip(journey, journey.dropFirst()) {
                sums[[first.activity, second.activity], default: 0] += worked(first.time, second.time)
            }
        }
        let waits = log.directlyFollowsWaits(calendar: calendar, threads: 2)
        for flow in waits.flows {
            #expect(
                flow.waits.sum == Int128(sums[[waits.activityNames[flow.from], waits.activityNames[flow.to]]] ?? -1))
        }
    }

    @Test(arguments: TimelineMoment.allCases) func timelinesCountEveryMomentOnce(moment: TimelineMoment) {
        let random = RandomLog(seed: 31, journeys: 100)
        let borders = (0..<8).map { Int64($0) * 10_000_000 }
        let timeline = random.log().timeline(moment, borders: borders, threads: 3)
        let times = NaiveLog(random).journeys.flatMap { journey in
            switch moment {
            case .starts: [journey[0].time]
            case .ends: [journey[journey.count - 1].time]
            case .events: journey.map(\.time)
            }
        }
        for bucket in timeline.counts.indices {
            #expect(timeline.counts[bucket] == times.count { $0 >= borders[bucket] && $0 < borders[bucket + 1] })
        }
        #expect(timeline.before == times.count { $0 < borders[0] })
        #expect(timeline.after == times.count { $0 >= borders[7] })
        var merged = TimeBuckets(borders: borders)
        for remainder in 0..<2 {
            let part = random.log { $0.journey.utf8.count % 2 == remainder }
            let joined = merged.merge(part.timeline(moment, borders: borders))
            #expect(joined)
        }
        #expect(merged == timeline)
    }

    @Test func absurdTimesDoNotOverflow() {
        var builder = EventLogBuilder()
        let activity = builder.activity("x")
        for (row, time) in [Int64.min, .max, .min, .max, 0, .min].enumerated() {
            let journey = builder.journey("j\(row / 2)")
            builder.append(journey: journey, activity: activity, time: time)
        }
        let log = builder.finish()
        let waits = log.directlyFollowsWaits()
        #expect(waits.flows.first?.waits.maximum == 2 * JourneyEngine.timeLimit)
        #expect(waits.flows.first?.waits.deviation?.isFinite == true)
        #expect(log.durations().maximum == 2 * JourneyEngine.timeLimit)
        #expect(log.select(.duration(Int64.min...Int64.max)).count == 3)
    }
}
