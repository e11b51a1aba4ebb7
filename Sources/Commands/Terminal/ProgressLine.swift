internal import Foundation

/// One line that tells how far a long work has come, with its rate and the time left. Only on a terminal: a log
/// file should not fill with it.
struct ProgressLine {
    private let started = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?
    private let shows: Bool

    init() { shows = isatty(STDERR_FILENO) == 1 }

    mutating func show(done: Int64, of total: Int64?, events: Int) {
        guard shows else { return }
        let now = ContinuousClock.now
        if let lastShown, now - lastShown < .milliseconds(200) { return }
        lastShown = now
        let seconds = max(0.001, (now - started).seconds)
        var line = "\(grouped(events)) events, \(grouped(Int(Double(events) / seconds)))/s"
        if let total, total > 0, done > 0 {
            let share = min(1, Double(done) / Double(total))
            let width = 24
            let filled = Int(share * Double(width))
            let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
            let left = seconds / share * (1 - share)
            line = "\(bar) \(Int(share * 100)) %  \(line), \(duration(left)) left"
        }
        StandardError.write("\r\u{1B}[K\(line)")
    }

    func clear() {
        if shows, lastShown != nil { StandardError.write("\r\u{1B}[K") }
    }

    var seconds: Double { (ContinuousClock.now - started).seconds }

    private func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 90 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// 1234567 as "1,234,567".
func grouped(_ number: Int) -> String {
    let digits = Array(String(abs(number)))
    var out = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
        if place > 0, (digits.count - place) % 3 == 0 { out.append(",") }
        out.append(digit)
    }
    return out
}
