import Experience

/// Rows of one agency are kept from sessions of another by the server itself.
///
/// A transaction says whose rows it works on: one agency, or `*` for the program's own work. Saying nothing gives
/// nothing. The policies hold for the tables' owner too; a superuser passes them, so the program should not be one.
enum PostgresPolicy {
    static let separateAgencies = """
        DO $$
        DECLARE one record;
        BEGIN
          FOR one IN
            SELECT c.oid, c.relname FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'agency' AND NOT a.attisdropped
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
              AND NOT EXISTS (SELECT 1 FROM pg_policy AS p WHERE p.polrelid = c.oid AND p.polname = 'agency')
          LOOP
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one.relname);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one.relname);
            EXECUTE format(
              'CREATE POLICY agency ON %I USING (current_setting(''throughline.agency'', true) IN (''*'', agency))',
              one.relname);
          END LOOP;
        END $$
        """

    /// Said at the start of every transaction. An agency's id holds nothing that would need quoting.
    static func scope(_ agency: AgencyID?) -> String {
        "SET LOCAL throughline.agency = '\(agency?.text ?? "*")'"
    }
}

extension Session {
    /// Partitions for events recorded at these times, where the event table has any.
    func makeRoom(for times: some Sequence<Instant>) throws(StorageError) {
        guard dialect.hasMonths else { return }
        var made = false
        for month in Set(times.compactMap { EventMonth(of: $0) }) {
            let known = try integer("SELECT count(*) FROM pg_class WHERE oid = to_regclass(?1)", [.text(month.name)])
            guard known == 0 else { continue }
            try define(month.definition)
            made = true
        }
        if made { try define(PostgresPolicy.separateAgencies) }
    }
}

/// The months the event table is partitioned by, by the time of recording.
struct EventMonth: Hashable {
    let name: String
    let from: Instant
    let to: Instant

    init?(of instant: Instant) {
        let day = CivilDate(utc: instant)
        guard let first = CivilDate(year: day.year, month: day.month, day: 1) else { return nil }
        let next = first.adding(days: CivilDate.days(inMonth: day.month, year: day.year))
        name = "event_\(day.year)_\(day.month < 10 ? "0" : "")\(day.month)"
        from = first.startUTC
        to = next.startUTC
    }

    /// The month a partition is named for.
    init?(named name: String) {
        let parts = name.split(separator: "_")
        guard parts.count == 3, let year = Int(parts[1]), let month = Int(parts[2]),
            let first = CivilDate(year: year, month: month, day: 1)
        else { return nil }
        self.init(of: first.startUTC)
    }

    var definition: String {
        """
        CREATE TABLE IF NOT EXISTS \(name) PARTITION OF event
        FOR VALUES FROM (\(from.microseconds)) TO (\(to.microseconds))
        """
    }
}
