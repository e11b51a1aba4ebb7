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

    static let all: [KernelTask] = [
        KernelTask(name: "map") { log, threads in log.directlyFollows(threads: threads).flows.count },
        KernelTask(name: "waits") { log, threads in
            let waits = log.directlyFollowsWaits(threads: threads)
            return waits.flows.reduce(0) { $0 + $1.waits.count }
        },
        KernelTask(name: "variants") { log, threads in log.variants(threads: threads).count },
        KernelTask(name: "durations") { log, threads in Int(log.durations(threads: threads).sum / 1_000_000) },
        KernelTask(name: "filter") { log, threads in
            let window = middleHalf(log)
            let contained = log.select(.contained(in: window), threads: threads)
            let assignment = log.variantAssignment(within: contained, threads: threads)
            let top = assignment.selection(Set(0..<min(5, assignment.variants.count)))
            return log.eventCount(in: top)
        },
        KernelTask(name: "conformance") { log, threads in
            log.conformance(to: promisedPath, threads: threads).total.deviations
        },
        KernelTask(name: "summary") { log, threads in log.summary(threads: threads).events },
        KernelTask(name: "rework") { log, threads in log.rework(threads: threads).journeysWithRepeats },
        KernelTask(name: "eventually") { log, threads in log.eventuallyFollows(threads: threads).pairs.count },
        KernelTask(name: "restrict") { log, threads in
            log.restricted(to: log.select(.contained(in: middleHalf(log)), threads: threads)).eventCount
        },
        KernelTask(name: "working-waits") { log, threads in
            let summary = log.summary(threads: threads)
            let first = summary.firstTime ?? 0
            let day: Int64 = 86_400_000_000
            let days = ((summary.lastTime ?? 0) - first) / day + 1
            let hours = (0..<days).filter { $0 % 7 < 5 }.map { first + $0 * day..<first + $0 * day + day / 3 }
            return log.directlyFollowsWaits(calendar: WorkingCalendar(hours), threads: threads).flows.count
        },
    ]

    /// A window that holds about half of the events: the middle of the log's range.
    private static func middleHalf(_ log: EventLog) -> ClosedRange<Int64> {
        guard log.journeyCount > 0 else { return 0...0 }
        let first = log.time(at: 0)
        let last = log.time(at: log.eventCount - 1)
        let low = min(first, last)
        let quarter = (max(first, last) - low) / 4
        return low + quarter...low + 3 * quarter
    }
}
