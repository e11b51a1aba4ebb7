import JourneyEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

let arguments = CommandLine.arguments.dropFirst()

func value(_ option: String, _ fallback: Int) -> Int {
    guard let at = arguments.firstIndex(of: option), at + 1 < arguments.endIndex else { return fallback }
    return Int(arguments[at + 1]) ?? fallback
}

func text(_ option: String) -> String? {
    guard let at = arguments.firstIndex(of: option), at + 1 < arguments.endIndex else { return nil }
    return arguments[at + 1]
}

switch arguments.first {
case "copies":
    let rows = readRows(arguments[arguments.startIndex + 1])
    let copies = value("--copies", 700)
    var log: EventLog?
    let run = Measurement.of { log = copyRows(rows, copies) }
    report("build", threads: 1, [run])
    if let log, let path = text("--save") {
        let run = try Measurement.of { try log.save(to: path) }
        report("save", threads: 1, [run])
    }
case "time":
    let path = arguments[arguments.startIndex + 1]
    let threads = value("--threads", 1)
    let repeats = value("--repeats", 5)
    var log: EventLog?
    let opening = try Measurement.of { log = try EventLog.open(path, verification: .directory) }
    report("open", threads: 1, [opening])
    guard let log else { break }
    for task in KernelTask.all
    where text("--only").map({ $0.split(separator: ",").contains { $0 == task.name } }) ?? true {
        var answer = task.run(log, threads)
        let runs = (0..<repeats).map { _ in Measurement.of { answer = task.run(log, threads) } }
        report(task.name, threads: threads, runs, extra: #", "answer": \#(answer)"#)
    }
default:
    print("usage: journey-bench copies ROWS.tsv --copies N --save FILE | time FILE [--threads N] [--repeats N]")
    exit(2)
}
