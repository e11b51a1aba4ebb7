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
}
