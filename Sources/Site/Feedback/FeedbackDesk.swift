package import Channels
package import Experience

/// Where answers go.
package struct FeedbackDesk: Sendable {
    /// Stores one response; the same `id` again is stored once.
    package var submit: @Sendable (NewResponse) async throws -> Void

    /// Stores responses of a program, all made durable together; each stands for itself. One receipt each, in order. Throws
    /// ``IntakeDesk/Revoked`` when the program's key no longer stands.
    package var submitAll: @Sendable ([NewResponse], _ key: String?) async throws -> [IntakeDesk.Receipt]

    /// - Parameter submitAll: nil: one after the other through `submit`.
    package init(
        submit: @escaping @Sendable (NewResponse) async throws -> Void,
        submitAll: (@Sendable ([NewResponse], String?) async throws -> [IntakeDesk.Receipt])? = nil
    ) {
        self.submit = submit
        self.submitAll =
            submitAll ?? { responses, _ in
                var receipts: [IntakeDesk.Receipt] = []
                for response in responses {
                    try await submit(response)
                    receipts.append(.stored(sequence: 0))
                }
                return receipts
            }
    }
}

/// One person's answers to a form.
package struct NewResponse: Sendable {
    /// The sender's own id for it: a form's hidden id, a kiosk's key for the press.
    package var id: String
    package var service: ServiceDefinition
    package var form: FormDefinition
    package var answers: [Slug: KeptAnswer]
    package var channel: Channel
    package var touchpoint: Slug?
    package var code: TrackingCode?
    package var occurred: Instant
    package var language: Language
    /// The bytes of files given as answers, by question.
    package var files: [Slug: [UInt8]] = [:]
    /// How it came in.
    package var intake: ResponseIntake

    package init(
        id: String, service: ServiceDefinition, form: FormDefinition, answers: [Slug: KeptAnswer], channel: Channel,
        touchpoint: Slug?, code: TrackingCode?, occurred: Instant, language: Language,
        intake: ResponseIntake = ResponseIntake(.webPage)
    ) {
        self.id = id
        self.service = service
        self.form = form
        self.answers = answers
        self.channel = channel
        self.touchpoint = touchpoint
        self.code = code
        self.occurred = occurred
        self.language = language
        self.intake = intake
    }
}
