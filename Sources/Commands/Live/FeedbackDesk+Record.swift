internal import Channels
internal import Experience
internal import Foundation
internal import Site
internal import Storage

extension FeedbackDesk {
    static func live(_ record: Record, now: @escaping @Sendable () -> Instant) -> FeedbackDesk {
        FeedbackDesk(submit: { response in
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
            let occurred = min(response.occurred, now())
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
            _ = try await record.append(submission)
        })
    }
}
