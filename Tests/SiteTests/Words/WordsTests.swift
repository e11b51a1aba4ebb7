import Experience
import Foundation
import Site
import Testing

@Suite struct WordsTests {
    static func table(_ language: String) throws -> [String: String] {
        let file = SampleSite.templates.appendingPathComponent("words/\(language).json")
        return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
    }

    static func places(_ text: String) -> Set<String> { Set(text.all(between: "{", and: "}")) }

    @Test func everyKeyIsInBothLanguagesWithTheSamePlaces() throws {
        let english = try WordsTests.table("en")
        let spanish = try WordsTests.table("es")
        #expect(Set(english.keys).symmetricDifference(spanish.keys).sorted() == [])
        for (key, text) in english {
            #expect(!text.isEmpty && spanish[key]?.isEmpty == false, "\(key)")
            #expect(WordsTests.places(text) == WordsTests.places(spanish[key] ?? ""), "\(key)")
        }
    }

    /// Keys named in templates and in the sources; keys put together at run time are in `keysMadeOfParts`.
    @Test func everyKeyUsedExists() throws {
        let english = try WordsTests.table("en")
        let root = SampleSite.templates.deletingLastPathComponent().resolvingSymlinksInPath()
        var missing: Set<String> = []
        for file in files(SampleSite.templates.resolvingSymlinksInPath(), "mustache") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for key in text.all(between: "{{t.", and: "}}") where english[key] == nil { missing.insert(key) }
        }
        var sources = 0
        for file in files(root.appendingPathComponent("Sources/Site").resolvingSymlinksInPath(), "swift") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for found in text.matches(of: /words\[\s*"([a-z0-9_\-]+)"[\],]/) {
                sources += 1
                if english[String(found.1)] == nil { missing.insert(String(found.1)) }
            }
            for found in text.matches(of: /counted\(\s*"([a-z0-9_]+)"/) {
                for form in ["one", "other"] where english["\(found.1)_\(form)"] == nil {
                    missing.insert("\(found.1)_\(form)")
                }
            }
        }
        #expect(sources > 50)
        #expect(missing.sorted() == [])
    }

    @Test func keysMadeOfPartsExist() throws {
        let english = try WordsTests.table("en")
        var keys: [String] = []
        keys += Channel.allCases.map { "channel_\($0.rawValue)" }
        keys += Actor.Role.allCases.map { "by_\($0.rawValue)" }
        keys += StaffAccount.Role.allCases.map { "role_\($0.rawValue)" }
        keys += JourneyState.Solved.allCases.flatMap { ["solved_\($0.rawValue)", "tracked_outcome_\($0.rawValue)"] }
        keys += ClockHolder.allCases.flatMap { ["promise_text_paused_\($0.rawValue)", "entry_paused_\($0.rawValue)"] }
        keys += Language.allCases.map { "language_\($0.rawValue)" }
        keys += (1...5).flatMap { ["face_\($0)", "agree_\($0)"] } + ["thumb_up", "thumb_down"]
        keys += (1...12).flatMap { ["month_\($0)", "month_short_\($0)"] } + (1...7).map { "weekday_\($0)" }
        keys += ["running", "paused", "overdue", "kept_first", "kept_last", "late", "withdrawn"].map {
            "promise_label_\($0)"
        }
        keys += ["running", "overdue", "kept_first", "kept_last", "late", "withdrawn"].map { "promise_text_\($0)" }
        keys += ["people", "journeys", "dates", "answers", "contacts"].flatMap {
            ["figure_n_\($0)_one", "figure_n_\($0)_other"]
        }
        keys += EventKind.allCases.map { "kind_\($0.rawValue)" } + Actor.Role.allCases.map { "actor_\($0.rawValue)" }
        keys += JourneyGroup.allCases.map { "group_\($0.rawValue)" }
        keys += ["running", "paused", "overdue", "kept_first", "kept_last", "late", "withdrawn"].map { "verdict_\($0)" }
        keys += [
            "wilson", "kaplan-meier", "median", "work", "ratio", "mean", "count", "promise", "suppression", "map",
        ].flatMap { ["figure_method_\($0)", "method_text_\($0)"] }
        keys +=
            SurveyItem.allCases.map { "item_\($0.name)" } + MentionedDriver.allCases.map { "mention_\($0.rawValue)" }
        keys += ["index", "drivers", "facts", "net-mention", "alarm", "themes"].flatMap {
            ["figure_method_\($0)", "method_text_\($0)"]
        }
        keys += ["broken_promise", "chased", "refused", "many_contacts"].map { "cause_\($0)" }
        keys += ["wait", "broken_promise", "contact", "chase", "rework"].map { "fact_of_\($0)" }
        keys += ["a11_v1", "a11_v2", "csv", "json"].flatMap { ["report_format_\($0)", "report_format_\($0)_text"] }
        keys += [
            "open", "no_answers", "no_trust_question", "no_offers", "no_control_number", "approval_ended", "held",
            "unknown_form",
        ].map { "gap_\($0)" }
        keys += [
            "not_found", "service_unknown", "code_unknown", "journey_unknown", "form_expired", "cross_site",
            "sign_in_needed", "not_allowed", "link_used", "answers_unknown", "too_many_tries", "too_large", "malformed",
            "unavailable", "file_infected", "file_unchecked", "internal",
        ].flatMap { ["error_\($0)_title", "error_\($0)_text"] }
        keys += Question.Kind.allCases.map { "question_kind_\($0.rawValue)" }
        keys += Question.Driver.allCases.map { "driver_\($0.rawValue)" }
        keys += FormState.allCases.map { "form_state_\($0.rawValue)" }
        keys += FormLifecycle.Step.allCases.map { "form_step_\($0.rawValue)" }
        keys += FormDefinition.Standard.allCases.map { "form_standard_\($0.rawValue)" }
        keys += ["saved", "conflict", "errors", "not_now", "done"].map { "form_said_\($0)" }
        keys += ["is", "is_not", "at_least", "at_most", "answered", "unanswered"].map { "check_\($0)" }
        keys += [
            "title", "intro", "thanks", "text", "hint", "options", "rows", "required", "driver", "show_if", "next",
            "approval", "at_least", "at_most", "accepts", "max_bytes", "value", "id", "kind", "standard",
        ].map { "form_part_\($0)" }
        #expect(keys.filter { english[$0] == nil } == [])
    }

    @Test(arguments: [
        "/", "/services/passport", "/services/passport/request", "/track", "/track/ABCD-EFGH-2345", "/nowhere",
    ])
    func pagesAreWholeInSpanish(path: String) async throws {
        try await withBrowser { browser, _ in
            let spanish = try await browser.get("\(path)?lang=es")
            #expect(spanish.body.contains("<html lang=\"es\">"))
            #expect(!spanish.body.contains("⟦"))
            // The choice is remembered.
            #expect(try await browser.get("/track").body.contains("Código de seguimiento"))
        }
    }

    @Test(arguments: [
        (nil, Language?.none), ("es", .es), ("es-MX,es;q=0.9,en;q=0.8", .es), ("en-US,en;q=0.9,es;q=0.8", .en),
        ("fr,de;q=0.5", nil), ("fr, es;q=0.3", .es), ("en;q=0,es;q=0.1", .es), ("*", nil), (";;;,q=", nil),
    ])
    func negotiatesByWeight(header: String?, language: Language?) {
        #expect(LanguageChoice.negotiate(header) == language)
    }

    @Test func aQuestionInTheAddressBeatsTheCookieAndTheCookieTheBrowser() {
        #expect(LanguageChoice.choose(asked: "en", cookie: "es", acceptLanguage: "es") == .en)
        #expect(LanguageChoice.choose(asked: "xx", cookie: "es", acceptLanguage: "en") == .es)
        #expect(LanguageChoice.choose(asked: nil, cookie: nil, acceptLanguage: nil) == .en)
    }

    private func files(_ root: URL, _ ending: String) -> [URL] {
        guard let names = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".\(ending)") }
            .map { root.appendingPathComponent($0) }
    }
}
