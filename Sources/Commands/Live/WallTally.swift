internal import Experience
internal import Site
internal import Storage
internal import Synchronization

/// Counts today's answers as they are read from the record, for the walls. Fed by the one reader of the record; a wall
/// takes the newest state there is.
final class WallTally: Sendable {
    struct Last: Sendable {
        var answer: WallAnswer
        var key: IntakeMark.Key
    }

    private struct Day {
        var number: Int64
        var counts: [Slug?: [Int]] = [:]
        var last: [Last] = []
    }

    private struct Board {
        var days: [ServiceID: Day] = [:]
        var changed: Set<ServiceID> = []
    }

    private let board = Mutex(Board())
    /// Wakes whenever something was counted; many at once wake once. For one reader: the walls.
    let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation
    /// The day of an instant in the site's zone, counted from 1970.
    private let day: @Sendable (Instant) -> Int64
    private let now: @Sendable () -> Instant
    private static let kept = 8

    init(now: @escaping @Sendable () -> Instant, day: @escaping @Sendable (Instant) -> Int64) {
        self.now = now
        self.day = day
        (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Reads what was said today, so that a wall is whole after a restart. Called once before the server opens.
    func fill(_ record: Record, _ services: [ServiceDefinition]) async throws {
        let at = now()
        let period = Storage.Period(from: at.advanced(by: -Instant.day), to: at.advanced(by: Instant.day))
        for service in services {
            let newest = try await record.responses(
                agency: service.agency, service: service.id, period: period, limit: 10_000)
            take(newest.reversed())
        }
    }

    /// Events once each, in the order of the record.
    func take(_ events: [RecordedEvent]) {
        let today = day(now())
        board.withLock { board in
            var touched: Set<ServiceID> = []
            for recorded in events {
                let event = recorded.event
                guard event.kind == .response || event.kind == .outcome, event.attributes[ResponseKey.held] == nil,
                    day(event.occurred) == today
                else { continue }
                if board.days[event.service]?.number != today { board.days[event.service] = Day(number: today) }
                WallTally.add(event, to: &board.days[event.service, default: Day(number: today)])
                touched.insert(event.service)
            }
            board.changed.formUnion(touched)
            if !touched.isEmpty { change.yield() }
        }
    }

    private static func add(_ event: Event, to day: inout Day) {
        let place = event.touchpoint.flatMap { Slug($0) }
        let rating = event.attributes[JourneyState.Key.rating]?.integer.map { Int($0) }
        if let rating, (1...5).contains(rating) { day.counts[place, default: [0, 0, 0, 0, 0]][rating - 1] += 1 }
        let answer = WallAnswer(
            at: event.occurred, touchpoint: place, channel: event.channel, rating: rating,
            solved: event.kind == .outcome
                ? event.attributes[JourneyState.Key.solved].flatMap { JourneyState.Solved(rawValue: $0.plain) } : nil)
        day.last.insert(Last(answer: answer, key: .init(source: event.source, sourceID: event.sourceID)), at: 0)
        if day.last.count > kept { day.last.removeLast() }
    }

    /// Places in the order of the definition, those without an answer that are asked at left in.
    func state(_ service: ServiceDefinition) -> (state: WallState, keys: [IntakeMark.Key]) {
        let today = day(now())
        let found = board.withLock { board in board.days[service.id].flatMap { $0.number == today ? $0 : nil } }
        guard let found else {
            let kiosks = service.touchpoints.filter { $0.channel == .kiosk }
            return (WallState(places: kiosks.map { .init(touchpoint: $0.id, counts: [0, 0, 0, 0, 0]) }), [])
        }
        var places: [WallState.Place] = service.touchpoints.compactMap { place in
            guard let counts = found.counts[place.id] ?? (place.channel == .kiosk ? [0, 0, 0, 0, 0] : nil) else {
                return nil
            }
            return WallState.Place(touchpoint: place.id, counts: counts)
        }
        let known = Set(service.touchpoints.map(\.id))
        var rest = [0, 0, 0, 0, 0]
        for (place, counts) in found.counts where place.map({ !known.contains($0) }) ?? true {
            for at in rest.indices { rest[at] += counts[at] }
        }
        if rest.contains(where: { $0 > 0 }) { places.append(.init(touchpoint: nil, counts: rest)) }
        return (WallState(places: places, last: found.last.map(\.answer)), found.last.map(\.key))
    }

    /// The services something was counted for since this was asked last.
    func takeChanged() -> Set<ServiceID> {
        board.withLock { board in
            defer { board.changed = [] }
            return board.changed
        }
    }
}
