internal import Analyses
internal import Experience

extension ServiceStatements {
    /// The newest state of every journey.
    private func journeys(_ condition: SQLText) -> SQLText {
        """
        SELECT * FROM \(database).journey_local FINAL WHERE agency = \(text: agency) AND service = \(text: service)\(condition)
        """
    }

    /// Sums of ``ServiceCounts``, in the order ``ServiceCounts/init(_:)`` reads them.
    func counts(_ filter: TableFilter, now: Int64) -> SQLText {
        var condition: SQLText = ""
        if let from = filter.from { condition = "\(condition) AND opened >= \(from)" }
        if let until = filter.until { condition = "\(condition) AND opened < \(until)" }
        if let channel = filter.channel { condition = "\(condition) AND channel = \(text: channel.rawValue)" }
        if let cohort = filter.cohort {
            condition = """
                \(condition) AND arrayExists((k, v) -> k = \(text: cohort.name) AND v = \(text: cohort.value), \
                attribute_names, attribute_values)
                """
        }
        let first = ServiceStatements.verdict("first_due", now)
        let last = ServiceStatements.verdict("last_due", now)
        let isClosed: SQLText = "closed != \(AnalyticsSchema.notYet)"
        let columns: [(SQLText, SQLText)] = [
            ("journeys", "count()"), ("ended", "countIf(\(isClosed))"),
            ("k1", "countIf(\(first) = 1)"), ("b1", "countIf(\(first) = 2)"), ("p1", "countIf(\(first) = 3)"),
            ("k2", "countIf(\(last) = 1)"), ("b2", "countIf(\(last) = 2)"), ("p2", "countIf(\(last) = 3)"),
            ("oy", "countIf(outcome = 'yes')"), ("op", "countIf(outcome = 'partly')"),
            ("o0", "countIf(outcome = 'no')"), ("ca", "countIf(\(isClosed) AND outcome != '')"),
            ("cn", "countIf(\(isClosed) AND outcome = 'no')"), ("re", "sum(least(responses, 65535))"),
            ("rn", "countIf(rating > 0)"), ("rs", "sum(toUInt64(rating))"),
            ("rq", "sum(toUInt64(rating) * toUInt64(rating))"),
            ("cs", "sum(toUInt64(least(contacts, 65535)))"),
            ("cq", "sum(toUInt64(least(contacts, 65535)) * toUInt64(least(contacts, 65535)))"),
            ("fd", "sum(least(failure_demand, 65535))"),
        ]
        return gather(
            "SELECT \(columns.map { "\($1) AS \($0)" as SQLText }.joined(", ")) FROM (\(journeys(condition)))",
            columns.map { $0.0 }.joined(", "), columns.map { "sum(\($0.0))" as SQLText }.joined(", "))
    }

    /// 1 kept, 2 broken, 3 pending, 0 none: as ``JourneyTable/verdict(_:_:now:)`` judges.
    private static func verdict(_ due: SQLText, _ now: Int64) -> SQLText {
        """
        multiIf(\(due) = \(AnalyticsSchema.none) OR promise = '' OR promise = 'unarmed', 0, \
        promise = 'met' OR promise = 'broken', \
        if(settled != \(AnalyticsSchema.notYet) AND settled <= \(due), 1, 2), \
        promise = 'withdrawn', if(settled > \(due), 2, 0), promise = 'paused', 3, if(\(now) > \(due), 2, 3))
        """
    }

    func underWay(_ period: Range<Int64>) -> SQLText {
        let condition: SQLText = """
             AND opened < \(period.upperBound) AND last_occurred >= \(period.lowerBound) \
            AND substring(journey, 1, 1) != '~'
            """
        return gather("SELECT count() AS n FROM (\(journeys(condition)))", "n", "sum(n)")
    }

    /// Equal answers to one survey, and how many gave them.
    func answers(_ range: Range<Int64>, held: Set<UInt64>) -> SQLText {
        let isHeld: SQLText = held.isEmpty ? "0" : "(source_key IN \(list: held.sorted()))"
        return gather(
            """
            SELECT form, version, channel, touchpoint, answers, \(isHeld) AS held, count() AS n \
            FROM (\(responses)) WHERE kind = 'response' AND occurred >= \(range.lowerBound) \
            AND occurred < \(range.upperBound) GROUP BY form, version, channel, touchpoint, answers, held
            """, "form, version, channel, touchpoint, answers, held, n",
            "form, version, channel, touchpoint, answers, held, sum(n)",
            by: "form, version, channel, touchpoint, answers, held")
    }

    /// Each once, and nothing that was fed after the mark.
    private var responses: SQLText {
        """
        SELECT * FROM \(database).response_local FINAL WHERE agency = \(text: agency) AND service = \(text: service) \
        AND recorded >= \(since) AND sequence <= \(through)
        """
    }

    /// Offers, in the range or not: one is answered when the next thing to happen with its form on its journey is a
    /// response.
    func offers(_ range: Range<Int64>) -> SQLText {
        gather(
            """
            SELECT form, offered_version AS version, offered_channel AS channel, \
            (at >= \(range.lowerBound) AND at < \(range.upperBound)) AS inside, next = 'response' AS answered, \
            count() AS n FROM (SELECT form, kinds, versions, channels, times, \
            arrayPushBack(arrayPopFront(kinds), '') AS nexts FROM (SELECT form, \
            arraySort((v, s) -> s, ks, numbers) AS kinds, arraySort((v, s) -> s, vs, numbers) AS versions, \
            arraySort((v, s) -> s, cs, numbers) AS channels, arraySort((v, s) -> s, ts, numbers) AS times \
            FROM (SELECT form, journey, groupArray(kind) AS ks, groupArray(version) AS vs, groupArray(channel) AS cs, \
            groupArray(occurred) AS ts, groupArray(sequence) AS numbers FROM (\(responses)) GROUP BY form, journey))) \
            ARRAY JOIN kinds AS what, versions AS offered_version, channels AS offered_channel, times AS at, \
            nexts AS next WHERE what = 'offer' GROUP BY form, version, channel, inside, answered
            """, "form, version, channel, inside, answered, n", "form, version, channel, inside, answered, sum(n)",
            by: "form, version, channel, inside, answered")
    }
}
