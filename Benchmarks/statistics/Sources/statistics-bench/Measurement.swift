/// One task's repeats as a line of JSON: the task, wall seconds of each repeat, and the answer, so that a peer's can
/// be held against it.
func measure(_ task: String, repeats: Int, _ work: () -> [Double]) {
    var seconds: [Double] = []
    var answer: [Double] = []
    for _ in 0..<repeats {
        let start = ContinuousClock.now
        answer = work()
        let taken = ContinuousClock.now - start
        seconds.append(Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)
    }
    func list(_ numbers: [Double]) -> String { "[" + numbers.map { "\($0)" }.joined(separator: ",") + "]" }
    print("{\"who\":\"ours\",\"task\":\"\(task)\",\"seconds\":\(list(seconds)),\"answer\":\(list(answer))}")
}
