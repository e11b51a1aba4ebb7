internal import Experience
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
            var attributes: [String: AttributeValue] = [
                "form": .text(response.form.id.text), "form_version": .integer(Int64(response.form.version)),
                "language": .text(response.language.rawValue),
            ]
            var words: [(String, String)] = []
            for question in response.form.questions {
                switch response.answers[question.id] {
                case .value(let value)?: attributes[question.id.text] = value
                case .choices(let choices)?: attributes[question.id.text] = .text(choices.joined(separator: ","))
                case .words(let text)?: words.append((question.id.text, text))
                case .some(.none), nil: break
                }
                if question.driver == .satisfaction, case .value(let value)? = response.answers[question.id] {
                    attributes[JourneyState.Key.rating] = value
                }
            }
            // A device's clock may be wrong; an answer can't come from the future.
            let occurred = min(response.occurred, now())
            let event = Event(
                agency: service.agency, service: service.id, journey: journey,
                source: response.channel == .kiosk ? "kiosk" : "form", sourceID: response.id, kind: .response,
                activity: "response", channel: response.channel, touchpoint: response.touchpoint?.text,
                actor: Actor(.person), occurred: occurred, attributes: attributes)
            try event.check()
            _ = try await record.append(
                Submission(
                    events: [event],
                    words: words.map { VaultEntry(subject: .response(event), field: $0.0, text: $0.1) }))
        })
    }
}
