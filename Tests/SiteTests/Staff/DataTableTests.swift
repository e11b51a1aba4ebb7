import Foundation
import Site
import Testing

@Suite struct DataTableTests {
    let table = DataTable(
        id: "t", title: "T", columns: [DataTable.Column("a", "A"), DataTable.Column("b", "B", isNumber: true)],
        rows: [
            [.words("plain"), .count(3)], [.words("=1+2"), DataTable.Cell("–", .none)],
            [.words("x,\"y\"\nz"), DataTable.Cell("half", .number(0.5))],
        ])

    @Test func writesCSVThatASpreadsheetReadsAndNeverRuns() {
        #expect(table.csv() == "a,b\r\nplain,3\r\n'=1+2,\r\n\"x,\"\"y\"\"\nz\",0.5\r\n")
    }

    @Test func writesJSONThatReadsBack() throws {
        struct Row: Decodable, Equatable {
            var a: String
            var b: Double?
        }
        let rows = try JSONDecoder().decode([Row].self, from: Data(table.json().utf8))
        #expect(rows == [Row(a: "plain", b: 3), Row(a: "=1+2", b: nil), Row(a: "x,\"y\"\nz", b: 0.5)])
    }

    @Test func aTableOnAPageIsEscapedAndNamesItsHeads() {
        let attack = "\"\u{301}><script>x</script>"
        let hostile = DataTable(
            id: "t", title: attack,
            columns: [DataTable.Column("a", attack), DataTable.Column("b", "B", isNumber: true)],
            rows: [[.words(attack, href: attack), DataTable.Cell("–", .none)], [.words("left out"), .count(1)]],
            stacksWhenNarrow: true)
        let markup = TableMarkup.of(hostile, limit: 1)
        #expect(!markup.contains("<script>"))
        #expect(markup.contains("&quot;\u{301}&gt;&lt;script&gt;x&lt;/script&gt;"))
        #expect(markup.contains("<th scope=\"row\" role=\"rowheader\"><a href=\"&quot"))
        #expect(markup.contains("<td role=\"cell\" class=\"num is-none\" data-label=\"B\">–</td>"))
        #expect(!markup.contains("left out"))
    }
}
