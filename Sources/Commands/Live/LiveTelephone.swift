internal import Analyses
internal import Channels
package import Experience
package import Site
package import Storage

/// Conversations over the record: every turn is one transaction, named by the carrier's id of the message.
package struct LiveTelephone: Sendable {
    let record: Record
    let services: @Sendable () -> [ServiceDefinition]
    let now: @Sendable () -> Instant
    let freshID: @Sendable () -> String

    package init(
        record: Record, services: @escaping @Sendable () -> [ServiceDefinition],
        now: @escaping @Sendable () -> Instant, freshID: @escaping @Sendable () -> String
    ) {
        self.record = record
        self.services = services
        self.now = now
        self.freshID = freshID
    }

    package var desk: TelephoneDesk { TelephoneDesk(message: message, keys: keys) }

    private func message(_ agency: AgencyID, _ id: String, _ from: String, _ body: String) async throws -> String {
        let services = services().filter { $0.agency == agency }
        let taker = ConversationTaker(services: services, medium: .sms, now: now(), freshID: freshID())
        // As carriers write it, so that a number typed into a request and the same one writing to us are one person.
        let number = PhoneNumber(from)?.text ?? from
        return try await record.converse(message: id, person: number, channel: .sms, agency: agency) {
            (standing, isStopped) throws(StorageError) in
            var turn = try turn(taker.take(body, standing: standing, isStopped: isStopped), standing, services, .sms)
            if let answer = turn.submission?.events.first {
                // To reply to what they said; forgotten with the originals.
                turn.words.append(
                    VaultEntry(subject: .response(answer), field: Reach.smsField, text: number))
            }
            return turn
        }
    }

    private func keys(
        _ agency: AgencyID, _ call: String, _ from: String, _ turn: Int, _ asked: TelephoneDesk.KeysAsked
    ) async throws -> String {
        let services = services().filter { $0.agency == agency }
        let taker = ConversationTaker(services: services, medium: .keys, now: now(), freshID: freshID())
        guard let service = services.first(where: { $0.id == asked.service }),
            let touchpoint = service.touchpoints.first(where: { $0.id == asked.touchpoint }),
            let plan = touchpoint.ask, let form = service.forms.first(where: { $0.id == plan.form })
        else { throw StorageError.refused("this number asks nothing; check the address configured for calls.") }
        var offer: String?
        if turn == 0 {
            // A call is a transaction; whoever hears the first question was asked.
            let decision = try await record.offer(
                OfferAsk(
                    agency: agency, service: service.id, form: form.id, channel: .phone, touchpoint: touchpoint.id,
                    solicited: .invited, person: from, transaction: "call:\(call)", rules: plan.rules, at: now()))
            guard decision.isOpen else {
                return TwiML.farewell("", language: asked.language)
            }
            offer = try record.transactionKey("call:\(call)", service: service.id, agency: agency)
        }
        let key = offer
        return try await record.converse(
            message: "\(call)/\(turn)", person: "\(from)/\(call)", channel: .phone, agency: agency
        ) { (standing, _) throws(StorageError) in
            let step: ConversationStep
            if let standing, turn > 0 {
                step = taker.press(asked.digits, standing: standing)
            } else {
                step = taker.begin(
                    service, form, touchpoint.id, asked.language, solicited: .invited, offer: key)
            }
            var taken = try self.turn(step, standing, services, .keys)
            taken.reply =
                step.digits.map {
                    TwiML.gather(step.reply, digits: $0, action: asked.action, language: step.language)
                } ?? TwiML.farewell(step.reply, language: step.language)
            return taken
        }
    }

    /// A step of the script as the store keeps it.
    private func turn(
        _ step: ConversationStep, _ standing: Conversation?, _ services: [ServiceDefinition], _ route: ChannelRoute
    ) throws(StorageError) -> ConversationTurn {
        var turn = ConversationTurn(reply: step.reply, conversation: step.conversation, stops: step.stops)
        let conversation = step.conversation ?? step.finished?.conversation ?? standing
        if let words = step.words, let conversation,
            let service = services.first(where: { $0.id == conversation.service })
        {
            let subject = VaultSubject.response(
                source: route.source, sourceID: conversation.id, agency: service.agency)
            let read = IntakeWords(words.text)
            turn.words.append(VaultEntry(subject: subject, field: words.field.text, text: read.shown))
            if let original = read.original {
                turn.words.append(
                    VaultEntry(
                        subject: subject, field: ResponseSubmission.originalPrefix + words.field.text, text: original))
            }
        }
        if let finished = step.finished,
            let service = services.first(where: { $0.id == finished.conversation.service }),
            let form = service.forms.first(where: { $0.id == finished.conversation.form })
        {
            turn.submission = try submission(finished, service, form, route)
        }
        return turn
    }

    private func submission(
        _ finished: ConversationStep.Finished, _ service: ServiceDefinition, _ form: FormDefinition,
        _ route: ChannelRoute
    ) throws(StorageError) -> Submission {
        let conversation = finished.conversation
        guard
            let journey = conversation.journey
                ?? JourneyID.unattached(conversation.touchpoint?.text ?? form.id.text)
        else { throw .refused("this conversation belongs to no journey and no touchpoint.") }
        let shape = ResponseShape(form: form, answers: finished.answers, language: conversation.language)
        let event = Event(
            agency: service.agency, service: service.id, journey: journey, source: route.source,
            sourceID: conversation.id, kind: .response, activity: "response", channel: route.channel,
            touchpoint: conversation.touchpoint?.text, actor: Actor(.person), occurred: conversation.updated,
            attributes: shape.attributes)
        let response = NewResponse(
            id: conversation.id, service: service, form: form, answers: finished.answers, channel: route.channel,
            touchpoint: conversation.touchpoint, code: nil, occurred: conversation.updated,
            language: conversation.language,
            intake: ResponseIntake(route, solicited: conversation.solicited, offer: conversation.offer))
        return try ResponseSubmission(record: record).make(response, event, words: [])
    }
}
