internal import Experience
internal import Site
internal import Storage
internal import Synchronization

/// The wall's state with people's words, as they may be shown. Words are opened once for all walls.
struct LiveWall: Sendable {
    let record: Record
    let tally: WallTally
    private let opened = OpenedWords()

    init(record: Record, tally: WallTally) {
        self.record = record
        self.tally = tally
    }

    func state(_ service: ServiceDefinition) async -> WallState {
        var (state, keys) = tally.state(service)
        let missing = opened.missing(keys)
        if !missing.isEmpty {
            let subjects = missing.map {
                VaultSubject.response(source: $0.source, sourceID: $0.sourceID, agency: service.agency)
            }
            // Without its words a wall is still a wall.
            let held = (try? await record.heldKeys(agency: service.agency, service: service.id)) ?? Set(missing)
            let words = (try? await record.words(of: subjects, reader: "system")) ?? [:]
            let personal = Set(
                service.forms.flatMap(\.questions).filter { $0.kind == .email || $0.kind == .phone }.map(\.id.text))
            for (key, subject) in zip(missing, subjects) {
                let shown = (words[subject] ?? [:]).sorted { $0.key < $1.key }
                    .filter { !$0.key.hasPrefix(ResponseSubmission.originalPrefix) && !personal.contains($0.key) }
                    .map(\.value).joined(separator: " · ")
                opened.keep(key, held.contains(key) || shown.isEmpty ? nil : shown)
            }
        }
        for at in state.last.indices where at < keys.count { state.last[at].words = opened.words(keys[at]) }
        return state
    }

    /// A state at once, then one whenever something was counted, and one a minute so that the day ends.
    func follow(_ service: ServiceDefinition) -> AsyncStream<WallState> {
        let wakes = tally.follow(service.id)
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                continuation.yield(await state(service))
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await _ in wakes { continuation.yield(await state(service)) }
                    }
                    group.addTask {
                        while !Task.isCancelled {
                            try? await Task.sleep(for: .seconds(60))
                            if !Task.isCancelled { continuation.yield(await state(service)) }
                        }
                    }
                    await group.waitForAll()
                }
            }
            continuation.onTermination = { _ in task.cancel() }
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
