internal import Storage

extension Record {
    /// Looks at once, after commits of this process, and every so often, since others commit too; until the task is
    /// cancelled. No commit is missed: one that comes while a look is under way is followed by another.
    ///
    /// - Parameter apart: between two looks. Commits come hundreds a second under load, and one look takes in many.
    func afterCommits(
        orEvery limit: Duration, apart: Duration = .milliseconds(250), _ look: () async -> Void
    ) async {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        wake.yield()
        await withTaskGroup(of: Void.self) { group in
            let committed = committed
            group.addTask { for await _ in committed { wake.yield() } }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: limit)
                    wake.yield()
                }
            }
            for await _ in wakes {
                await look()
                try? await Task.sleep(for: apart)
            }
            group.cancelAll()
        }
    }
}
