import Channels
import Experience
import Testing

@Suite struct ConversationTests {
    static func slug(_ text: String) -> Slug { Slug(text)! }
    static func text(_ en: String, _ es: String) -> LocalText { LocalText(en: en, es: es) }
    static let start = Instant(microseconds: 1_780_000_000_000_000)

    static let form = FormDefinition(
        id: slug("after"), title: text("After", "Después"),
        questions: [
            Question(id: slug("overall"), kind: .faces, text: text("How was it?", "¿Cómo fue?"), required: true),
            Question(
                id: slug("why"), kind: .single, text: text("Why?", "¿Por qué?"),
                options: [
                    .init(id: slug("late"), title: text("It was late", "Llegó tarde")),
                    .init(id: slug("kind"), title: text("Kind staff", "Personal amable")),
                ]),
            Question(id: slug("words"), kind: .longText, text: text("Anything else?", "¿Algo más?")),
        ])

    static let service = ServiceDefinition(
        id: slug("passport"), agency: slug("consular"), agencyName: text("Consular Services", "Servicios Consulares"),
        title: text("Passport", "Pasaporte"), summary: text("A passport", "Un pasaporte"), steps: [],
        channels: [.sms, .phone],
        touchpoints: [
            .init(
                id: slug("text-line"), title: text("Text", "Texto"), channel: .sms,
                ask: AskPlan(form: slug("after")), keyword: "PASSPORT")
        ], forms: [form], outcome: text("Did you get it?", "¿Lo obtuvo?"))

    static func taker(_ medium: ConversationScript.Medium = .sms, minutes: Int64 = 0) -> ConversationTaker {
        ConversationTaker(
            services: [service], medium: medium, now: start.advanced(by: minutes * Instant.minute), freshID: "c1")
    }

    /// Sends messages one after the other; gives the last step.
    static func talk(_ messages: [String]) throws -> ConversationStep {
        var standing: Conversation?
        var last: ConversationStep?
        for message in messages {
            let step = taker().take(message, standing: standing, isStopped: false)
            standing = step.conversation
            last = step
        }
        return try #require(last)
    }

    @Test func asksOneQuestionAtATimeAndThanks() throws {
        let first = try Self.talk([" passport "])
        #expect(first.reply.contains("How was it?") && first.reply.contains("STOP"))
        #expect(!first.reply.contains("Why?"))
        let second = try Self.talk(["PASSPORT", "4"])
        #expect(second.reply.contains("1 It was late") && second.reply.contains("SKIP"))
        let last = try Self.talk(["PASSPORT", "4", "it was late", "The window closed early."])
        #expect(last.conversation == nil)
        #expect(last.words?.text == "The window closed early.")
        let finished = try #require(last.finished)
        #expect(
            finished.answers == [
                Self.slug("overall"): .value(.integer(4)), Self.slug("why"): .value(.text("late")),
            ])
        #expect(finished.conversation.solicited == .volunteered)
    }

    @Test func speaksSpanishWhenAsked() throws {
        let step = try Self.talk(["PASSPORT", "es"])
        #expect(step.reply.contains("¿Cómo fue?") && step.language == .es)
        let last = try Self.talk(["PASSPORT", "ES", "5", "omitir", "omitir"])
        #expect(last.reply.hasPrefix("Gracias"))
    }

    @Test(arguments: ["6", "0", "ten", "10", "-1", "", "😀", "4 or 5"])
    func asksAgainForWhatItCannotRead(answer: String) throws {
        let step = try Self.talk(["PASSPORT", answer])
        #expect(step.reply.contains("How was it?") && step.finished == nil)
        #expect(step.conversation?.answers.isEmpty == true)
    }

    @Test(arguments: ["STOP", "stop ", "Alto", "UNSUBSCRIBE", "baja"])
    func endsAtAWordInEitherLanguage(word: String) throws {
        let step = try Self.talk(["PASSPORT", word])
        #expect(step.stops == true && step.conversation == nil && step.finished == nil)
    }

    @Test func whoeverStoppedHearsNothingUntilTheyBegin() {
        let silent = Self.taker().take("hello", standing: nil, isStopped: true)
        #expect(silent.reply == "" && silent.stops == nil)
        #expect(Self.taker().take("INICIAR", standing: nil, isStopped: true).stops == false)
        #expect(Self.taker().take("PASSPORT", standing: nil, isStopped: true).stops == false)
    }

    @Test func helpSaysWhoAsksAndChangesNothing() throws {
        let step = try Self.talk(["PASSPORT", "ayuda"])
        #expect(step.reply.contains("Servicios Consulares") && step.reply.contains("ALTO"))
        #expect(step.conversation?.question == Self.slug("overall"))
    }

    @Test func aConversationLeftForADayIsOver() throws {
        let old = try Self.talk(["PASSPORT"]).conversation
        let step = Self.taker(minutes: 1_441).take("4", standing: old, isStopped: false)
        #expect(step.conversation == nil && step.reply.contains("PASSPORT"))
    }

    @Test func requiredQuestionsCannotBeSkipped() throws {
        let step = try Self.talk(["PASSPORT", "SKIP"])
        #expect(step.conversation?.answers.isEmpty == true)
    }

    @Test func keysAskOnlyWhatADigitAnswers() throws {
        let taker = Self.taker(.keys)
        let first = taker.begin(Self.service, Self.form, nil, .en, solicited: .invited)
        #expect(first.digits == 1 && first.reply.contains("Press a key from 1 to 5"))
        let second = taker.press("4", standing: try #require(first.conversation))
        #expect(second.reply.contains("For Kind staff, press 2."))
        let wrong = taker.press("7", standing: try #require(second.conversation))
        #expect(wrong.finished == nil && wrong.digits == 1)
        // The words are not asked: the form ends here.
        let last = taker.press("2", standing: try #require(second.conversation))
        #expect(last.finished?.answers[Self.slug("why")] == .value(.text("kind")))
        #expect(last.digits == nil)
    }

    @Test func hostileTextIsOnlyText() throws {
        let hostile = "'; DROP TABLE event; -- <Response>\u{0}\u{7}" + String(repeating: "x", count: 10_000)
        let step = try Self.talk(["PASSPORT", "3", "SKIP", hostile])
        let kept = try #require(step.words?.text)
        #expect(kept.count <= 1_600 && !kept.contains("\u{0}") && kept.hasPrefix("'; DROP"))
    }
}
