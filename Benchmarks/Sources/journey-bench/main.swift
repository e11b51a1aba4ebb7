import Formats
import JourneyEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

let arguments = Array(CommandLine.arguments.dropFirst())

func text(_ option: String) -> String? {
    guard let at = arguments.firstIndex(of: option), at + 1 < arguments.endIndex else { return nil }
    return arguments[at + 1]
}

func value(_ option: String, _ fallback: Int) -> Int { text(option).flatMap { Int($0) } ?? fallback }

let usage = """
    usage: journey-bench generate LOG OUT(.csv|.xes) [--copies N]
           journey-bench load FILE [--threads N] [--repeats N] [--save FILE]
           journey-bench columns SAVED DIRECTORY
           journey-bench time SAVED [--threads N] [--repeats N] [--only TASK,TASK]
           journey-bench window SAVED
           journey-bench append SAVED [--events N]
    """

guard arguments.count > 1 else {
    print(usage)
    exit(2)
}
let path = arguments[1]
let threads = value("--threads", 1)
let repeats = value("--repeats", 5)

switch arguments[0] {
case "generate" where arguments.count > 2:
    let generator = try Generator(path)
    let out = arguments[2]
    if out.hasSuffix(".xes") {
        try generator.writeXES(to: out, copies: value("--copies", 45))
    } else {
        try generator.writeCSV(to: out, copies: value("--copies", 700))
    }
case "load":
    var options = LogReadingOptions()
    options.threads = threads
    var loaded: EventLog?
    var runs: [Measurement] = []
    for _ in 0..<repeats {
        loaded = nil
        runs.append(try Measurement.of { loaded = try LogReader.read(path: path, options: options).log })
    }
    guard let log = loaded else { break }
    let memory = log.memory
    report(
        path.hasSuffix(".xes") ? "xes" : "csv", threads: threads, runs,
        extra: #", "events": \#(log.eventCount), "columns_mib": \#(Double(memory.total) / 1_048_576), "#
            + #""bytes_per_event": \#(Double(memory.events + memory.attributeCodes) / Double(max(1, log.eventCount)))"#)
    if let out = text("--save") { try log.save(to: out) }
case "columns" where arguments.count > 2:
    try RawColumns(try EventLog.open(path)).write(to: arguments[2])
case "time":
    var log: EventLog?
    let opening = try Measurement.of { log = try EventLog.open(path, verification: .directory) }
    report("open", threads: 1, [opening])
    guard let log else { break }
    let wanted = text("--only")?.split(separator: ",").map { String($0) }
    // The window is worked out only where it is needed: it sorts every time of the log.
    let filters = wanted?.contains("filter") ?? true
    let low = text("--low").flatMap { Int64($0) }
    let high = text("--high").flatMap { Int64($0) }
    var window: ClosedRange<Int64> = 0...0
    if let low, let high, low <= high {
        window = low...high
    } else if filters {
        window = KernelTask.middleHalf(log)
    }
    let tasks = KernelTask.all(window: window)
    for task in tasks where wanted?.contains(task.name) ?? true {
        // Once for the pages, not measured.
        var answer = task.run(log, threads)
        let runs = (0..<repeats).map { _ in Measurement.of { answer = task.run(log, threads) } }
        report(task.name, threads: threads, runs, extra: #", "answer": \#(answer)"#)
    }
case "window":
    let window = KernelTask.middleHalf(try EventLog.open(path))
    print(window.lowerBound, window.upperBound)
case "append":
    try timeAppending(path, events: value("--events", 1000), repeats: repeats)
default:
    print(usage)
    exit(2)
}
