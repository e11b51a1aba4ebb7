internal import Experience
internal import Storage

/// Fills a record with the simulation.
enum DemoFilling {
    /// Appends a simulated year that ends yesterday. Filling twice with the same seed on the same day adds nothing.
    ///
    /// - Parameter progress: events appended so far, and of how many.
    static func fill(
        _ record: Record, definitions: [ServiceDefinition], seed: UInt64, today: CivilDate = CivilDate(utc: .now),
        size: Double = 1, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) async throws {
        let simulation = DemoSimulation(seed: seed, definitions: definitions, today: today, size: size)
        let batches = simulation.batches(of: 20_000)
        let total = batches.reduce(0) { $0 + $1.events.count }
        var done = 0
        for batch in batches {
            let words = batch.words.map { one in
                VaultEntry(
                    subject: .response(source: one.source, sourceID: one.sourceID, agency: one.agency),
                    field: one.field, text: one.text)
            }
            _ = try await record.append(Submission(events: batch.events, words: words))
            done += batch.events.count
            progress?(done, total)
        }
    }
}
