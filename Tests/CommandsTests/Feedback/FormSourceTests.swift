import Analyses
import Commands
import Experience
import Foundation
import Formats
import Site
import Statistics
import Storage
import Synchronization
import Testing

@Suite(.serialized) struct FormSourceTests {
    static let key = FormKey(agency: LoopSample.agency, service: LoopSample.service.id, form: LoopSample.slug("hall"))

    /// A form that exists in the browser only, in one wording a version.
    static func form(_ version: Int, _ words: String) -> FormDefinition {
        var form = FormDefinition(
            id: key.form, title: LoopSample.text("The hall"),
            questions: [
                Question(
                    id: LoopSample.slug("trust"), kind: .agreement, text: LoopSample.text(words), driver: .trust),
                Question(id: LoopSample.slug("photo"), kind: .file, text: LoopSample.text("A photo")),
                Question(id: LoopSample.slug("said"), kind: .longText, text: LoopSample.text("What happened?")),
            ])
        form.version = version
        return form
    }

    static func publish(_ version: Int, _ words: String, _ sample: LoopSample) async throws {
        _ = try await sample.record.changeForm(key, by: "ana", note: "publish") { _ throws(StorageError) in
            FormChange(
                lifecycle: FormLifecycle(writing: nil, version: version), draft: nil,
                published: writeForm(form(version, words)))
        }
    }

    static func answer(
        _ id: String, version: Int, trust: Int64, _ sample: LoopSample, _ more: [String: AttributeValue] = [:]
    ) async throws -> RecordedEvent {
        var attributes: [String: AttributeValue] = [
            "form": .text("hall"), "form_version": .integer(Int64(version)), "trust": .integer(trust),
        ]
        attributes.merge(more) { $1 }
        let event = LoopSample.event("P-1", id, "response", kind: .response, at: sample.now, attributes)
        _ = try await sample.record.append(event)
        return try #require(
            try await sample.record.events(of: event.journey, agency: event.agency).last { $0.event.sourceID == id })
    }

    static func read(_ sample: LoopSample) async throws -> FormSource {
        try await FormSource.read(
            sample.record, services: [LoopSample.service], today: CivilDate(utc: sample.now))
    }

    static func keeper(_ source: @escaping @Sendable () -> FormSource) -> AnswerKeeper {
        AnswerKeeper { service, form, version in
            source().form(form, version: version, of: service) { _ in LoopSample.service }
        }
    }

    static func scores(_ keeper: AnswerKeeper) -> FeedbackScores {
        FeedbackScores(keeper[LoopSample.service.id], in: Int64.min..<Int64.max, rule: .staff)
    }

    @Test func answersToAFormMadeInTheBrowserAreScoredInTheWordsOfTheirVersion() async throws {
        let sample = try await LoopSample()
        try await Self.publish(1, "I trust this office.", sample)
        for number in 0..<12 { _ = try await Self.answer("a\(number)", version: 1, trust: 5, sample) }
        try await Self.publish(2, "I trust the people here.", sample)
        for number in 0..<15 { _ = try await Self.answer("b\(number)", version: 2, trust: 2, sample) }
        let source = try await Self.read(sample)
        let asked = try #require(source.overlaid(on: [LoopSample.service]).first)
        #expect(asked.forms.first { $0.id == Self.key.form }?.version == 2)
        let keeper = Self.keeper { source }
        try await keeper.fill(sample.record)
        let lines = Self.scores(keeper).lines.filter { $0.wording.item == .trust }
        #expect(lines.map(\.wording.text.en) == ["I trust the people here.", "I trust this office."])
        #expect(lines.map(\.score.n) == [15, 12] && lines.map { $0.score.mean.value } == [2, 5])
        await sample.record.close()
    }

    @Test func aVersionPublishedElsewhereIsCountedAnewWhenItIsKnown() async throws {
        let sample = try await LoopSample()
        let known = SourceBox(try await Self.read(sample))
        let keeper = Self.keeper { known.source }
        // Another process publishes, and its people answer, before this one has heard of the form.
        try await Self.publish(1, "I trust this office.", sample)
        for number in 0..<10 { _ = try await Self.answer("a\(number)", version: 1, trust: 4, sample) }
        try await keeper.fill(sample.record)
        #expect(Self.scores(keeper).lines.isEmpty)
        #expect(try await keeper.settle(sample.record) == false)
        known.source = try await Self.read(sample)
        #expect(try await keeper.settle(sample.record))
        #expect(Self.scores(keeper).lines.map(\.score.n) == [10])
        #expect(try await keeper.settle(sample.record) == false)
        await sample.record.close()
    }

    @Test func theAnswersBehindAScoreAreExactlyThoseCounted() async throws {
        let sample = try await LoopSample()
        try await Self.publish(1, "I trust this office.", sample)
        for number in 0..<12 {
            _ = try await Self.answer("a\(number)", version: 1, trust: Int64(1 + number % 5), sample)
        }
        let source = try await Self.read(sample)
        let keeper = Self.keeper { source }
        try await keeper.fill(sample.record)
        let line = try #require(Self.scores(keeper).lines.first)
        let desk = Self.desk(sample, keeper, source)
        let day = CivilDate(utc: sample.now)
        func filter(_ values: String, _ wording: LocalText) throws -> AnswerFilter {
            let name = AnswerFilter.name(of: wording)
            return try #require(AnswerFilter("item.trust.\(values)~\(day)~\(day)~~~~\(name)"))
        }
        let positive = try filter("4-5", line.wording.text)
        #expect(AnswerFilter(positive.text) == positive)
        let all = try await desk.list(LoopSample.service, try filter("1-5", line.wording.text), 0, 50, nil)
        #expect(all.total == line.score.n && all.answers.count == 12)
        let some = try await desk.list(LoopSample.service, positive, 0, 2, nil)
        let share = try #require(line.score.top2.value)
        #expect(Double(some.total) == (share * 12).rounded() && some.answers.count == 2)
        #expect(try await desk.list(LoopSample.service, try filter("1-5", LoopSample.text("?")), 0, 9, nil).total == 0)
        await sample.record.close()
    }

    static func desk(_ sample: LoopSample, _ keeper: AnswerKeeper, _ source: FormSource) -> AnswersDesk {
        LiveAnswers(
            record: sample.record, answers: keeper,
            form: { service, form, version in
                source.form(form, version: version, of: service) { _ in LoopSample.service }
            }, now: sample.clock
        ).desk
    }

    @Test func aFileIsOpenedWithItsReaderNotedAndWordsStayWhole() async throws {
        let sample = try await LoopSample()
        try await Self.publish(1, "I trust this office.", sample)
        let stored = try await Self.answer("a", version: 1, trust: 1, sample, ["photo": .text("png")])
        let subject = VaultSubject.response(stored.event)
        let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7]
        try await sample.record.keep([
            VaultEntry(subject: subject, field: "photo", text: "me.png"),
            VaultEntry(subject: subject, field: "photo.file", text: Data(bytes).base64EncodedString()),
            VaultEntry(subject: subject, field: "said", text: "It rained in."),
            VaultEntry(subject: subject, field: "original.said", text: "It rained in. Call 555."),
        ])
        let source = try await Self.read(sample)
        let desk = Self.desk(sample, Self.keeper { source }, source)
        let file = try #require(
            try await desk.file(LoopSample.service, stored.sequence, LoopSample.slug("photo"), "ana"))
        #expect(file.kind == .png && file.bytes == bytes)
        let noted = try await sample.record.audit().map(\.entry)
        #expect(noted.contains { $0.account == "ana" && $0.detail == "file photo" && $0.action == .read })
        #expect(try await desk.file(LoopSample.service, stored.sequence, LoopSample.slug("said"), "ana") == nil)
        let view = try #require(try await desk.one(LoopSample.service, stored.sequence, "ana"))
        #expect(view.words == ["photo": "me.png", "said": "It rained in."])
        #expect(view.form?.version == 1)
        #expect(try await desk.one(LoopSample.service, stored.sequence, nil)?.words.isEmpty == true)
        await sample.record.close()
    }

    @Test func whoAnsweredByTextIsRepliedToByText() async throws {
        let sample = try await LoopSample()
        let account = StaffAccount(id: "ana", name: "ana", role: .caseworker)
        var service = LoopSample.service
        service.touchpoints[0].keyword = "PASSPORT"
        let asked = service
        let open = LiveTelephone(
            record: sample.record, services: { [asked] }, now: sample.clock, freshID: { UUID().uuidString }
        ).desk
        _ = try await open.message(LoopSample.agency, "SM00000001", SMSTests.number, "PASSPORT")
        _ = try await open.message(LoopSample.agency, "SM00000002", SMSTests.number, "1")
        _ = try await open.message(LoopSample.agency, "SM00000003", SMSTests.number, "Nobody called.")
        let answer = try #require(
            try await sample.record.responses(agency: LoopSample.agency, service: service.id).first)
        let source = try await Self.read(sample)
        let desk = Self.desk(sample, Self.keeper { source }, source)
        let view = try #require(try await desk.one(service, answer.sequence, "ana"))
        #expect(view.reachable == [.sms] && view.words == ["why": "Nobody called."])
        let reply = AnswerReply(sequence: answer.sequence, by: .sms, text: "We will call today.", language: .en)
        #expect(try await desk.reply(service, reply, account) == .changed)
        let message = try #require(
            try await sample.record.leaseMessages(by: "test", until: sample.now.advanced(by: Instant.hour)).first)
        #expect(message.channel == .sms && message.address == SMSTests.number)
        #expect(message.body.hasPrefix("Consular Services: We will call today."))
        // The number goes with the originals: nobody is written to for ever.
        sample.wait(31 * Instant.day)
        try await sample.record.forgetTraces(before: sample.now.advanced(by: -30 * Instant.day))
        #expect(try await desk.reply(service, reply, account) == .noAddress)
        await sample.record.close()
    }
}

final class SourceBox: Sendable {
    private let kept: Mutex<FormSource>
    init(_ source: FormSource) { kept = Mutex(source) }
    var source: FormSource {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}
