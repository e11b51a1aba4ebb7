internal import Experience
internal import Foundation
internal import Site
internal import Storage

extension FeedbackDesk {
    static func live(_ record: Record, now: @escaping @Sendable () -> Instant) -> FeedbackDesk {
        FeedbackDesk(submit: { response in
            let service = response.service
            var journey = JourneyID.unattached(response.touchpoint?.text ?? response.form.id.text)
            if let code = response.code {
                guard let state = try await record.journey(trackedBy: code), state.service == service.id else {
                    throw StorageError.refused("no request has this code; check it and try again.")
                }
                journey = state.journey
            }
            guard let journey else { throw StorageError.refused("this answer can't be placed; send it again.") }
            let shape = ResponseShape(form: response.form, answers: response.answers, language: response.language)
            // A device's clock may be wrong; an answer can't come from the future.
            let occurred = min(response.occurred, now())
            let event = Event(
                agency: service.agency, service: service.id, journey: journey,
                source: response.channel == .kiosk ? "kiosk" : "form", sourceID: response.id, kind: .response,
                activity: "response", channel: response.channel, touchpoint: response.touchpoint?.text,
                actor: Actor(.person), occurred: occurred, attributes: shape.attributes)
            try event.check()
            var words = shape.words.map { VaultEntry(subject: .response(event), field: $0.field, text: $0.text) }
            for (question, bytes) in response.files {
                words.append(
                    VaultEntry(
                        subject: .response(event), field: question.text + ResponseShape.fileEnding,
                        text: Data(bytes).base64EncodedString()))
            }
            var events = [event]
            if response.form.standard == .outcome, response.code != nil,
                let solved = shape.attributes[JourneyState.Key.solved]
            {
                // The journey's own outcome: what it asks is what the form asked.
                var outcome = event
                (outcome.kind, outcome.activity, outcome.sourceID) = (.outcome, "outcome", event.sourceID + "/outcome")
                outcome.attributes = [JourneyState.Key.solved: solved]
                events.append(outcome)
            }
            _ = try await record.append(Submission(events: events, words: words))
        })
    }
}
