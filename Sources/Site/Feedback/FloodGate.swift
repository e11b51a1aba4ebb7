package import Experience
import Synchronization

/// Tells a flood from a busy day, for each form by itself: a minute's answers against the hour before. Addresses play no
/// part, so a hall full of people behind one address is never held back.
package final class FloodGate: Sendable {
    private struct Flow {
        /// Answers of each of the last sixty seconds, by second.
        var seconds = [Int32](repeating: 0, count: 60)
        var last: Int64 = 0
        var inMinute = 0
        /// Answers a minute, fading over an hour.
        var usual = 0.0
        var at: Int64 = 0
    }

    private let flows = Mutex<[String: Flow]>([:])
    private let floor: Double
    private let now: @Sendable () -> Instant

    /// - Parameter floor: answers a minute that are never a flood, whatever was usual.
    package init(floor: Int = 300, now: @escaping @Sendable () -> Instant) {
        self.floor = Double(max(1, floor))
        self.now = now
    }

    /// The work asked for now: 0 in calm; more the larger the flood. 14 bits are a tenth of a second for a person's
    /// telephone, 18 bits about a second.
    package func bits(_ place: String) -> Int {
        let second = now().microseconds / 1_000_000
        return flows.withLock { flows in
            guard var flow = flows[place] else { return 0 }
            FloodGate.advance(&flow, to: second)
            flows[place] = flow
            return bits(flow)
        }
    }

    /// Counts an answer and tells the work it had to bring.
    package func note(_ place: String) -> Int {
        let second = now().microseconds / 1_000_000
        return flows.withLock { flows in
            var flow = flows[place] ?? Flow()
            FloodGate.advance(&flow, to: second)
            flow.seconds[Int(second % 60 + 60) % 60] += 1
            flow.inMinute += 1
            flow.usual += 1 / 60
            // Places are forms of known services, so there are never many; a bound all the same.
            if flows.count < 10_000 || flows[place] != nil { flows[place] = flow }
            return bits(flow)
        }
    }

    private func bits(_ flow: Flow) -> Int {
        let load = Double(flow.inMinute) / max(floor, 6 * flow.usual)
        switch load {
        case ...1: return 0
        case ...2: return 14
        case ...8: return 16
        default: return 18
        }
    }

    private static func advance(_ flow: inout Flow, to second: Int64) {
        let gone = second - flow.last
        if gone > 0 {
            for step in 1...min(gone, 60) {
                let place = Int((flow.last + step) % 60 + 60) % 60
                flow.inMinute -= Int(flow.seconds[place])
                flow.seconds[place] = 0
            }
            if gone > 60 {
                flow.seconds = [Int32](repeating: 0, count: 60)
                flow.inMinute = 0
            }
            // Fades by 1/e in an hour, to first order; a long silence ends at nothing.
            flow.usual *= max(0, 1 - Double(gone) / 3_600)
            flow.last = second
        }
    }
}
