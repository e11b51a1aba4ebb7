/// A table as a template walks it: the first cell of a row heads it.
struct ShownTable: Sendable {
    var id: String
    var caption: String
    var heads: [Head]
    var rows: [Row]
    var isEmpty: Bool
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
        var link: String?
        var isNumber: Bool
        var isHead: Bool
    }

    init(_ table: DataTable, limit: Int = .max, csvHref: String? = nil, jsonHref: String? = nil) {
        id = table.id
        caption = table.title
        heads = table.columns.map { Head(title: $0.title, isNumber: $0.isNumber) }
        rows = table.rows.prefix(limit).map { row in
            Row(
                cells: row.enumerated().map { at, cell in
                    Cell(
                        text: cell.text, link: cell.href,
                        isNumber: at < table.columns.count && table.columns[at].isNumber, isHead: at == 0)
                })
        }
        isEmpty = table.rows.isEmpty
        self.csvHref = csvHref
        self.jsonHref = jsonHref
    }
}
