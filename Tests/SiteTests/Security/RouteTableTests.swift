import Foundation
import HTTPTypes
import Hummingbird
import Site
import Testing

@Suite struct RouteTableTests {
    private static let table = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/security/routes.tsv")

    /// The routes of the router, without HEAD, which goes with every GET.
    private static func routes() throws -> Set<String> {
        Set(
            try SampleSite().site().router().routes.filter { $0.method != .head }.map {
                "\($0.method.rawValue) \($0.path)".replacing("{", with: ":").replacing("}", with: "")
            })
    }

    @Test func everyRouteSaysWhoMayAskIt() throws {
        let text = try String(contentsOf: Self.table, encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
        let listed = lines.map { line in
            let columns = line.split(separator: "\t")
            return "\(columns[0]) \(columns[1])"
        }
        #expect(Set(listed).count == listed.count)
        let known = try Self.routes()
        #expect(known.subtracting(listed).sorted() == [], "a route without a row in Tests/Fixtures/security/routes.tsv")
        #expect(Set(listed).subtracting(known).sorted() == [], "a row without a route")
        let words: Set<Substring> = ["in", "sign-in", "no", "none", "401"]
        for line in lines { #expect(line.split(separator: "\t").dropFirst(2).allSatisfy(words.contains), "\(line)") }
    }

    @Test func theDescriptionNamesEveryOperationOfTheAPI() async throws {
        try await withBrowser { browser, _ in
            let data = Data(try await browser.get("/api/v1/openapi.json").body.utf8)
            let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let paths = try #require(document["paths"] as? [String: [String: Any]])
            var described: Set<String> = []
            for (path, operations) in paths {
                for method in operations.keys {
                    let route = path.replacing("{", with: ":").replacing("}", with: "")
                    described.insert("\(method.uppercased()) \(route)")
                }
            }
            let known = try Self.routes().filter { $0.contains(" /api/v1/") }
            #expect(described == known)
        }
    }
}
