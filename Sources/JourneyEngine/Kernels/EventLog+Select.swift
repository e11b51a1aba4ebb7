extension EventLog {
    /// The journeys a criterion holds for, one pass.
    package func select(_ criterion: JourneyCriterion, threads: Int = 0) -> JourneySelection {
        switch criterion {
        case .contained(let window):
            return selectByEnds(threads) { first, last in first >= window.lowerBound && last <= window.upperBound }
        case .intersecting(let window):
            return selectByEnds(threads) { first, last in last >= window.lowerBound && first <= window.upperBound }
        case .started(let window): return selectByEnds(threads) { first, _ in window.contains(first) }
        case .ended(let window): return selectByEnds(threads) { _, last in window.contains(last) }
        case .duration(let range): return selectByEnds(threads) { first, last in range.contains(last &- first) }
        case .hasEvent(let window):
            return select(threads) { segment, events in
                // Times ascend: find the first event not before the window.
                var low = events.lowerBound
                var high = events.upperBound
                while low < high {
                    let middle = (low + high) / 2
                    if segment.times[middle] < window.lowerBound { low = middle + 1 } else { high = middle }
                }
                return low < events.upperBound && segment.times[low] <= window.upperBound
            }
        case .length(let range): return select(threads) { _, events in range.contains(events.count) }
        case .startsWith(let activities):
            let wanted = mask(activities)
            return select(threads) { segment, events in
                !events.isEmpty && isSet(wanted, segment.activities[events.lowerBound])
            }
        case .endsWith(let activities):
            let wanted = mask(activities)
            return select(threads) { segment, events in
                !events.isEmpty && isSet(wanted, segment.activities[events.upperBound - 1])
            }
        case .passesThrough(let activities):
            let wanted = mask(activities)
            return select(threads) { segment, events in
                for event in events where isSet(wanted, segment.activities[event]) { return true }
                return false
            }
        case .occurrences(let activity, let range):
            let wanted = code(activity)
            return select(threads) { segment, events in
                var count = 0
                for event in events where segment.activities[event] == wanted { count += 1 }
                return range.contains(count)
            }
        case .directlyFollows(let from, let to, let range): return selectDirectly(code(from), code(to), range, threads)
        case .eventuallyFollows(let from, let to, let range):
            return selectEventually(code(from), code(to), range, threads)
        case .attribute(let attribute, let codes): return select(attribute, codes, threads)
        }
    }

    /// The code of an activity's index; -1, which no event has, for an index outside the log.
    private func code(_ activity: Int) -> Int {
        book.codeOfIndex.indices.contains(activity) ? Int(book.codeOfIndex[activity]) : -1
    }

    private func mask(_ activities: Set<Int>) -> [Bool] {
        var mask = [Bool](repeating: false, count: book.count)
        for activity in activities where code(activity) >= 0 { mask[code(activity)] = true }
        return mask
    }

    @inline(__always)
    private func isSet(_ mask: [Bool], _ code: Int) -> Bool { code < mask.count && mask[code] }

    @inline(__always)
    private func selectByEnds(_ threads: Int, _ holds: (Int64, Int64) -> Bool) -> JourneySelection {
        select(threads) { segment, events in
            !events.isEmpty && holds(segment.times[events.lowerBound], segment.times[events.upperBound - 1])
        }
    }

    @inline(__always)
    func select(_ threads: Int, _ holds: (LogSegment, Range<Int>) -> Bool) -> JourneySelection {
        var selection = JourneySelection(of: journeyCount)
        selection.words.withUnsafeMutableBufferPointer { words in
            let out = OutputPointer(words.baseAddress)
            _ = eachShare(threads) { pieces in
                guard let words = out.start else { return }
                for piece in pieces {
                    let segment = segments[piece.segment]
                    var number = piece.firstJourney
                    for journey in piece.journeys {
                        if holds(segment, segment.events(journey)) { words[number >> 6] |= 1 << UInt64(number & 63) }
                        number += 1
                    }
                }
            }
        }
        return selection
    }

    private func selectDirectly(
        _ from: Int, _ to: Int, _ range: ClosedRange<Int64>?, _ threads: Int
    ) -> JourneySelection {
        select(threads) { segment, events in
            for event in events.dropFirst()
            where segment.activities[event - 1] == from && segment.activities[event] == to {
                guard let range else { return true }
                if range.contains(segment.times[event] &- segment.times[event - 1]) { return true }
            }
            return false
        }
    }

    /// Each `to` looks for a `from` before it whose time is in the range; the times of the `from`s ascend, so the
    /// latest that is early enough decides.
    private func selectEventually(
        _ from: Int, _ to: Int, _ range: ClosedRange<Int64>?, _ threads: Int
    ) -> JourneySelection {
        select(threads) { segment, events in
            guard let range else {
                var seen = false
                for event in events {
                    let code = segment.activities[event]
                    if seen, code == to { return true }
                    if code == from { seen = true }
                }
                return false
            }
            // The next `from` not yet taken, and the latest one far enough before the current event.
            var pending = events.lowerBound
            var latest: Int64?
            for event in events where segment.activities[event] == to {
                let limit = segment.times[event].subtractingReportingOverflow(range.lowerBound)
                while pending < event {
                    if segment.activities[pending] == from {
                        let time = segment.times[pending]
                        if !limit.overflow, time > limit.partialValue { break }
                        latest = time
                    }
                    pending += 1
                }
                if let latest, range.contains(segment.times[event] &- latest) { return true }
            }
            return false
        }
    }

    private func select(_ attribute: Int, _ codes: Set<Int>, _ threads: Int) -> JourneySelection {
        guard attributes.indices.contains(attribute) else { return JourneySelection(of: journeyCount) }
        var wanted = [Bool](repeating: false, count: values[attribute].count + 1)
        for code in codes where wanted.indices.contains(code) { wanted[code] = true }
        if attributes[attribute].level == .event {
            return select(threads) { segment, events in
                guard let column = segment.attributes[attribute] else { return wanted[0] && !events.isEmpty }
                for event in events where isSet(wanted, column[event]) { return true }
                return false
            }
        }
        var selection = JourneySelection(of: journeyCount)
        for piece in pieces {
            let column = segments[piece.segment].attributes[attribute]
            for journey in piece.journeys where isSet(wanted, column?[journey] ?? 0) {
                selection.insert(piece.firstJourney + journey - piece.journeys.lowerBound)
            }
        }
        return selection
    }
}
