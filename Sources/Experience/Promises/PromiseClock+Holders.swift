extension PromiseClock {
    /// Who held the clock for a stretch of time.
    package struct Holding: Sendable, Hashable, Codable {
        /// Nil = the service itself: the clock ran.
        package var waitingFor: ClockHolder?
        package var holder: String?
        package var start: Instant
        package var end: Instant
    }

    /// The time from arming to the end (or `now`), cut into stretches that add up to the whole. Where pauses
    /// overlap, the stretch belongs to the one that began first.
    package func holdings(until now: Instant) -> [Holding] {
        guard let armedAt else { return [] }
        let end = endedAt ?? now
        guard end > armedAt else { return [] }
        var held: [Holding] = []
        var cursor = armedAt
        let ordered = pauses.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
        for (_, pause) in ordered {
            let stop = min(pause.end ?? end, end)
            let start = max(pause.start, cursor)
            guard start < stop else { continue }
            if cursor < start { held.append(Holding(waitingFor: nil, holder: nil, start: cursor, end: start)) }
            held.append(Holding(waitingFor: pause.waitingFor, holder: pause.holder, start: start, end: stop))
            cursor = stop
        }
        if cursor < end { held.append(Holding(waitingFor: nil, holder: nil, start: cursor, end: end)) }
        return held
    }
}
