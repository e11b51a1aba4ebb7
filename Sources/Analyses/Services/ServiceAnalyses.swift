internal import Experience

/// The main questions to a service, whoever answers them: the embedded engine in memory, or a database that holds more
/// than memory does. Both give the same answers.
package struct ServiceAnalyses: Sendable {
    package var summary: @Sendable (_ top: Int?) async throws -> SummaryQuestion.Answer
    package var map: @Sendable () async throws -> MapQuestion.Answer
    package var variants: @Sendable (_ top: Int?) async throws -> VariantsQuestion.Answer
    package var durations: @Sendable () async throws -> DurationsQuestion.Answer
    /// Promises, outcomes, contacts and ratings of the journeys that pass the filter, judged at a moment (µs).
    package var counts: @Sendable (_ filter: TableFilter, _ now: Int64) async throws -> ServiceCounts
    /// Answers and offers as scores and survey reports are counted from, of a stretch of time (µs): complete for
    /// ``FeedbackScores`` and ``QuarterReport`` over that stretch. Keys of answers that are held back are marked so.
    package var answers: @Sendable (_ range: Range<Int64>, _ held: Set<UInt64>) async throws -> ResponseColumns
    /// Journeys that were under way at some time of a period: the people a service had to do with.
    package var underWay: @Sendable (_ period: Range<Int64>) async throws -> Int

    package init(
        summary: @escaping @Sendable (Int?) async throws -> SummaryQuestion.Answer,
        map: @escaping @Sendable () async throws -> MapQuestion.Answer,
        variants: @escaping @Sendable (Int?) async throws -> VariantsQuestion.Answer,
        durations: @escaping @Sendable () async throws -> DurationsQuestion.Answer,
        counts: @escaping @Sendable (TableFilter, Int64) async throws -> ServiceCounts,
        answers: @escaping @Sendable (Range<Int64>, Set<UInt64>) async throws -> ResponseColumns,
        underWay: @escaping @Sendable (Range<Int64>) async throws -> Int
    ) {
        self.summary = summary
        self.map = map
        self.variants = variants
        self.durations = durations
        self.counts = counts
        self.answers = answers
        self.underWay = underWay
    }

    /// From what is in memory.
    package static func embedded(_ snapshot: ServiceSnapshot, _ responses: ResponseColumns) -> ServiceAnalyses {
        let options = JourneyOptions()
        let (log, table) = (snapshot.log, snapshot.table)
        return ServiceAnalyses(
            summary: { top in
                var options = options
                options.top = top
                return SummaryQuestion.answer(log, options)
            },
            map: { MapQuestion.answer(log, options) },
            variants: { top in
                var options = options
                options.top = top
                return VariantsQuestion.answer(log, options)
            },
            durations: { DurationsQuestion.answer(log, options) },
            counts: { table.serviceCounts(table.rows($0, now: $1), now: $1) },
            answers: { _, held in
                var columns = responses
                columns.hold(held)
                return columns
            },
            underWay: { period in
                table.ids.indices.count {
                    table.opened[$0] < period.upperBound && table.lastOccurred[$0] >= period.lowerBound
                        && !table.ids[$0].hasPrefix("~")
                }
            })
    }
}
