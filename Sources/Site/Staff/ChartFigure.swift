/// A picture with its heading, what it says in words, and the table behind it.
struct ChartFigure: Sendable {
    var id: String
    var title: String
    var text: String
    var svg: String?
    /// Why there is no picture, where there is none.
    var empty: String?
    var table: ShownTable
    var isWide: Bool
    /// The same told as a line of stops, for narrow screens.
    var route: JourneyRoute? { didSet { hasRoute = route != nil } }
    var hasRoute = false
    var paths: [PathLine] = [] { didSet { hasPaths = !paths.isEmpty } }
    var hasPaths = false
    var note: Note?

    /// What the picture leaves out, and where it is shown.
    struct Note: Sendable {
        var text: String
        var link: String
        var href: String
    }

    init(
        _ table: DataTable, text: String, svg: String?, empty: String, csvHref: String?, jsonHref: String?,
        isWide: Bool = false
    ) {
        id = table.id
        title = table.title
        self.text = text
        self.svg = table.rows.isEmpty ? nil : svg
        self.empty = self.svg == nil ? empty : nil
        self.table = ShownTable(table, csvHref: csvHref, jsonHref: jsonHref)
        self.isWide = isWide
    }
}
