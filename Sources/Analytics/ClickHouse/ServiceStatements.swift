/// The statements behind the questions to one service.
///
/// Each is two: the inner one sums up the journeys a shard holds, the outer one adds up what the shards send. The
/// inner reads local tables only and stands in a join of a table with one row on every shard: a join's right side is
/// made on each shard by itself. Arrays in place of window functions, which the oldest server this runs on has not.
struct ServiceStatements: Sendable {
    let database: SQLName
    let cluster: SQLName?
    let agency: String
    let service: String
    /// Events recorded before are no longer the record's; those numbered after are not all there yet.
    let since: Int64
    let through: Int64
    /// Some rows are there twice: they are told apart by their numbers.
    var hasDoubles = false

    /// Sums up on every shard, then adds up.
    ///
    /// - Parameters:
    ///   - names: the inner statement's columns.
    ///   - sums: what is selected from them.
    func gather(_ inner: SQLText, _ names: SQLText, _ sums: SQLText, by keys: SQLText? = nil) -> SQLText {
        let grouped = keys.map { " GROUP BY \($0)" as SQLText } ?? ""
        guard cluster != nil else { return "SELECT \(sums) FROM (\(inner))\(grouped)" }
        return """
            SELECT \(sums) FROM \(database).seat ALL INNER JOIN \
            (SELECT toUInt8(1) AS seat, \(names) FROM (\(inner))) AS part USING seat\(grouped)
            """
    }

    /// The columns of the events on the map, each event once.
    private func events(_ columns: SQLText) -> SQLText {
        """
        SELECT \(hasDoubles ? "DISTINCT sequence, " : "")\(columns) FROM \(database).event_local \
        WHERE agency = \(text: agency) AND service = \(text: service) AND mapped = 1 AND recorded >= \(since) \
        AND sequence <= \(through)
        """
    }

    /// Whether everything fed is there: events, and the sum of their numbers.
    func whole() -> SQLText {
        gather(
            """
            SELECT count() AS n, sum(sequence) AS s FROM \(database).event_local \
            WHERE recorded >= \(since) AND sequence <= \(through)
            """, "n, s", "sum(n), sum(s)")
    }

    /// As ``whole()``, each event once.
    func wholeOnce() -> SQLText {
        gather(
            """
            SELECT count() AS n, sum(sequence) AS s FROM (SELECT DISTINCT sequence FROM \(database).event_local \
            WHERE recorded >= \(since) AND sequence <= \(through))
            """, "n, s", "sum(n), sum(s)")
    }

    /// The activities on the map, and perhaps some that are not: whatever lies in the stretches of the tables that hold
    /// the service, told by their index. Only the activity is read; who asks leaves out what turns out not to occur.
    func activities() -> SQLText {
        gather(
            """
            SELECT activity FROM \(database).event_local \
            WHERE indexHint(agency = \(text: agency) AND service = \(text: service)) GROUP BY activity
            """, "activity", "activity", by: "activity")
    }

    /// Per journey the codes of its activities (1…) and its times, in order of time, then of the record. An activity
    /// without a name here has the code after the last.
    private func paths(_ names: [String]) -> SQLText {
        let codes = SQLText.codes(names.count)
        let code: SQLText = "toUInt32(transform(activity, \(names), \(codes), \(names.count + 1)))"
        return """
            SELECT arraySort((v, t, s) -> (t, s), codes, times, numbers) AS path, arraySort(times) AS moments FROM \
            (SELECT groupArray(\(code)) AS codes, groupArray(occurred) AS times, groupArray(sequence) AS numbers \
            FROM (\(events(hasDoubles ? "journey, activity, occurred" : "journey, activity, occurred, sequence"))) \
            GROUP BY journey)
            """
    }

    func variants(_ names: [String]) -> SQLText {
        gather(
            "SELECT path, count() AS n FROM (\(paths(names))) GROUP BY path", "path, n", "path, sum(n)", by: "path")
    }

    /// Every step from one event to the next: `flow` is the code before in its upper half and the code after in its
    /// lower, 0 where a journey begins or ends; `wait` in µs.
    private func steps(_ names: [String]) -> SQLText {
        """
        SELECT bitOr(bitShiftLeft(toUInt64(a), 32), toUInt64(b)) AS flow, toUInt64(gap) AS wait FROM \
        (SELECT arrayPushFront(path, toUInt32(0)) AS befores, arrayPushBack(path, toUInt32(0)) AS afters, \
        arrayPushBack(arrayDifference(moments), toInt64(0)) AS gaps FROM (\(paths(names)))) \
        ARRAY JOIN befores AS a, afters AS b, gaps AS gap
        """
    }

    /// How long each journey took, as one flow 0.
    private func lengths() -> SQLText {
        """
        SELECT toUInt64(0) AS flow, toUInt64(max(occurred) - min(occurred)) AS wait \
        FROM (\(events("journey, occurred"))) GROUP BY journey
        """
    }

    enum Times: Sendable {
        case waits(names: [String])
        case durations
    }

    private func times(_ times: Times) -> SQLText {
        switch times {
        case .waits(let names): steps(names)
        case .durations: lengths()
        }
    }

    /// What a time has above the beginning of its bucket. A bucket is as wide as the greatest power of two in the
    /// time, shifted right, at least 1; so whole numbers and no division.
    private static func over(_ shift: Int64) -> SQLText {
        "bitAnd(wait, greatest(bitShiftRight(roundToExp2(wait), \(shift)), 1) - 1)"
    }

    /// Buckets of a sixteenth, and of a 65,536th, of the time.
    static let (coarse, fine): (Int64, Int64) = (4, 16)

    /// Times in buckets of a sixteenth of their size: count, extremes, sums of what they have above the bucket's
    /// beginning; and of buckets where wanted percentiles are likely to lie, the times themselves.
    ///
    /// Which those are each shard judges from its own journeys, before anything travels. A shard that judged
    /// otherwise than the rest costs another question (``finer(_:in:of:into:)``) and no exactness: times that are not
    /// all there are not sent.
    func buckets(_ wanted: Times, levels: [Double]) -> SQLText {
        gather(
            """
            SELECT flow, one.1 AS low, one.2 AS n, one.3 AS least, one.4 AS most, one.5 AS upper, one.6 AS lower, \
            one.7 AS squares, \
            if(n <= if(least = most, \(ServiceStatements.alike), \(ServiceStatements.apart)) AND (\(likely(levels))), \
            one.8, emptyArrayUInt64()) AS held \
            FROM (SELECT flow, ordered, arrayCumSum(arrayMap(b -> b.2, ordered)) AS sums, sums[-1] - 1 AS last \
            FROM (SELECT flow, arraySort(b -> b.1, \
            groupArray((low, n, least, most, upper, lower, squares, held))) AS ordered \
            FROM (\(counted(wanted))) GROUP BY flow)) ARRAY JOIN ordered AS one, sums AS upto
            """, "flow, low, n, least, most, upper, lower, squares, held",
            """
            flow, low, sum(n), min(least), max(most), sum(upper), sum(lower), sum(squares), \
            if(length(groupArrayArray(held)) = sum(n), groupArrayArray(held), emptyArrayUInt64())
            """, by: "flow, low")
    }

    /// One shard's buckets. Those below ``single`` hold equal times, which need not be kept.
    private func counted(_ wanted: Times) -> SQLText {
        """
        SELECT flow, wait - over AS low, count() AS n, min(wait) AS least, max(wait) AS most, \
        sum(bitShiftRight(over, 20)) AS upper, sum(bitAnd(over, 1048575)) AS lower, \
        sum(toFloat64(over) * toFloat64(over)) AS squares, \
        groupArrayIf(wait, wait >= \(ServiceStatements.single)) AS held \
        FROM (SELECT flow, wait, toUInt64(\(ServiceStatements.over(ServiceStatements.coarse))) AS over \
        FROM (\(times(wanted)))) GROUP BY flow, low
        """
    }

    /// Times below are alone in their coarse buckets.
    static let single: Int64 = 2 << coarse

    /// How many times of a bucket a shard sends, equal ones and different ones. Of equal times there may be very many,
    /// and mostly they are equal on all shards, so that nobody needs them one by one.
    static let (alike, apart): (Int64, Int64) = (1 << 10, 1 << 16)

    /// Whether a bucket of `n` times up to place `upto` of a flow's may hold a wanted percentile of all shards: what
    /// one shard holds of the journeys is a sample of them, so four standard errors to either side.
    private func likely(_ levels: [Double]) -> SQLText {
        let ranges: [SQLText] = levels.map { level in
            let share = level / 100
            let error = cluster == nil ? 0 : 4 * (share * (1 - share)).squareRoot()
            let around: SQLText = "(\(real: error) * sqrt(last) + 2)"
            let place: SQLText = "\(real: share) * last"
            return "(upto >= \(place) - \(around) AND toFloat64(upto) - n <= \(place) + \(around))"
        }
        return ranges.joined(" OR ")
    }

    /// The times in some buckets, in finer buckets or, where none are given, one by one.
    func finer(
        _ wanted: Times, in chosen: some Sequence<(flow: UInt64, low: UInt64)>, of coarse: Int64, into fine: Int64?
    ) -> SQLText {
        let list = SQLText.pairs(chosen)
        let outer: SQLText = "toUInt64(\(ServiceStatements.over(coarse)))"
        let inner: SQLText = fine.map { "toUInt64(\(ServiceStatements.over($0)))" as SQLText } ?? "0"
        return gather(
            """
            SELECT flow, wait - \(outer) AS bucket, wait - \(inner) AS low, count() AS n, min(wait) AS least, \
            max(wait) AS most FROM (\(times(wanted))) WHERE (flow, wait - \(outer)) IN (\(list)) \
            GROUP BY flow, bucket, low
            """, "flow, low, n, least, most", "flow, low, sum(n), min(least), max(most)", by: "flow, low")
    }

    /// Journeys, events, first and last time, shortest and longest path.
    func extent() -> SQLText {
        gather(
            """
            SELECT count() AS journeys, sum(n) AS events, min(first) AS begun, max(last) AS ended, min(n) AS fewest, \
            max(n) AS most FROM (SELECT count() AS n, min(occurred) AS first, max(occurred) AS last \
            FROM (\(events("journey, occurred"))) GROUP BY journey) HAVING count() > 0
            """, "journeys, events, begun, ended, fewest, most",
            "sum(journeys), sum(events), min(begun), max(ended), min(fewest), max(most)")
    }
}

extension SQLText {
    /// The array 1, 2 … n.
    static func codes(_ count: Int) -> SQLText {
        var text: SQLText = ""
        text.text = "[" + (0..<count).map { "\($0 + 1)" }.joined(separator: ",") + "]"
        return text
    }

    static func pairs(_ pairs: some Sequence<(flow: UInt64, low: UInt64)>) -> SQLText {
        var text: SQLText = ""
        text.text = pairs.map { "(\($0.flow),\($0.low))" }.joined(separator: ",")
        return text
    }
}
