import JourneyEngine
import Testing

/// Figures of respected implementations, to 1e-6 of their size; counts exactly.
@Suite struct RunningExampleTests {
    private func isNear(_ got: Double?, _ expected: Double) -> Bool {
        guard let got else { return false }
        return abs(got - expected) <= 1e-6 * max(1, abs(expected))
    }

    /// From, to, count; then sum, mean, p50, p90, p95, least, most and sample deviation in seconds (-1: none).
    private static let waits: [[Double]] = [
        [0, 1, 6, 1091760.0, 181960.0, 129300.0, 379500.0, 479070.0, 1800.0, 578640.0, 206034.1175630871],
        [0, 2, 2, 184860.0, 92430.0, 92430.0, 160422.0, 168921.0, 7440.0, 177420.0, 120194.01066608935],
        [0, 3, 1, 95820.0, 95820.0, 95820.0, 95820.0, 95820.0, 95820.0, 95820.0, -1],
        [1, 4, 3, 1542480.0, 514160.0, 521400.0, 711720.0, 735510.0, 261780.0, 759300.0, 248839.00578486483],
        [1, 6, 3, 199200.0, 66400.0, 91800.0, 95640.0, 96120.0, 10800.0, 96600.0, 48210.78717465626],
        [1, 7, 3, 462720.0, 154240.0, 97560.0, 237528.0, 255023.99999999997, 92640.0, 272520.0, 102463.01967051333],
        [2, 0, 4, 191880.0, 47970.0, 48120.0, 89460.0, 89910.0, 5280.0, 90360.0, 47254.44740974123],
        [2, 1, 2, 750840.0, 375420.0, 375420.0, 481452.0, 494706.0, 242880.0, 507960.0, 187439.86555693002],
        [3, 0, 2, 618180.0, 309090.0, 309090.0, 422106.0, 436233.0, 167820.0, 450360.0, 199785.94995644715],
        [3, 1, 1, 76740.0, 76740.0, 76740.0, 76740.0, 76740.0, 76740.0, 76740.0, -1],
        [5, 0, 2, 78240.0, 39120.0, 39120.0, 68496.0, 72168.0, 2400.0, 75840.0, 51929.92201034005],
        [5, 2, 3, 96720.0, 32240.0, 3840.0, 73440.0, 82139.99999999999, 2040.0, 90840.0, 50757.068473267835],
        [5, 3, 1, 83040.0, 83040.0, 83040.0, 83040.0, 83040.0, 83040.0, 83040.0, -1],
        [6, 0, 1, 252900.0, 252900.0, 252900.0, 252900.0, 252900.0, 252900.0, 252900.0, -1],
        [6, 2, 1, 73080.0, 73080.0, 73080.0, 73080.0, 73080.0, 73080.0, 73080.0, -1],
        [6, 3, 1, 2880.0, 2880.0, 2880.0, 2880.0, 2880.0, 2880.0, 2880.0, -1],
    ]

    /// Level, linear, nearest rank; seconds.
    private static let percentiles: [[Double]] = [
        [0, 520920.0, 520920.0],
        [1, 530040.0, 520920.0],
        [5, 566520.0, 520920.0],
        [10, 612120.0, 520920.0],
        [25, 722385.0, 703320.0],
        [50, 815940.0, 779580.0],
        [75, 1239660.0, 1368780.0],
        [90, 1472610.0, 1576440.0],
        [95, 1524525.0, 1576440.0],
        [99, 1566057.0, 1576440.0],
        [100, 1576440.0, 1576440.0],
    ]

    private static let eventually = """
        aa2 ab6 ac2 ad2 ae3 ag2 ah3 ba2 bb2 bc1 bd1 be3 bg2 bh3 ca3 cb4 cc1 cd1 ce3 cg2 ch1 da2 db3 de1 dh2 \
        fa6 fb6 fc4 fd3 fe3 fg2 fh3 ga2 gb2 gc1 gd1 ge1 gg1 gh1
        """

    private static let handover = """
        Sara>Ellen:4 Ellen>Mike:3 Mike>Sara:3 Pete>Sara:3 Sara>Sara:3 Mike>Ellen:2 Mike>Sean:2 Pete>Mike:2 \
        Sara>Mike:2 Sean>Sara:2 Ellen>Sara:1 Mike>Mike:1 Mike>Pete:1 Pete>Sue:1 Sara>Pete:1 Sara>Sean:1 \
        Sara>Sue:1 Sean>Pete:1 Sue>Mike:1 Sue>Pete:1
        """

    @Test func waitsOfEveryFlowAreThoseOfTheReference() {
        let waits = RunningExample.log.directlyFollowsWaits()
        #expect(waits.activityNames == RunningExample.names)
        #expect(waits.flows.count == Self.waits.count)
        for (flow, expected) in zip(waits.flows, Self.waits) {
            let got = flow.waits
            #expect([flow.from, flow.to, got.count] == expected[0..<3].map { Int($0) })
            #expect(isNear(got.sumSeconds, expected[3]) && isNear(got.mean, expected[4]))
            #expect(isNear(got.linear(50), expected[5]) && isNear(got.linear(90), expected[6]))
            #expect(isNear(got.linear(95), expected[7]))
            #expect(isNear(got.minimumSeconds, expected[8]) && isNear(got.maximumSeconds, expected[9]))
            #expect(expected[10] < 0 ? got.deviation == nil : isNear(got.deviation, expected[10]))
        }
    }

    @Test func durationsAreThoseOfTheReferenceBothWays() {
        let durations = RunningExample.log.durations()
        #expect(durations.count == 6)
        #expect(isNear(durations.sumSeconds, 5801340.0))
        #expect(durations.percentiles.count == Self.percentiles.count)
        for expected in Self.percentiles {
            #expect(isNear(durations.linear(expected[0]), expected[1]))
            #expect(isNear(durations.nearestRank(expected[0]), expected[2]))
        }
    }

    @Test func countsAreThoseOfTheReference() {
        let log = RunningExample.log
        let summary = log.summary()
        #expect(summary.journeys == 6 && summary.events == 42 && summary.directlyFollows == 36)
        #expect(summary.firstTime == 1_293_703_320_000_000 && summary.lastTime == 1_295_877_360_000_000)
        #expect(summary.shortest == 5 && summary.longest == 13 && summary.meanLength == 7)
        #expect(summary.activityCounts == [9, 9, 6, 3, 3, 6, 3, 3])
        #expect(log.variants().counts == [1, 1, 1, 1, 1, 1])
        #expect(
            log.variants().activities(0).joined(separator: ",")
                == "register request,check ticket,examine casually,decide,pay compensation")
        let rework = log.rework()
        #expect(rework.journeysRepeating == [2, 2, 1, 0, 0, 0, 1, 0])
        #expect(rework.journeysWithRepeats == 2 && rework.selfLoops.allSatisfy { $0 == 0 })
    }

    @Test func eventuallyFollowsAndHandoversAreThoseOfTheReference() {
        let log = RunningExample.log
        let eventually = log.eventuallyFollows().pairs.map { pair in
            "\(letter(pair.from))\(letter(pair.to))\(pair.journeys)"
        }
        #expect(eventually.joined(separator: " ") == Self.eventually)
        let handover = log.handover(attribute: 0)
        #expect(handover.total == 36 && handover.toSelf == 4 && handover.edges.count == 20)
        let edges = handover.edges.map { "\($0.from)>\($0.to):\($0.count)" }
        #expect(Set(edges) == Set(Self.handover.split(separator: " ").map { String($0) }))
    }

    private func letter(_ activity: Int) -> String { String("abcdefgh".dropFirst(activity).prefix(1)) }

    @Test func filtersKeepWhatTheReferenceKeeps() {
        let log = RunningExample.log
        let window: ClosedRange<Int64> = 1294300920000000...1294843440000000
        #expect(log.select(.contained(in: window)).count == 1)
        #expect(log.restricted(to: log.select(.contained(in: window))).eventCount == 5)
        #expect(log.select(.intersecting(window)).count == 6)
        #expect(log.eventCount(in: window) == 22)
    }
}
