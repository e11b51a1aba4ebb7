package import Analyses
internal import Experience

extension ClickHouseService {
    /// - Parameter now: open promises are judged at it, µs.
    package func counts(_ filter: TableFilter, now: Int64) async throws(AnalyticsError) -> ServiceCounts {
        let statements = try await statements()
        let found = try await client.rows(statements.counts(filter, now: now))
        let counts = try found.first { (row) throws(AnalyticsError) in
            var counts = ServiceCounts()
            counts.journeys = try row.count(0)
            counts.closed = try row.count(1)
            counts.first = .init(kept: try row.count(2), broken: try row.count(3), pending: try row.count(4))
            counts.last = .init(kept: try row.count(5), broken: try row.count(6), pending: try row.count(7))
            counts.yes = try row.count(8)
            counts.partly = try row.count(9)
            counts.no = try row.count(10)
            counts.closedAnswered = try row.count(11)
            counts.closedNo = try row.count(12)
            counts.responses = try row.count(13)
            counts.ratings = .init(n: try row.count(14), sum: try row.count(15), squares: try row.count(16))
            counts.contacts = .init(n: counts.journeys, sum: try row.count(17), squares: try row.count(18))
            counts.failureDemand = try row.count(19)
            return counts
        }
        return counts ?? ServiceCounts()
    }

    package func underWay(_ period: Range<Int64>) async throws(AnalyticsError) -> Int {
        let statements = try await statements()
        let found = try await client.rows(statements.underWay(period))
        return try found.first { (row) throws(AnalyticsError) in try row.count(0) } ?? 0
    }

    /// Equal answers to one survey travel as one row with a count; here they are laid out again as scores count them.
    package func answers(_ range: Range<Int64>, held: Set<UInt64>) async throws(AnalyticsError) -> ResponseColumns {
        let statements = try await statements()
        var columns = ResponseColumns()
        var number: Int64 = 0
        let given = try await client.rows(statements.answers(range, held: held))
        let key = held.first ?? 0
        // Any key that is not held.
        let free = (UInt64(0)...).first { !held.contains($0) } ?? 0
        try given.forEach { (row) throws(AnalyticsError) in
            guard let form = Slug(try row.text(0)), let channel = Channel(rawValue: try row.text(2)) else {
                throw AnalyticsError.unreadable("a form or channel is not known")
            }
            let place = columns.add(asked(form, try row.count(1)))
            let survey = ResponseColumns.Survey(form: place, channel: channel, touchpoint: try row.text(3))
            let packed = PackedAnswers(bits: try row.unsigned(4))
            let isHeld = try row.count(5) != 0
            for _ in 0..<(try row.count(6)) {
                number += 1
                columns.append(
                    packed, survey: survey, at: range.lowerBound, sequence: number, journey: nil,
                    key: isHeld ? key : free)
            }
        }
        columns.hold(held)
        let offers = try await client.rows(statements.offers(range))
        try offers.forEach { (row) throws(AnalyticsError) in
            guard let form = Slug(try row.text(0)), let channel = Channel(rawValue: try row.text(2)) else {
                throw AnalyticsError.unreadable("a form or channel is not known")
            }
            let at = try row.count(3) != 0 ? range.lowerBound : range.upperBound
            columns.addOffers(
                of: columns.add(asked(form, try row.count(1))), over: channel, at: at,
                isAnswered: try row.count(4) != 0, count: try row.count(5))
        }
        return columns
    }

    private func asked(_ form: Slug, _ version: Int) -> AskedForm {
        var asked = forms(form, version) ?? AskedForm(unknown: form, version: version)
        asked.version = version
        return asked
    }
}
