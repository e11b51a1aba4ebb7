/// The tables, in the subset of definitions that old and new servers share.
///
/// A journey's rows lie on one shard, by the hash of agency and journey, so that each shard sums up whole journeys. A
/// row sent twice has the same key: it is joined with its like when parts are merged, and told apart before that.
package struct AnalyticsSchema: Sendable {
    package let database: SQLName
    package let cluster: SQLName?

    package init(_ address: AnalyticsAddress) {
        database = address.database
        cluster = address.cluster
    }

    /// Stands for no date, and for a time that has not come: plain numbers, since empty values slow every column down.
    package static let none = -(Int64(1) << 62)
    package static let notYet = Int64(1) << 62

    struct Table: Sendable {
        var name: SQLText
        var columns: SQLText
        /// The column that says which of two rows with one key is newer; none where they are the same.
        var version: SQLText?
        var partition: SQLText?
        var key: SQLText
        var shard: SQLText
    }

    static let tables: [Table] = [
        Table(
            name: "event",
            columns: """
                agency String, service String, journey String, sequence UInt64, kind String, activity String, \
                channel String, unit String, mapped UInt8, occurred Int64, recorded Int64
                """,
            partition: "toYYYYMM(toDateTime(intDiv(recorded, 1000000), 'UTC'))",
            key: "agency, service, journey, sequence", shard: "cityHash64(agency, journey)"),
        Table(
            name: "journey",
            columns: """
                agency String, service String, journey String, version UInt64, last_sequence UInt64, opened Int64, \
                last_occurred Int64, closed Int64, result String, channel String, contacts UInt32, \
                failure_demand UInt32, outcome String, rating UInt8, responses UInt32, \
                attribute_names Array(String), attribute_values Array(String), promise String, first_due Int64, \
                last_due Int64, settled Int64, repromises UInt32, probability Float64
                """,
            version: "version", key: "agency, service, journey", shard: "cityHash64(agency, journey)"),
        Table(
            name: "response",
            columns: """
                agency String, service String, journey String, sequence UInt64, kind String, form String, \
                version UInt32, channel String, touchpoint String, occurred Int64, recorded Int64, answers UInt64, \
                source_key UInt64
                """,
            partition: "toYYYYMM(toDateTime(intDiv(recorded, 1000000), 'UTC'))",
            key: "agency, service, journey, sequence", shard: "cityHash64(agency, journey)"),
        Table(
            name: "feed",
            columns: """
                target String, revision UInt64, through UInt64, events UInt64, sequences UInt64, since Int64, \
                journeys_through UInt64
                """,
            version: "revision", key: "target", shard: "cityHash64(target)"),
    ]

    private var everywhere: SQLText { cluster.map { " ON CLUSTER \($0)" as SQLText } ?? "" }

    /// Statements that make what is missing; run again, they change nothing.
    ///
    /// - Parameter epoch: names these tables among those made before under the same names, where replicas meet.
    package func definitions(epoch: Int64) -> [SQLText] {
        var statements: [SQLText] = ["CREATE DATABASE IF NOT EXISTS \(database)\(everywhere)"]
        for table in AnalyticsSchema.tables {
            let partition = table.partition.map { " PARTITION BY \($0)" as SQLText } ?? ""
            statements.append(
                """
                CREATE TABLE IF NOT EXISTS \(database).\(table.name)_local\(everywhere) (\(table.columns)) \
                ENGINE = \(engine(table, epoch))\(partition) ORDER BY (\(table.key))
                """)
            guard let cluster else { continue }
            statements.append(
                """
                CREATE TABLE IF NOT EXISTS \(database).\(table.name)\(everywhere) (\(table.columns)) \
                ENGINE = Distributed(\(cluster), \(database), \(table.name)_local, \(table.shard))
                """)
        }
        if let cluster {
            // One row on every shard: what a question is hung on, so that each shard works on its own journeys.
            statements.append(
                "CREATE VIEW IF NOT EXISTS \(database).seat_local\(everywhere) AS SELECT toUInt8(1) AS seat")
            statements.append(
                """
                CREATE TABLE IF NOT EXISTS \(database).seat\(everywhere) (seat UInt8) \
                ENGINE = Distributed(\(cluster), \(database), seat_local)
                """)
        }
        return statements
    }

    private func engine(_ table: Table, _ epoch: Int64) -> SQLText {
        let version = table.version
        guard cluster != nil else { return "ReplacingMergeTree(\(version ?? "" as SQLText))" }
        let place: SQLText = "'/clickhouse/tables/{shard}/\(database)/\(table.name)_\(epoch)', '{replica}'"
        return "ReplicatedReplacingMergeTree(\(place)\(version.map { ", \($0)" as SQLText } ?? ""))"
    }

    /// Statements that take the tables away.
    package var removals: [SQLText] {
        var statements: [SQLText] = []
        for name in ["seat", "feed", "response", "journey", "event"] as [SQLText] where cluster != nil {
            statements.append("DROP TABLE IF EXISTS \(database).\(name)\(everywhere)")
        }
        if cluster != nil { statements.append("DROP TABLE IF EXISTS \(database).seat_local\(everywhere)") }
        for table in AnalyticsSchema.tables {
            statements.append("DROP TABLE IF EXISTS \(database).\(table.name)_local\(everywhere)")
        }
        return statements
    }

    /// Where rows of a table are put.
    package func intake(_ table: SQLText) -> SQLText {
        cluster == nil ? "INSERT INTO \(database).\(table)_local" : "INSERT INTO \(database).\(table)"
    }

    /// Statements that take away what the record dropped: events recorded before a time, and journeys that ended then.
    package func forget(recordedBefore since: Int64, journeysThrough sequence: Int64) -> [SQLText] {
        [
            "ALTER TABLE \(database).event_local\(everywhere) DELETE WHERE recorded < \(since)",
            "ALTER TABLE \(database).response_local\(everywhere) DELETE WHERE recorded < \(since)",
            "ALTER TABLE \(database).journey_local\(everywhere) DELETE WHERE last_sequence < \(sequence)",
        ]
    }
}
