import JourneyEngine

/// Every question of the benchmark, as a call that gives a number to be printed, so that nothing is left out as unused.
struct KernelTask: Sendable {
    var name: String
    var run: @Sendable (_ log: EventLog, _ threads: Int) -> Int

    /// The path the receipt log's agency promises.
    static let promisedPath = [
        "Confirmation of receipt", "T02 Check confirmation of receipt", "T04 Determine confirmation of receipt",
        "T05 Print and send confirmation of receipt", "T06 Determine necessity of stop advice",
        "T10 Determine necessity to stop indication",
    ]

    static func all(window: ClosedRange<Int64>) -> [KernelTask] {
        [
            KernelTask(name: "map") { log, threads in log.directlyFollows(threads: threads).flows.count },
            KernelTask(name: "waits") { log, threads in
                let waits = log.directlyFollowsWaits(threads: threads)
                return waits.flows.reduce(0) { $0 + $1.waits.count }
            },
            KernelTask(name: "variants") { log, threads in log.variants(threads: threads).count },
            KernelTask(name: "durations") { log, threads in Int(log.durations(threads: threads).sum / 1_000_000) },
            // Journeys inside the window, their five most frequent variants, and the log of those.
            KernelTask(name: "filter") { log, threads in
                let contained = log.select(.contained(in: window), threads: threads)
                let assignment = log.variantAssignment(within: contained, threads: threads)
                let top = assignment.selection(Set(0..<min(5, assignment.variants.count)))
                return log.restricted(to: top, threads: threads).eventCount
            },
            KernelTask(name: "conformance") { log, threads in
                log.conformance(to: promisedPath, threads: threads).total.deviations
            },
            KernelTask(name: "summary") { log, threads in log.summary(threads: threads).events },
            KernelTask(name: "rework") { log, threads in log.rework(threads: threads).journeysWithRepeats },
            KernelTask(name: "eventually") { log, threads in log.eventuallyFollows(threads: threads).pairs.count },
            KernelTask(name: "working-waits") { log, threads in
                let summary = log.summary(threads: threads)
                let first = summary.firstTime ?? 0
                let day: Int64 = 86_400_000_000
                let days = ((summary.lastTime ?? 0) - first) / day + 1
                let hours = (0..<days).filter { $0 % 7 < 5 }.map { first + $0 * day..<first + $0 * day + day / 3 }
                return log.directlyFollowsWaits(calendar: WorkingHours(hours), threads: threads).flows.count
            },
        ]
    }

    /// The window of the middle half of events: nearest-rank quarters of their times.
    static func middleHalf(_ log: EventLog) -> ClosedRange<Int64> {
        var times = (0..<log.eventCount).map { log.time(at: $0) }
        times.sort()
        guard !times.isEmpty else { return 0...0 }
        func nearest(_ quarters: Int) -> Int64 { times[max(0, (times.count * quarters + 3) / 4 - 1)] }
        return nearest(1)...nearest(3)
    }
}
