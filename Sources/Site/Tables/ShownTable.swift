/// A table as a template walks it: the first cell of a row heads it.
struct ShownTable: Sendable {
    var id: String
    var caption: String
    var heads: [Head]
    var rows: [Row]
    var isEmpty: Bool
    /// A card a row on narrow screens.
    var isStacked: Bool
    var csvHref: String?
    var jsonHref: String?

    struct Head: Sendable {
        var title: String
        var isNumber: Bool
    }

    struct Row: Sendable {
        var cells: [Cell]
    }

    struct Cell: Sendable {
        var text: String
        /// The column's title, said beside the cell where rows are cards.
        var label: String
        var link: String?
        var isNumber: Bool
        var isHead: Bool
        /// Nothing to show: left out of cards.
        var isNone: Bool
    }

    init(_ table: DataTable, limit: Int = .max, csvHref: String? = nil, jsonHref: String? = nil) {
        id = table.id
        caption = table.title
        heads = table.columns.map { Head(title: $0.title, isNumber: $0.isNumber) }
        rows = table.rows.prefix(limit).map { row in
            Row(
                cells: row.enumerated().map { at, cell in
                    Cell(
                        text: cell.text, label: at < table.columns.count ? table.columns[at].title : "",
                        link: cell.href,
                        isNumber: at < table.columns.count && table.columns[at].isNumber, isHead: at == 0,
                        isNone: cell.raw == .none)
                })
        }
        isEmpty = table.rows.isEmpty
        isStacked = table.stacksWhenNarrow
        self.csvHref = csvHref
        self.jsonHref = jsonHref
    }
}
