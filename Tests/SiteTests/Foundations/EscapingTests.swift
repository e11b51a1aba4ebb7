import Experience
import Site
import Synchronization
import Testing

@Suite struct EscapingTests {
    static let attacks = [
        "<script>alert(1)</script>", "\" autofocus onfocus=alert(1) x=\"", "'><img src=x onerror=alert(1)>",
        // A quote and a combining mark make one Character; escaping by character would let the quote through.
        "\"\u{301} onmouseover=alert(1) x=\"\u{301}", "<\u{301}b>", "{{frame.formToken}}", "{{{t.skip}}}",
    ]

    @Test(arguments: attacks)
    func whatPeopleTypeIsShownAndNeverRun(attack: String) async throws {
        try await withBrowser { browser, _ in
            let found = try await browser.get("/?q=\(Browser.escape(attack))")
            expectHarmless(found.body, attack)
            _ = try await browser.get("/track")
            expectHarmless(try await browser.post("/track", [("code", attack)]).body, attack)
            _ = try await browser.get("/services/passport/request")
            let review = try await browser.post(
                "/services/passport/request",
                [("step", "review"), ("q_name", attack), ("q_email", "a@b.cd"), ("q_reason", "lost")])
            expectHarmless(review.body, attack)
        }
    }

    @Test(arguments: attacks)
    func whatADefinitionSaysIsShownAndNeverRun(attack: String) async throws {
        let sample = SampleSite()
        sample.definitions.withLock {
            $0[0].title = LocalText(en: attack, es: attack)
            $0[0].summary = LocalText(en: attack, es: attack)
            $0[0].request[0].text = LocalText(en: attack, es: attack)
            $0[0].legal[0].url = "javascript:alert(1)"
        }
        try await withBrowser(sample) { browser, _ in
            for path in ["/", "/services/passport", "/services/passport/request", "/kiosk/passport/exit"] {
                let page = try await browser.get(path)
                #expect(page.status == 200)
                expectHarmless(page.body, attack)
                #expect(!page.body.contains("javascript:"))
            }
        }
    }
}

private func expectHarmless(_ body: String, _ attack: String) {
    let bytes = Array(body.utf8)
    func holds(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains {
            bytes[$0] == wanted[0] && Array(bytes[$0..<$0 + wanted.count]) == wanted
        }
    }
    #expect(!holds("<script>alert") && !holds("<img src=x") && !holds("<\u{301}"))
    #expect(!holds("\"\u{301}") && !holds("\" autofocus"))
    // Text in braces stays text: nothing typed is read as a template.
    if attack.hasPrefix("{{") { #expect(holds(attack)) }
}
