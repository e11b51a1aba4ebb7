import Experience
import Foundation
import Site
import Testing

@Suite struct PathsAndRouteTests {
    private func page(_ path: String) async throws -> String {
        let found = Found()
        try await withBrowser { browser, _ in
            try await AccessTests.signIn(browser)
            await found.set(try await browser.get(path).body)
        }
        return await found.body
    }

    private actor Found {
        var body = ""
        func set(_ text: String) { body = text }
    }

    @Test func aPathShowsWhereItDiffersFromTheCommonest() async throws {
        let body = try await page("/staff/services/passport")
        let paths = try #require(body.between("<ol class=\"paths\">", "</figure>")).all(
            between: "<ol class=\"trail\">", and: "</ol>")
        #expect(paths.count == 2)
        let first = paths[0].all(between: "trail__step--", and: "\"")
        #expect(first == ["plain", "plain", "plain", "plain"])
        // submitted, checked, [asked, checked], printed, delivered: two are added, what lies next to them stays.
        let second = paths[1].all(between: "trail__step--", and: "\"")
        #expect(second.count { $0 == "added" } == 2)
        #expect(second.contains("fold") && second.contains("same") && !second.contains("left"))
        #expect(paths[1].contains("More information asked for"))
    }

    @Test func theRouteGoesTheCommonestWayAndNamesEveryWayOut() async throws {
        let body = try await page("/staff/services/passport?detail=100")
        let route = try #require(body.between("<ol class=\"line route\">", "<details"))
        let stops = route.all(between: "<p class=\"route__stop\">", and: "</p>")
        #expect(stops.count == SampleReport.map.nodes.count)
        func at(_ title: String) -> Int? { stops.firstIndex { $0.contains(title) } }
        #expect(at("Start") == 0 && at("End") == stops.count - 1)
        // The detour stands behind the step it leaves from, before the next common one.
        #expect(try #require(at("Identity checked")) < #require(at("More information asked for")))
        #expect(try #require(at("More information asked for")) < #require(at("Passport printed")))
        #expect(route.contains("back to Identity checked") && route.contains("again: More information asked for"))
        for edge in SampleReport.map.edges {
            #expect(route.contains("<b>\(NumberText.whole(edge.count))</b>"))
        }
    }

    @Test func whatTheMapLeavesOutIsSaidWithAWayToSeeIt() async throws {
        let little = try await page("/staff/services/passport?detail=0")
        #expect(little.contains("Not drawn:") && little.contains("detail=100"))
        let all = try await page("/staff/services/passport?detail=100")
        #expect(!all.contains("Not drawn:"))
    }

    @Test func wordsOfPicturesAreNeverScaled() async throws {
        let body = try await page("/staff/services/passport")
        for picture in body.all(between: "<svg class=\"pic pic--", and: ">") where !picture.hasPrefix("spark") {
            // A map has a size of its own; everything else takes its place's width without scaling.
            #expect(picture.hasPrefix("map") || picture.hasPrefix("fluid"), "\(picture)")
        }
    }
}
