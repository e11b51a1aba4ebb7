import Foundation

/// One task's repeats as a line of JSON: the task, wall and processor seconds of each repeat, and the answer.
func measure(_ task: String, repeats: Int, _ work: () -> [Double]) {
    var wall: [Double] = []
    var cpu: [Double] = []
    var answer: [Double] = []
    for _ in 0..<repeats {
        let (start, used) = (ContinuousClock.now, processorSeconds())
        answer = work()
        let taken = ContinuousClock.now - start
        wall.append(Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)
        cpu.append(processorSeconds() - used)
    }
    func list(_ numbers: [Double]) -> String { "[" + numbers.map { "\($0)" }.joined(separator: ",") + "]" }
    print("{\"task\":\"\(task)\",\"seconds\":\(list(wall)),\"cpu\":\(list(cpu)),\"answer\":\(list(answer))}")
    fflush(nil)
}

/// User and system time of all threads so far.
private func processorSeconds() -> Double {
    var usage = rusage()
    #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
        getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}
