import Experience
import Storage
import Testing

/// Several programs on one record.
@Suite(.everyDatabase) struct SharedRecordTests {
    @Test func twoProgramsOnOneRecordKeepTheViewsRight() async throws {
        let store = try await Store()
        let second = try await Record.open(
            store.address, options: RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys))
        for number in 0..<20 {
            _ = try await store.record.append([Sample.event("j", "a\(number)", "filed", kind: .contact)])
            _ = try await second.append([Sample.event("j", "b\(number)", "filed", kind: .contact)])
        }
        let id = try #require(JourneyID("j"))
        #expect(try await store.record.journey(id, agency: Sample.agency)?.contacts == 40)
        let live = try await store.record.viewsDigest()
        try await second.rebuild()
        #expect(try await store.record.viewsDigest() == live)
    }

    @Test func numbersHaveNoGapsAndNoneComesLateWhoeverWrites() async throws {
        let store = try await Store()
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys)
        let records = [store.record, try await Record.open(store.address, options: options)]
        let total = 2 * 4 * 40
        let seen = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for (at, record) in records.enumerated() {
                for caller in 0..<4 {
                    group.addTask {
                        for number in 0..<40 {
                            let event = Sample.event("j\(number % 7)", "\(at)-\(caller)-\(number)")
                            let answer: Appended = try await record.append(event)
                            guard case .stored = answer else { Issue.record("\(answer)"); continue }
                        }
                        return []
                    }
                }
            }
            // Follows while they write: each stretch must go on where the one before ended.
            group.addTask {
                var numbers: [Int64] = []
                while numbers.count < total {
                    let stretch = try await store.record.tail(after: numbers.last ?? 0, limit: 50)
                    numbers += stretch.map(\.sequence)
                    await Task.yield()
                }
                return numbers
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(seen == Array(1...Int64(total)))
        let live = try await records[1].viewsDigest()
        try await store.record.rebuild()
        #expect(try await records[1].viewsDigest() == live)
        await records[1].close()
    }

    @Test func aCommitThatTakesLongIsOvertakenByNone() async throws {
        let store = try await Store()
        let gate = CommitGate()
        let slow = try await Record.open(
            store.address,
            options: RecordOptions(
                rules: Sample.rules, vaultKeys: Sample.keys,
                beforeCommit: { () throws(StorageError) in try gate.pass() }))
        gate.shut()
        async let first: Appended = slow.append(Sample.event("j", "slow"))
        await gate.reached()
        async let second: Appended = store.record.append(Sample.event("j", "quick"))
        // The first event has its number and is not visible yet. A second one that became visible now would have a
        // higher number, and who follows would never come back for the first.
        var seen: [Int64] = []
        // The second writer waits ten seconds for its turn, on a machine that may be busy with other tests.
        let end = ContinuousClock.now + .seconds(1)
        while seen.isEmpty, ContinuousClock.now < end {
            seen += try await store.record.tail(after: seen.last ?? 0).map(\.sequence)
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(seen.isEmpty)
        gate.open()
        #expect(try await first == .stored(1))
        #expect(try await second == .stored(2))
        #expect(try await store.record.tail(after: 0).map(\.event.sourceID) == ["slow", "quick"])
        await slow.close()
    }

    @Test func signInHoldsOnEveryNode() async throws {
        let store = try await Store()
        let other = try await Record.open(
            store.address, options: RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys))
        let account = try await store.record.accounts.create(
            name: "ada", password: "correct horse battery", role: .owner, by: "system")
        let answer = try await other.accounts.signIn(name: "ada", password: "correct horse battery", source: "10.0.0.1")
        guard case .signedIn(_, let token, _) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(try await store.record.accounts.session(token)?.account == account)
        try await store.record.accounts.signOut(token)
        #expect(try await other.accounts.session(token) == nil)
        await other.close()
    }
}
