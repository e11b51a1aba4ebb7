/// What differs between the databases a record can live in. Every statement elsewhere is in the subset both
/// read, with parameters written ?1, ?2, …; whatever is not in it is spelled here and nowhere else.
struct Dialect: Sendable {
    /// The end of a table definition whose rows are kept in the order of the primary key, where that can be said.
    let clustered: String
    /// The type of sealed bytes.
    let bytes: String
    /// The columns of a table's rows are refused to change: statements that make the record append-only.
    let appendOnly: @Sendable (_ table: String) -> [String]
    /// The text value of a key of a JSON object held in a column.
    let jsonText: @Sendable (_ column: String, _ parameter: String) -> String
    /// The event table: its number column, its keys with the end of its definition, and what goes with it.
    let eventNumber: String
    let eventKeys: String
    let eventCompanions: [String]
    /// The table that knows which source sent which id, as which event.
    let sourceKeys: String
    /// Inserts an event unless its source sent its id before; ?1 to ?16 in the order of ``EventColumns/list``.
    let eventInsert: String
    /// As ``eventInsert`` for many rows none of which is known; nil where rows go one by one.
    let eventsInsert: ManyRows?
    /// A list of texts can be one value.
    let hasArrays: Bool
    /// A refused statement ends the whole transaction, unless a savepoint was set before it.
    let refusalEndsTransaction: Bool
    /// The event table is partitioned by month.
    let hasMonths: Bool
    /// The names of all tables; and of a table ?1 the name, type and place in the primary key of each column.
    let tableNames: String
    let tableColumns: String
    /// Run after rows were copied with their numbers.
    let afterCopy: [String]
    /// Run after the migrations, however often.
    let afterMigrations: [String]

    static let sqlite = Dialect(
        clustered: " WITHOUT ROWID",
        bytes: "BLOB",
        appendOnly: { table in
            ["UPDATE", "DELETE"].map { action in
                """
                CREATE TRIGGER \(table)_no_\(action.lowercased()) BEFORE \(action) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
                """
            }
        },
        jsonText: { column, parameter in
            // A quoted label, so that a name with a dot is one key.
            "json_extract(\(column), '$.\"' || \(parameter) || '\"')"
        },
        eventNumber: "sequence INTEGER PRIMARY KEY",
        eventKeys: "UNIQUE (agency, source, source_id)\n)",
        eventCompanions: [],
        sourceKeys: "event",
        eventInsert: """
            INSERT INTO event (\(EventColumns.list))
            VALUES (\(EventColumns.parameters)) ON CONFLICT (agency, source, source_id) DO NOTHING
            """,
        eventsInsert: nil,
        hasArrays: false,
        refusalEndsTransaction: false,
        hasMonths: false,
        tableNames: """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name
            """,
        tableColumns: "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid",
        afterCopy: [],
        afterMigrations: [])

    static let postgres = Dialect(
        clustered: "",
        bytes: "BYTEA",
        appendOnly: { table in
            [
                """
                CREATE OR REPLACE FUNCTION throughline_append_only() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
                """,
                """
                CREATE TRIGGER \(table)_no_change BEFORE UPDATE OR DELETE ON \(table)
                FOR EACH ROW EXECUTE FUNCTION throughline_append_only()
                """,
                """
                CREATE TRIGGER \(table)_no_truncate BEFORE TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION throughline_append_only()
                """,
            ]
        },
        jsonText: { column, parameter in "(\(column)::json ->> \(parameter))" },
        eventNumber: "sequence BIGINT NOT NULL",
        // A key of a partitioned table must hold the column it is partitioned by, so it can't keep a source's ids
        // apart for all time: a table of its own does.
        eventKeys: "PRIMARY KEY (agency, recorded, sequence)\n) PARTITION BY RANGE (recorded)",
        eventCompanions: [
            "CREATE INDEX event_sequence ON event (sequence)",
            """
            CREATE TABLE event_key (
              agency TEXT NOT NULL,
              source TEXT NOT NULL,
              source_id TEXT NOT NULL,
              sequence BIGINT NOT NULL,
              PRIMARY KEY (agency, source, source_id)
            )
            """,
        ],
        sourceKeys: "event_key",
        eventInsert: """
            WITH fresh AS (
              INSERT INTO event_key (agency, source, source_id, sequence) VALUES (?2, ?5, ?6, ?1)
              ON CONFLICT (agency, source, source_id) DO NOTHING RETURNING sequence
            )
            INSERT INTO event (\(EventColumns.list)) SELECT \(EventColumns.parameters) FROM fresh
            """,
        eventsInsert: ManyRows(
            sql: """
                WITH stored AS (
                  INSERT INTO event (\(EventColumns.list))
                  SELECT * FROM unnest(\(PostgresArray.parameters(EventColumns.types)))
                  RETURNING agency, source, source_id, sequence
                )
                INSERT INTO event_key (agency, source, source_id, sequence) SELECT * FROM stored
                """, types: EventColumns.types),
        hasArrays: true,
        refusalEndsTransaction: true,
        hasMonths: true,
        tableNames: """
            SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
              AND relnamespace = current_schema()::regnamespace ORDER BY relname
            """,
        tableColumns: """
            SELECT a.attname, format_type(a.atttypid, NULL), coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)
            FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relname = ?1 AND c.relnamespace = current_schema()::regnamespace ORDER BY a.attnum
            """,
        afterCopy: [
            """
            DO $$
            DECLARE one record; highest bigint;
            BEGIN
              FOR one IN
                SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
                WHERE a.attidentity <> '' AND c.relnamespace = current_schema()::regnamespace
              LOOP
                EXECUTE format('SELECT coalesce(max(%I), 0) FROM %I', one.attname, one.relname) INTO highest;
                IF highest > 0 THEN PERFORM setval(pg_get_serial_sequence(one.relname, one.attname), highest); END IF;
              END LOOP;
            END $$
            """
        ],
        afterMigrations: [PostgresPolicy.separateAgencies])
}

extension Dialect {
    /// The condition that a column's text is one of these. `bound` takes each value and gives its parameter. Where a
    /// list can be one value, a list of any length is one statement, which the server plans once.
    func isOneOf(_ column: String, _ texts: [String], _ bound: (SQLValue) -> String) -> String {
        if texts.isEmpty { return "1 = 0" }
        if hasArrays { return "\(column) = ANY(\(bound(.text(PostgresArray.text(texts))))::text[])" }
        return "\(column) IN (\(texts.map { bound(.text($0)) }.joined(separator: ", ")))"
    }
}
