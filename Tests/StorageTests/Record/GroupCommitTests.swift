import Experience
import Foundation
import Storage
import Synchronization
import Testing

/// Stops the writer just before a commit is made durable, or makes that commit fail.
final class CommitGate: Sendable {
    private let reachedCommit = DispatchSemaphore(value: 0)
    private let goOn = DispatchSemaphore(value: 0)
    private let state = Mutex((isShut: false, failing: nil as StorageError?, commits: 0))

    var commits: Int { state.withLock { $0.commits } }
    func shut() { state.withLock { $0.isShut = true } }
    func fail(_ error: StorageError?) { state.withLock { $0.failing = error } }

    func open() {
        state.withLock { $0.isShut = false }
        goOn.signal()
    }

    /// Waits, off the cooperative pool, until a commit stands before the gate.
    func reached() async {
        await withCheckedContinuation { waiting in
            DispatchQueue(label: "gate").async { [reachedCommit] in
                reachedCommit.wait()
                waiting.resume()
            }
        }
    }

    func pass() throws(StorageError) {
        let (isShut, failing) = state.withLock { state in
            state.commits += 1
            return (state.isShut, state.failing)
        }
        if isShut {
            reachedCommit.signal()
            goOn.wait()
        }
        if let failing { throw failing }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}

@Suite(.everyDatabase) struct GroupCommitTests {
    private let gate = CommitGate()

    private func makeStore() async throws -> Store {
        let gate = gate
        return try await Store(
            RecordOptions(rules: Sample.rules, beforeCommit: { () throws(StorageError) in try gate.pass() }))
    }

    @Test func nobodyIsAnsweredBeforeTheCommit() async throws {
        let store = try await makeStore()
        let answered = Counter()
        gate.shut()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try await store.record.append([Sample.event("j", "1")])
                answered.add()
            }
            await gate.reached()
            #expect(answered.value == 0)
            #expect(try await store.record.lastSequence() == 0)
            gate.open()
            try await group.waitForAll()
        }
        #expect(answered.value == 1)
        #expect(try await store.record.lastSequence() == 1)
    }

    @Test func thoseWhoComeDuringACommitShareTheNext() async throws {
        let store = try await makeStore()
        gate.shut()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await store.record.append([Sample.event("j", "first")]) }
            await gate.reached()
            let started = Counter()
            for number in 0..<30 {
                group.addTask {
                    started.add()
                    _ = try await store.record.append([Sample.event("j", "\(number)")])
                }
            }
            while started.value < 30 { await Task.yield() }
            // Every one of them has been handed over once its task has come to wait.
            try await Task.sleep(for: .milliseconds(50))
            gate.open()
            try await group.waitForAll()
        }
        #expect(try await store.record.eventCount() == 31)
        #expect(gate.commits <= 4)
    }

    @Test func aFailedCommitAnswersNobodyAndStoresNothing() async throws {
        let store = try await makeStore()
        _ = try await store.record.append([Sample.event("j", "kept")])
        let before = try await store.record.viewsDigest()
        gate.fail(.full)
        let failures = await withTaskGroup(of: StorageError?.self) { group in
            for number in 0..<10 {
                group.addTask {
                    do throws(StorageError) {
                        _ = try await store.record.append([Sample.event("j", "\(number)")])
                        return nil
                    } catch { return error }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures == Array(repeating: StorageError.full, count: 10))
        #expect(try await store.record.eventCount() == 1)
        #expect(try await store.record.viewsDigest() == before)
        gate.fail(nil)
        let answers = try await store.record.append([Sample.event("j", "0"), Sample.event("k", "1")])
        #expect(answers == [.stored(2), .stored(3)])
        let live = try await store.record.viewsDigest()
        try await store.record.rebuild()
        #expect(try await store.record.viewsDigest() == live)
    }
}
