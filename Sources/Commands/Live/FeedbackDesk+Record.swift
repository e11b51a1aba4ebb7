internal import Channels
internal import Experience
internal import Foundation
internal import Site
internal import Storage

extension FeedbackDesk {
    static func live(
        _ record: Record, keys: KnownKeys = KnownKeys(), now: @escaping @Sendable () -> Instant
    ) -> FeedbackDesk {
        FeedbackDesk(
            submit: { response in
                _ = try await record.append(try await submission(response, record, now: now()))
            },
            submitAll: { responses, secret in
                var key: APIKey?
                if let secret {
                    key = try await keys.key(secret, record)
                    guard key != nil else { throw IntakeDesk.Revoked() }
                }
                // What can't be placed is refused alone; the others go together.
                var receipts: [IntakeDesk.Receipt?] = []
                var ready: [Submission] = []
                for response in responses {
                    do {
                        ready.append(try await submission(response, record, now: now()))
                        receipts.append(nil)
                    } catch StorageError.refused(let why) { receipts.append(.refused(why)) }
                }
                do {
                    var answers = try await record.append(ready, under: key).makeIterator()
                    return receipts.map { $0 ?? IntakeDesk.Receipt(answers.next()) }
                } catch StorageError.keyRevoked {
                    if let secret { keys.keep(nil, for: secret) }
                    throw IntakeDesk.Revoked()
                }
            })
    }

    /// A response as it goes into the record.
    private static func submission(
        _ response: NewResponse, _ record: Record, now: Instant
    ) async throws -> Submission {
        let service = response.service
        var journey =
            response.intake.journey
            ?? JourneyID.unattached(response.touchpoint?.text ?? response.form.id.text)
        if let code = response.code {
            guard let state = try await record.journey(trackedBy: code), state.service == service.id else {
                throw StorageError.refused("no request has this code; check it and try again.")
            }
            journey = state.journey
        }
        var response = response
        if response.intake.offer == nil, let journey, !journey.isUnattached {
            response.intake.offer = try record.transactionKey(
                "journey:\(journey)", service: service.id, agency: service.agency)
        }
        guard let journey else { throw StorageError.refused("this answer can't be placed; send it again.") }
        let shape = ResponseShape(form: response.form, answers: response.answers, language: response.language)
        // A device's clock may be wrong; an answer can't come from the future.
        let occurred = min(response.occurred, now)
        let event = Event(
            agency: service.agency, service: service.id, journey: journey,
            source: response.intake.route.source, sourceID: response.id, kind: .response,
            activity: "response", channel: response.channel, touchpoint: response.touchpoint?.text,
            actor: Actor(.person), occurred: occurred, attributes: shape.attributes)
        var words = shape.words.map { (field: $0.field, text: $0.text) }
        for (question, bytes) in response.files.sorted(by: { $0.key < $1.key }) {
            words.append((question.text + ResponseShape.fileEnding, Data(bytes).base64EncodedString()))
        }
        var submission = try ResponseSubmission(record: record).make(response, event, words: words)
        if response.form.standard == .outcome, response.code != nil,
            let solved = shape.attributes[JourneyState.Key.solved]
        {
            // The journey's own outcome: what it asks is what the form asked. The code proves whose it is, so it
            // stands also where the answer waits to be looked at.
            var outcome = event
            (outcome.kind, outcome.activity, outcome.sourceID) = (.outcome, "outcome", event.sourceID + "/outcome")
            outcome.attributes = [JourneyState.Key.solved: solved]
            submission.events.append(outcome)
        }
        return submission
    }
}

extension IntakeDesk.Receipt {
    /// What became of a submission: its first event stands for it.
    fileprivate init(_ answer: Result<[Appended], StorageError>?) {
        switch answer {
        case .success(let appended)?:
            switch appended.first {
            case .stored(let sequence)?: self = .stored(sequence: sequence)
            case .duplicate(let sequence)?: self = .duplicate(sequence: sequence)
            case .refused(let reason)?: self = .refused("\(reason)")
            case nil: self = .refused("it holds nothing; send it again.")
            }
        case .failure(let error)?: self = .refused("\(error)")
        case nil: self = .refused("it was not answered for; send it again.")
        }
    }
}
