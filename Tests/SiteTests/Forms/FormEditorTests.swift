import Experience
import Foundation
import Site
import Synchronization
import Testing

@Suite struct FormEditorTests {
    static let home = "/staff/forms/passport/visit"

    /// Signs in and makes a form to write.
    static func create(_ browser: Browser, from ready: String = "") async throws {
        try await AccessTests.signIn(browser)
        _ = try await browser.get("/staff/forms")
        let made = try await browser.post("/staff/forms", [("service", "passport"), ("id", "visit"), ("from", ready)])
        #expect(made.location == home)
        _ = try await browser.get(home)
    }

    static func draft(_ sample: SampleSite) -> FormDefinition? { sample.kept.withLock { $0.forms["visit"]?.draft } }

    @Test func onlyOwnersWriteForms() async throws {
        try await withBrowser { browser, sample in
            #expect(try await browser.get("/staff/forms").status == 303)
            try await AccessTests.signIn(browser)
            sample.kept.withLock { kept in
                for key in kept.sessions.keys { kept.sessions[key]?.role = .caseworker }
            }
            for path in ["", "/passport/after", "/passport/after/yaml", "/passport/after/preview"] {
                #expect(try await browser.get("/staff/forms" + path).status == 403)
            }
        }
    }

    @Test func aFormIsWrittenQuestionByQuestionInBothLanguages() async throws {
        try await withBrowser { browser, sample in
            try await Self.create(browser)
            let added = try await browser.post(
                Self.home, [("do", "add-question"), ("page", "page-1"), ("kind", "single"), ("revision", "1")])
            let question = try #require(added.location)
            #expect(try await browser.get(question).body.contains("the Spanish text is missing"))
            let saved = try await browser.post(
                question,
                [
                    ("revision", "2"), ("id", "way"), ("kind", "single"), ("required", "1"), ("text_en", "How?"),
                    ("text_es", "¿Cómo?"), ("option0_en", "On foot"), ("option0_es", "A pie"), ("option1_id", "bus"),
                    ("option1_en", "By bus"), ("option1_es", "En autobús"),
                ])
            #expect(saved.location == Self.home + "?said=saved#q-way")
            let way = try #require(Self.draft(sample)?.question("way"))
            #expect(way.required && way.options.map(\.id.text) == ["option-1", "bus"])
            #expect(way.text == text("How?", "¿Cómo?"))
            let page = try await browser.get(Self.home)
            #expect(page.body.contains("¿Cómo?") && page.body.contains("How?"))
        }
    }

    @Test func anOldPageOfTheEditorSavesNothing() async throws {
        try await withBrowser { browser, sample in
            try await Self.create(browser)
            _ = try await browser.post(Self.home, [("do", "add-page"), ("revision", "1")])
            let late = try await browser.post(Self.home, [("do", "remove"), ("page", "page-1"), ("revision", "1")])
            #expect(late.location == Self.home + "?said=conflict")
            #expect(Self.draft(sample)?.pages.count == 2)
        }
    }

    @Test func aFormWithErrorsIsNotSubmitted() async throws {
        try await withBrowser { browser, _ in
            try await Self.create(browser)
            let step = try await browser.post(Self.home + "/step", [("step", "submit"), ("revision", "1")])
            #expect(step.location == Self.home + "?said=errors")
        }
    }

    @Test func conditionsAndWaysAreReadBackAsWritten() async throws {
        try await withBrowser { browser, sample in
            try await Self.create(browser, from: "branching")
            let path = Self.home + "/pages/words"
            let page = try await browser.get(path)
            #expect(page.status == 200)
            _ = try await browser.post(
                path,
                [
                    ("revision", "1"), ("title_en", "Words"), ("title_es", "Palabras"), ("show_join", "any"),
                    ("show_question_0", "trust"), ("show_check_0", "is"), ("show_values_0", "up"),
                    ("show_question_1", "negative"), ("show_check_1", "is_not"), ("show_values_1", "ease, staff"),
                    ("way0_to", "end"), ("way0_question_0", "times"), ("way0_check_0", "is"),
                    ("way0_values_0", "weekday=am"),
                ])
            let words = try #require(Self.draft(sample)?.page("words"))
            #expect(
                words.showIf
                    == .any([
                        .test(.init(question: "trust", check: .isOne(["up"]))),
                        .test(.init(question: "negative", check: .isNone(["ease", "staff"]))),
                    ]))
            #expect(
                words.next == [
                    .init(when: .test(.init(question: "times", row: "weekday", check: .isOne(["am"]))), to: .end)
                ])
            #expect(try await browser.get(path).body.contains("weekday=am"))
        }
    }

    @Test func aPartOfAPageHasAHeadingAndAConditionOfItsOwn() async throws {
        try await withBrowser { browser, sample in
            try await Self.create(browser, from: "branching")
            let path = Self.home + "/pages/words"
            #expect(try await browser.get(path).body.contains("group0_title_en") == false)
            _ = try await browser.post(
                path, [("revision", "1"), ("title_en", "Words"), ("title_es", "Palabras"), ("then", "add-group")])
            let page = try await browser.get(path)
            #expect(page.body.contains("group0_title_en") && page.body.contains("group1_question_0"))
            _ = try await browser.post(
                path,
                [
                    ("revision", "2"), ("title_en", "Words"), ("title_es", "Palabras"), ("group0_title_en", "In words"),
                    ("group0_title_es", "En palabras"), ("group0_text_en", ""), ("group0_question_0", "trust"),
                    ("group0_check_0", "is"), ("group0_values_0", "down"), ("group1_title_en", ""),
                    ("group1_title_es", ""),
                ])
            let groups = try #require(Self.draft(sample)?.page("words")?.groups)
            #expect(groups.count == 2 && groups[0].title == text("In words", "En palabras"))
            #expect(groups[0].showIf == .test(.init(question: "trust", check: .isOne(["down"]))))
            #expect(groups[0].questions.count == 4 && groups[1].isPlain)
            #expect(try await browser.get(path + "?lang=es").body.contains("⟦") == false)
        }
    }

    @Test func aRenamedQuestionIsFollowedByEveryTextThatRepeatsIt() async throws {
        try await withBrowser { browser, sample in
            try await Self.create(browser, from: "branching")
            let saved = try await browser.post(
                Self.home + "/questions/negative",
                [
                    ("revision", "1"), ("id", "blamed"), ("kind", "multiple"), ("required", "1"),
                    ("text_en", "What could be better?"), ("text_es", "¿Qué mejorar?"), ("option0_id", "ease"),
                    ("option0_en", "Ease"), ("option0_es", "Ease"), ("option1_id", "staff"), ("option1_en", "Staff"),
                    ("option1_es", "Staff"),
                ])
            #expect(saved.location == Self.home + "?said=saved#q-blamed")
            let form = try #require(Self.draft(sample))
            #expect(form.question("why")?.text == text("Why {blamed}?", "¿Por qué {blamed}?"))
            #expect(form.question("more")?.showIf == .test(.init(question: "blamed", check: .isOne(["staff"]))))
            #expect(form.question("negative") == nil)
        }
    }

    @Test func aPreviewGoesThroughTheFormAndKeepsNothing() async throws {
        try await withBrowser { browser, sample in
            try await Self.create(browser, from: "branching")
            let path = Self.home + "/preview?width=phone"
            #expect(try await browser.get(path).body.contains("preview--phone"))
            let next = try await browser.post(path, [("page", "start"), ("q_trust", "up"), ("then", "next")])
            #expect(next.body.contains("What went well?"))
            #expect(next.body.contains("name=\"q_trust\" value=\"up\""))
            #expect(sample.kept.withLock { $0.unsent.isEmpty && $0.responses.isEmpty })
        }
    }

    @Test(arguments: ["", "?lang=es"]) func everyPageOfTheEditorIsWhole(query: String) async throws {
        try await withBrowser { browser, _ in
            try await Self.create(browser, from: "branching")
            for path in [
                "", "/settings", "/pages/words", "/questions/times", "/questions/letter", "/questions/campaign",
                "/yaml",
                "/preview",
            ] {
                let page = try await browser.get(Self.home + path + query)
                #expect(page.status == 200 && !page.body.contains("⟦"), "\(path)")
            }
            let list = try await browser.get("/staff/forms" + query)
            #expect(!list.body.contains("⟦"))
        }
    }
}
