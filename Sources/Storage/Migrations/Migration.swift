/// A numbered change of the schema. Once shipped, never edited: a mistake is mended by the next one.
struct Migration: Sendable {
    let number: Int
    let title: String
    let statements: @Sendable (Dialect) -> [String]

    /// In order; a new migration is one file and one line here.
    static let all: [Migration] = [
        .record, .vault, .accounts, .messages, .partners, .forms, .offers, .channels, .surveys, .writers, .webhooks,
        .retention, .chain, .analytics, .secondFactor,
    ]
    static var newest: Int { all.map(\.number).max() ?? 0 }
}

extension Session {
    /// Brings the schema up to date in one transaction, so that a broken migration leaves nothing behind. Refuses a
    /// schema newer than this program.
    func migrate() throws(StorageError) {
        let dialect = dialect
        try define(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
              number INTEGER PRIMARY KEY,
              title TEXT NOT NULL
            )
            """)
        let found = Int(try integer("SELECT coalesce(max(number), 0) FROM schema_migration"))
        guard found <= Migration.newest else { throw .newerSchema(found: found, known: Migration.newest) }
        let done = Set(
            try rows("SELECT number FROM schema_migration", []) { (row) throws(StorageError) in Int(row.integer(0)) })
        for migration in Migration.all where !done.contains(migration.number) {
            for statement in migration.statements(dialect) { try define(statement) }
            try run(
                "INSERT INTO schema_migration (number, title) VALUES (?1, ?2)", .integer(Int64(migration.number)),
                .text(migration.title))
        }
        for statement in dialect.afterMigrations { try define(statement) }
    }
}
