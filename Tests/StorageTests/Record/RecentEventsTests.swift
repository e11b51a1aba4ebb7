import Experience
import Storage
import Testing

@Suite struct RecentEventsTests {
    private func commit(_ numbers: ClosedRange<Int64>) -> [RecordedEvent] {
        numbers.map { RecordedEvent(sequence: $0, recorded: Sample.start, event: Sample.event("j", "\($0)")) }
    }

    private func numbers(_ recent: RecentEvents, after sequence: Int64, limit: Int = 100) -> [Int64]? {
        recent.after(sequence, limit: limit)?.map(\.sequence)
    }

    @Test func givesWhatFollowsANumberAcrossCommits() {
        let recent = RecentEvents()
        recent.add(commit(5...6), bytes: 200)
        recent.add(commit(7...7), bytes: 100)
        recent.add([], bytes: 0)
        recent.add(commit(8...10), bytes: 300)
        #expect(numbers(recent, after: 4) == [5, 6, 7, 8, 9, 10])
        #expect(numbers(recent, after: 5) == [6, 7, 8, 9, 10])
        #expect(numbers(recent, after: 7, limit: 2) == [8, 9])
        #expect(numbers(recent, after: 9) == [10])
    }

    @Test func givesNothingOfWhichItIsNotSure() {
        let recent = RecentEvents()
        #expect(numbers(recent, after: 0) == nil)
        recent.add(commit(5...6), bytes: 200)
        #expect(numbers(recent, after: 3) == nil, "4 is not held")
        #expect(numbers(recent, after: 6) == nil, "others may have written 7")
        #expect(numbers(recent, after: 4, limit: 0) == nil)
    }

    @Test func beginsAnewWhereAnotherProgramWroteInBetween() {
        let recent = RecentEvents()
        recent.add(commit(1...3), bytes: 300)
        recent.add(commit(5...6), bytes: 200)
        #expect(numbers(recent, after: 0) == nil)
        #expect(numbers(recent, after: 4) == [5, 6])
    }

    @Test func letsTheOldestGo() {
        let recent = RecentEvents(capacity: 400)
        recent.add(commit(1...3), bytes: 300)
        recent.add(commit(4...6), bytes: 300)
        #expect(numbers(recent, after: 0) == [1, 2, 3, 4, 5, 6])
        recent.add(commit(7...7), bytes: 100)
        #expect(numbers(recent, after: 0) == nil)
        #expect(numbers(recent, after: 3) == [4, 5, 6, 7])
        // Great ones push more out than small ones, but the newest commit stays.
        recent.add(commit(8...8), bytes: 100_000)
        #expect(numbers(recent, after: 6) == nil)
        #expect(numbers(recent, after: 7) == [8])
        recent.forget()
        #expect(numbers(recent, after: 7) == nil)
    }
}

@Suite(.everyDatabase) struct RecentTailTests {
    @Test func theTailIsTheSameFromMemoryAndFromTheDatabase() async throws {
        let store = try await Store()
        _ = try await store.record.append([
            Sample.event("j1", "a"), Sample.event("j2", "Ñandú, \u{1F4EE} \"quoted\" \\ and {braces}"),
            Sample.event("j1", "a"), Sample.armed("j1", "p"),
        ])
        _ = try await store.record.append([Sample.event("j1", "p"), Sample.event("j3", "c")])
        for after in Int64(0)...5 {
            for limit in [1, 2, 100] {
                let told = try await store.record.tail(after: after, limit: limit)
                let stored = try await store.record.storedTail(after: after, limit: limit)
                #expect(told == stored)
            }
        }
        #expect(try await store.record.tail(after: 0).count == 4)
    }

    @Test func whatOthersWroteIsInTheTail() async throws {
        let store = try await Store()
        let other = try await Record.open(
            store.address, options: RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys))
        _ = try await store.record.append([Sample.event("j", "1")])
        _ = try await other.append([Sample.event("j", "2"), Sample.event("j", "3")])
        _ = try await store.record.append([Sample.event("j", "4")])
        _ = try await other.append([Sample.event("j", "5")])
        for record in [store.record, other] {
            for after in Int64(0)...5 {
                var seen: [Int64] = []
                while let last = try await record.tail(after: seen.last ?? after).last.map(\.sequence) {
                    seen += try await record.tail(after: seen.last ?? after).map(\.sequence)
                    #expect(seen.last == last)
                }
                #expect(seen == Array((after + 1)..<6))
            }
        }
        await other.close()
    }

    @Test func aCommitThatFailedIsNotTold() async throws {
        let gate = CommitGate()
        let store = try await Store(
            RecordOptions(
                rules: Sample.rules, vaultKeys: Sample.keys,
                beforeCommit: { () throws(StorageError) in try gate.pass() }))
        _ = try await store.record.append([Sample.event("j", "1")])
        gate.fail(.full)
        await #expect(throws: StorageError.full) { try await store.record.append([Sample.event("j", "2")]) }
        #expect(try await store.record.tail(after: 0).map(\.event.sourceID) == ["1"])
        gate.fail(nil)
        _ = try await store.record.append([Sample.event("j", "3")])
        #expect(try await store.record.tail(after: 0).map(\.event.sourceID) == ["1", "3"])
    }
}
