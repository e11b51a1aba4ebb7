import Channels
import Experience
import Testing

@Suite struct ReviewPageTests {
    /// The shape Yelp documents for /v3/businesses/{id}/reviews, with words of our own.
    static let documented = """
        {"reviews":[{"id":"xAG4O7l-t1ubbwVAlPnDKg","url":"https://www.yelp.com/biz/x?hrid=xAG4","text":"Long line, kind staff.",
        "rating":5,"time_created":"2026-04-14 16:59:00","user":{"id":"W8","name":"Ella A.","image_url":"https://x"}},
        {"id":"b","rating":1,"text":"Closed at noon","time_created":"2026-04-13 09:00:00","url":"javascript:alert(1)",
        "public_reply":{"text":"We are sorry; hours are longer now."}},
        {"id":"b","rating":2,"text":"again","time_created":"2026-04-13 09:00:00"},{"rating":3},"odd",null],
        "total":12,"possible_languages":["en"]}
        """

    @Test func readsTheDocumentedShapeInThePlacesTime() throws {
        let page = try ReviewPage(json: Array(Self.documented.utf8), secondsFromUTC: -5 * 3_600)
        #expect(page.reviews.map(\.id) == ["xAG4O7l-t1ubbwVAlPnDKg", "b"])
        #expect(page.reviews[0].rating == 5 && page.reviews[0].reply == nil)
        #expect(page.reviews[0].written == Instant(rfc3339: "2026-04-14T16:59:00-05:00"))
        #expect(page.reviews[1].url == nil)
        #expect(page.reviews[1].reply == "We are sorry; hours are longer now.")
        #expect(page.total == 12 && page.unread == 3)
    }

    @Test func keepsNobodysName() throws {
        let page = try ReviewPage(json: Array(Self.documented.utf8))
        #expect(!"\(page)".contains("Ella"))
    }

    @Test func tellsWhyAHostRefuses() {
        let refusal = Array("{\"error\":{\"code\":\"TOKEN_INVALID\",\"description\":\"…\"}}".utf8)
        #expect(throws: ReviewPage.Problem.refused(code: "TOKEN_INVALID")) { try ReviewPage(json: refusal) }
    }

    @Test(arguments: ["", "[]", "{}", "{\"reviews\":3}", "\u{0}", "<html>", "{\"reviews\":[", "null"])
    func refusesWhatIsNoListOfReviews(text: String) {
        #expect(throws: ReviewPage.Problem.notAPage) { try ReviewPage(json: Array(text.utf8)) }
    }

    @Test func refusesAnEndlessAnswer() {
        #expect(throws: ReviewPage.Problem.notAPage) {
            try ReviewPage(json: [UInt8](repeating: 0x20, count: 4 << 20 | 1))
        }
    }
}
