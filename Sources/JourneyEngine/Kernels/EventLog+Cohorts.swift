/// The journeys that share one value of a journey attribute.
package struct LogCohort: Sendable {
    /// nil: the journeys without a value.
    package var value: String?
    package var selection: JourneySelection
    package var journeys: Int
    package var events: Int
}

extension EventLog {
    /// The log split by a journey attribute: every journey is in exactly one cohort. In UTF-8 order of value, those
    /// without one last; empty when the index is not that of a journey attribute.
    package func partitioned(by attribute: Int) -> [LogCohort] {
        guard attributes.indices.contains(attribute), attributes[attribute].level == .journey else { return [] }
        let book = values[attribute]
        var cohortOfCode = [Int](repeating: -1, count: book.count + 1)
        var cohorts: [LogCohort] = []
        for piece in pieces {
            let segment = segments[piece.segment]
            let column = segment.attributes[attribute]
            for journey in piece.journeys {
                let code = column?[journey] ?? 0
                guard code < cohortOfCode.count else { continue }
                if cohortOfCode[code] < 0 {
                    cohortOfCode[code] = cohorts.count
                    cohorts.append(
                        LogCohort(
                            value: code == 0 ? nil : book[code], selection: JourneySelection(of: journeyCount),
                            journeys: 0, events: 0))
                }
                let cohort = cohortOfCode[code]
                cohorts[cohort].selection.insert(piece.firstJourney + journey - piece.journeys.lowerBound)
                cohorts[cohort].journeys += 1
                cohorts[cohort].events += segment.events(journey).count
            }
        }
        return cohorts.sorted { left, right in
            guard let first = left.value else { return false }
            guard let second = right.value else { return true }
            return precedes(first, second)
        }
    }

    /// Events of the selected journeys.
    package func eventCount(in selection: JourneySelection, threads: Int = 0) -> Int {
        eachShare(threads) { pieces in
            var count = 0
            for piece in pieces {
                let segment = segments[piece.segment]
                var number = piece.firstJourney
                for journey in piece.journeys {
                    if selection.contains(number) { count += segment.events(journey).count }
                    number += 1
                }
            }
            return count
        }.reduce(0, +)
    }

    /// Events inside a window, both ends included.
    package func eventCount(in window: ClosedRange<Int64>, threads: Int = 0) -> Int {
        eachShare(threads) { pieces in
            var count = 0
            for piece in pieces {
                let segment = segments[piece.segment]
                let low = segment.events(piece.journeys.lowerBound).lowerBound
                let high = segment.events(piece.journeys.upperBound - 1).upperBound
                for event in low..<max(low, high) {
                    let time = segment.times[event]
                    count &+= (time >= window.lowerBound ? 1 : 0) & (time <= window.upperBound ? 1 : 0)
                }
            }
            return count
        }.reduce(0, +)
    }
}
