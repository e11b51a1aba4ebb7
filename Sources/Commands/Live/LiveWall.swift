internal import Experience
internal import ServiceLifecycle
internal import Site
internal import Storage
internal import Synchronization

/// The walls: one state a service, made once and handed to every screen that shows it, however many there are.
final class LiveWall: Service {
    private struct Wall {
        var definition: ServiceDefinition
        var screens: [Int: AsyncStream<WallState>.Continuation] = [:]
        /// The state the screens have; nil until it was made.
        var latest: WallState?
    }

    private struct Hall {
        var next = 0
        var number: Int64 = 0
        var walls: [ServiceID: Wall] = [:]
        /// Walls with a screen that has nothing to show yet.
        var waiting: Set<ServiceID> = []
    }

    private let record: Record
    private let tally: WallTally
    /// Whether a field of the vault holds a comment, in every version of the service's forms that has it.
    private let isComment: @Sendable (ServiceDefinition, String) -> Bool
    private let opened = OpenedWords()
    private let hall = Mutex(Hall())
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    /// A tenth of a second's presses are one state.
    private static let pause = Duration.milliseconds(100)

    init(
        record: Record, tally: WallTally, isComment: @escaping @Sendable (ServiceDefinition, String) -> Bool
    ) {
        self.isComment = isComment
        self.record = record
        self.tally = tally
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The state with people's words, as they may be shown. Words are opened once for all walls.
    func state(_ service: ServiceDefinition) async -> WallState {
        var (state, keys) = tally.state(service)
        let missing = opened.missing(keys)
        if !missing.isEmpty {
            let subjects = missing.map {
                VaultSubject.response(source: $0.source, sourceID: $0.sourceID, agency: service.agency)
            }
            // Without its words a wall is still a wall.
            let words = (try? await record.words(of: subjects, reader: "system")) ?? [:]
            let held =
                words.isEmpty
                ? [] : (try? await record.heldKeys(agency: service.agency, service: service.id)) ?? Set(missing)
            for (key, subject) in zip(missing, subjects) {
                // Only what is known to be a comment is put on a wall: an address asked for by an older version, or a
                // file's name, is no more anybody's business than one asked for today.
                let shown = (words[subject] ?? [:]).sorted { $0.key < $1.key }
                    .filter { isComment(service, $0.key) }.map(\.value).joined(separator: " · ")
                opened.keep(key, held.contains(key) || shown.isEmpty ? nil : shown)
            }
        }
        for at in state.last.indices where at < keys.count { state.last[at].words = opened.words(keys[at]) }
        return state
    }

    /// The state at once, then whenever something was counted, and one a minute so that the day ends.
    func follow(_ service: ServiceDefinition) -> AsyncStream<WallState> {
        let (stream, screen) = AsyncStream.makeStream(of: WallState.self, bufferingPolicy: .bufferingNewest(1))
        let id = hall.withLock { hall in
            hall.next += 1
            hall.walls[service.id, default: Wall(definition: service)].definition = service
            hall.walls[service.id]?.screens[hall.next] = screen
            if let latest = hall.walls[service.id]?.latest {
                screen.yield(latest)
            } else {
                hall.waiting.insert(service.id)
            }
            return hall.next
        }
        screen.onTermination = { [weak self] _ in self?.leave(service.id, id) }
        wake.yield()
        return stream
    }

    private func leave(_ service: ServiceID, _ screen: Int) {
        hall.withLock { hall in
            hall.walls[service]?.screens[screen] = nil
            if hall.walls[service]?.screens.isEmpty ?? false { hall.walls[service] = nil }
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in self.tally.changes { self.wake.yield() }
                }
                group.addTask {
                    while !Task.isCancelled {
                        try? await Task.sleep(for: .seconds(60))
                        self.hall.withLock { $0.waiting.formUnion($0.walls.keys) }
                        self.wake.yield()
                    }
                }
                for await _ in self.wakes {
                    await self.publish()
                    try? await Task.sleep(for: LiveWall.pause)
                    if Task.isCancelled { break }
                }
                group.cancelAll()
            }
        }
    }

    /// Makes the state of each wall that changed and is looked at, and hands it out.
    private func publish() async {
        let counted = tally.takeChanged()
        let due = hall.withLock { hall in
            let services = hall.waiting.union(counted)
            hall.waiting = []
            return services.compactMap { hall.walls[$0]?.definition }
        }
        for definition in due {
            var fresh = await state(definition)
            hall.withLock { hall in
                hall.number += 1
                fresh.number = hall.number
                hall.walls[definition.id]?.latest = fresh
                for screen in (hall.walls[definition.id]?.screens ?? [:]).values { screen.yield(fresh) }
            }
        }
    }
}

/// Words by answer, for the last few hundred answers.
private final class OpenedWords: Sendable {
    private let known = Mutex<[IntakeMark.Key: String?]>([:])

    func missing(_ keys: [IntakeMark.Key]) -> [IntakeMark.Key] {
        known.withLock { known in keys.filter { known[$0] == nil } }
    }

    func words(_ key: IntakeMark.Key) -> String? { known.withLock { $0[key] ?? nil } }

    func keep(_ key: IntakeMark.Key, _ words: String?) {
        known.withLock { known in
            if known.count > 500 { known.removeAll(keepingCapacity: true) }
            known[key] = .some(words)
        }
    }
}
