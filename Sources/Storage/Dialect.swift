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
        })
}
