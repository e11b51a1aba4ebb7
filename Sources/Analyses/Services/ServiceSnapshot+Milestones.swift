package import Experience
import JourneyEngine

extension ServiceSnapshot {
    /// For each step, when each journey of the table first reached it; ``JourneyTable/notYet`` where it has not. One
    /// pass over the log.
    ///
    /// - Parameter steps: for each step the names its activity may have.
    package func firstTimes(of steps: [[String]]) -> [[Int64]] {
        var times = [[Int64]](
            repeating: [Int64](repeating: JourneyTable.notYet, count: table.count), count: steps.count)
        let stepOf = codes(steps)
        guard stepOf.contains(where: { $0 >= 0 }) else { return times }
        let journeys = places.ofRows(log, table)
        for row in 0..<table.count {
            let journey = Int(journeys[row])
            guard journey >= 0, journey < log.journeyCount else { continue }
            for event in log.events(of: journey) {
                let step = stepOf[log.activity(at: event)]
                if step >= 0 { times[step][row] = min(times[step][row], log.time(at: event)) }
            }
        }
        return times
    }

    /// The last of these steps a journey reached, and when; nil while it reached none.
    package func lastReached(_ journey: String, of steps: [[String]]) -> (step: Int, at: Instant)? {
        guard let index = log.journeyIndex(ofID: journey) else { return nil }
        let stepOf = codes(steps)
        var found: (step: Int, at: Int64)?
        for event in log.events(of: index) {
            let step = stepOf[log.activity(at: event)]
            if step >= 0, found.map({ $0.step < step }) ?? true { found = (step, log.time(at: event)) }
        }
        return found.map { ($0.step, Instant(microseconds: $0.at)) }
    }

    private func codes(_ steps: [[String]]) -> [Int] {
        log.activityNames.map { name in steps.firstIndex { $0.contains(name) } ?? -1 }
    }
}

extension ServiceDefinition {
    /// The names the activities of these steps may have, in the order given.
    package func activityNames(of steps: [Slug]) -> [[String]] {
        steps.map { id in [id.text] + (self.steps.first { $0.id == id }?.aliases ?? []) }
    }
}
