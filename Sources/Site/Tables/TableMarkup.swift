/// The markup of a table. Roles are written out where rows become cards on narrow screens: a browser forgets that
/// a table is one as soon as its style says it is laid out otherwise.
package enum TableMarkup {
    package static func of(_ table: DataTable, limit: Int = .max) -> String {
        let isStacked = table.stacksWhenNarrow
        let caption = BytewiseHTML.escape(table.title)
        let group = isStacked ? " role=\"rowgroup\"" : ""
        let titles = table.columns.map { BytewiseHTML.escape($0.title) }
        var text = """
            <div class="tablewrap\(isStacked ? " tablewrap--stacked" : "")" tabindex="0" role="region" \
            aria-label="\(caption)"><table\(isStacked ? " role=\"table\"" : "")>\
            <caption class="sr">\(caption)</caption><thead\(group)><tr role="row">
            """
        for (column, title) in zip(table.columns, titles) {
            text += "<th scope=\"col\" role=\"columnheader\"\(column.isNumber ? " class=\"num\"" : "")>\(title)</th>"
        }
        text += "</tr></thead>\n<tbody\(group)>"
        for row in table.rows.prefix(limit) {
            text += "<tr role=\"row\">"
            for (at, cell) in row.enumerated() {
                let isNumber = at < table.columns.count && table.columns[at].isNumber
                if at == 0 {
                    text += isNumber ? "<th scope=\"row\" role=\"rowheader\" class=\"num\">" : headOpening
                } else {
                    text += opening(isNumber: isNumber, isNone: cell.raw == .none)
                    text += at < titles.count ? titles[at] : ""
                    text += "\">"
                }
                if let href = cell.href {
                    text += "<a href=\"\(BytewiseHTML.escape(href))\">\(BytewiseHTML.escape(cell.text))</a>"
                } else {
                    text += BytewiseHTML.escape(cell.text)
                }
                text += at == 0 ? "</th>" : "</td>"
            }
            text += "</tr>"
        }
        return text + "</tbody></table></div>"
    }

    private static let headOpening = "<th scope=\"row\" role=\"rowheader\">"

    /// Up to the label: the column's title, said beside the cell where rows are cards.
    private static func opening(isNumber: Bool, isNone: Bool) -> String {
        switch (isNumber, isNone) {
        case (true, true): "<td role=\"cell\" class=\"num is-none\" data-label=\""
        case (true, false): "<td role=\"cell\" class=\"num\" data-label=\""
        case (false, true): "<td role=\"cell\" class=\"is-none\" data-label=\""
        case (false, false): "<td role=\"cell\" data-label=\""
        }
    }
}
