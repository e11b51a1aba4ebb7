/// A table as it stands on a page. The first cell of a row heads it.
///
/// Its markup is written here rather than by a template: a service's page has five hundred cells, and the template
/// engine's search for the fields of each took a third of the time the page took to write.
struct ShownTable: Sendable {
    var id: String
    /// The whole `<table>` with the region it scrolls in, escaped.
    var markup: String
    var isEmpty: Bool
    var csvHref: String?
    var jsonHref: String?

    init(_ table: DataTable, limit: Int = .max, csvHref: String? = nil, jsonHref: String? = nil) {
        id = table.id
        markup = TableMarkup.of(table, limit: limit)
        isEmpty = table.rows.isEmpty
        self.csvHref = csvHref
        self.jsonHref = jsonHref
    }
}
