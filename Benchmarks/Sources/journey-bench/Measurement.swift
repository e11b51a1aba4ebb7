#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What one run of one task took.
struct Measurement {
    var cpu: Double
    var wall: Double

    static func of(_ body: () throws -> Void) rethrows -> Measurement {
        let cpu = processorSeconds()
        let wall = wallSeconds()
        try body()
        return Measurement(cpu: processorSeconds() - cpu, wall: wallSeconds() - wall)
    }
}

/// User and system time of every thread of this process.
func processorSeconds() -> Double {
    var usage = rusage()
    #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
        getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func wallSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// A line "VmHWM: 12 kB" of this process's status, in mebibytes; 0 where there is none.
func memoryStatus(_ key: String) -> Double {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = line.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard text.hasPrefix(key + ":") else { continue }
        let digits = text.filter { $0.isNumber }
        return (Double(String(digits)) ?? 0) / 1024
    }
    return 0
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1
        ? sorted[middle] : (sorted[middle - 1] + (sorted.count > 1 ? sorted[middle] : last)) / 2
}

/// One line of JSON for the report.
func report(_ task: String, threads: Int, _ runs: [Measurement], extra: String = "") {
    let cpu = median(runs.map(\.cpu))
    let wall = median(runs.map(\.wall))
    let label = text("--label").map { $0 + "-" } ?? ""
    print(
        #"{"tool": "throughline", "task": "\#(label)\#(task)", "threads": \#(threads), "cpu": \#(cpu), "wall": \#(wall), "#
            + #""best": \#(runs.map(\.cpu).min() ?? .nan), "peak_mib": \#(memoryStatus("VmHWM")), "#
            + #""resident_mib": \#(memoryStatus("VmRSS"))\#(extra)}"#)
}
