import Analyses
import Analytics
import Commands
import Experience
import Formats
import Storage
import Testing

@Suite struct FeedRowsTests {
    private static let key = FormKey(
        agency: LoopSample.agency, service: LoopSample.service.id, form: LoopSample.slug("hall"))

    /// A form that asks for trust under another name in each version.
    private static func form(_ version: Int, asking question: String) -> FormDefinition {
        var form = FormDefinition(
            id: key.form, title: LoopSample.text("The hall"),
            questions: [
                Question(
                    id: LoopSample.slug(question), kind: .agreement, text: LoopSample.text("I trust it."),
                    driver: .trust)
            ])
        form.version = version
        return form
    }

    private static func publish(_ form: FormDefinition, _ sample: LoopSample) async throws {
        _ = try await sample.record.changeForm(key, by: "ana", note: "publish") { _ throws(StorageError) in
            FormChange(
                lifecycle: FormLifecycle(writing: nil, version: form.version), draft: nil, published: writeForm(form))
        }
    }

    @Test func anAnswerIsFedByTheVersionThatWasAnswered() async throws {
        let sample = try await LoopSample()
        let (first, second) = (Self.form(1, asking: "trust"), Self.form(2, asking: "confidence"))
        try await Self.publish(first, sample)
        try await Self.publish(second, sample)
        let source = try await FormSource.read(
            sample.record, services: [LoopSample.service], today: CivilDate(utc: sample.now))
        let forms = source.forms(of: [LoopSample.service])
        let given: [(version: Int, attributes: [String: AttributeValue])] = [
            (1, ["trust": .integer(5)]), (2, ["confidence": .integer(2)]),
        ]
        for (number, answer) in given.enumerated() {
            var attributes = answer.attributes
            attributes["form"] = .text("hall")
            attributes["form_version"] = .integer(Int64(answer.version))
            let event = LoopSample.event(
                "P-1", "\(number)", "response", kind: .response, at: sample.now, attributes)
            var rows = TabWriter()
            rows.add(RecordedEvent(sequence: Int64(number + 1), recorded: sample.now, event: event), form: forms)
            let fields = String(decoding: rows.bytes, as: UTF8.self).dropLast().split(
                separator: "\t", omittingEmptySubsequences: false)
            try #require(fields.count == 13)
            let packed = PackedAnswers(bits: try #require(UInt64(fields[11])))
            #expect(packed[.trust] == (answer.version == 1 ? 5 : 2))
            #expect(fields[6] == "\(answer.version)")
        }
        await sample.record.close()
    }
}
