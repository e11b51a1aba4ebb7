package import Experience

/// What one message makes of a conversation, before it is stored.
package struct ConversationStep: Sendable {
    package var reply: String
    /// For a call: the keys the reply waits for; nil when it ends here.
    package var digits: Int?
    package var language: Language
    package var conversation: Conversation?
    /// A person's words to a question: for the vault, under the conversation's id.
    package var words: (field: Slug, text: String)?
    /// The answers, at the end.
    package var finished: Finished?
    package var stops: Bool?

    package struct Finished: Sendable {
        package var conversation: Conversation
        package var answers: [Slug: KeptAnswer]
    }

    init(_ reply: String, _ language: Language) {
        self.reply = reply
        self.language = language
    }
}

/// Takes messages over a form. Pure: services, clock and ids are given.
package struct ConversationTaker: Sendable {
    let services: [ServiceDefinition]
    let medium: ConversationScript.Medium
    let now: Instant
    /// The id of a conversation that begins now.
    let freshID: String

    /// A conversation nobody went on with is over after a day; a call after an hour.
    package static func isStale(_ conversation: Conversation, _ medium: ConversationScript.Medium, now: Instant) -> Bool
    {
        now.seconds(since: conversation.updated) > (medium == .sms ? 86_400 : 3_600)
    }

    package init(
        services: [ServiceDefinition], medium: ConversationScript.Medium, now: Instant, freshID: String
    ) {
        self.services = services
        self.medium = medium
        self.now = now
        self.freshID = freshID
    }

    /// Takes a text message.
    package func take(_ body: String, standing: Conversation?, isStopped: Bool) -> ConversationStep {
        let text = ConversationScript.plain(body)
        let word = text.uppercased()
        let standing = standing.flatMap { Self.isStale($0, medium, now: now) ? nil : $0 }
        let language = standing?.language ?? ConversationTaker.language(of: word)
        if ReservedWords.stop.contains(word) {
            var step = ConversationStep(ConversationWords.stopped[language], language)
            step.stops = true
            return step
        }
        if ReservedWords.help.contains(word) {
            let agency = standing.flatMap { service($0.service) }?.agencyName ?? services.first?.agencyName
            let spoken: Language = word == "AYUDA" ? .es : language
            var step = ConversationStep(
                ConversationWords.help(agency ?? LocalText(en: "", es: ""))[spoken], spoken)
            step.conversation = standing
            return step
        }
        if ReservedWords.start.contains(word), isStopped {
            var step = ConversationStep(ConversationWords.started[language], language)
            step.stops = false
            return step
        }
        // A keyword begins anew, also for somebody who said STOP before: it is their own word.
        if let (service, touchpoint) = keyword(word), let plan = touchpoint.ask,
            let form = service.forms.first(where: { $0.id == plan.form })
        {
            var step = begin(
                service, form, touchpoint.id, standing?.language ?? .en, solicited: .volunteered)
            if isStopped { step.stops = false }
            return step
        }
        guard !isStopped else { return ConversationStep("", language) }
        guard let standing, let service = service(standing.service),
            let form = service.forms.first(where: { $0.id == standing.form })
        else {
            return ConversationStep(ConversationWords.unknown(keywords)[language], language)
        }
        if let other = ConversationTaker.languageWord(word), other != standing.language {
            var turned = standing
            turned.language = other
            turned.updated = now
            return ask(turned, form)
        }
        return answer(text, standing, form)
    }

    /// Begins a form with a person; the first question is the reply.
    package func begin(
        _ service: ServiceDefinition, _ form: FormDefinition, _ touchpoint: Slug?, _ language: Language,
        solicited: Solicitation, offer: String? = nil, journey: JourneyID? = nil
    ) -> ConversationStep {
        let conversation = Conversation(
            id: freshID, service: service.id, form: form.id, touchpoint: touchpoint, language: language,
            solicited: solicited, offer: offer, journey: journey, started: now, updated: now)
        var step = ask(conversation, form)
        if medium == .sms, step.conversation != nil {
            var about = [service.title[language]]
            if let collection = service.collection { about.append("OMB \(collection.controlNumber)") }
            let other = language == .en ? "Español: ES." : "English: EN."
            step.reply =
                about.joined(separator: " · ") + "\n" + step.reply + "\n"
                + ConversationWords.ends[language] + " " + other
        }
        return step
    }

    /// Takes the keys pressed in a call; nil for none yet.
    package func press(_ digits: String?, standing: Conversation) -> ConversationStep {
        guard let service = service(standing.service),
            let form = service.forms.first(where: { $0.id == standing.form })
        else { return ConversationStep(ConversationWords.unknown([])[standing.language], standing.language) }
        guard let digits, standing.question != nil else { return ask(standing, form) }
        return answer(digits, standing, form)
    }

    private func answer(_ text: String, _ standing: Conversation, _ form: FormDefinition) -> ConversationStep {
        let script = ConversationScript(form, medium, standing.language)
        var conversation = standing
        conversation.updated = now
        guard let question = standing.question.flatMap({ form.question($0) }) else { return ask(conversation, form) }
        var words: (field: Slug, text: String)?
        switch script.read(text, question) {
        case .value(let value): conversation.answers[question.id.text] = .text(value)
        case .words(let said):
            words = (field: question.id, text: said)
            conversation.answers[question.id.text] = .boolean(true)
        case .skipped: conversation.answers[question.id.text] = .boolean(false)
        case .notUnderstood:
            var step = ask(conversation, form)
            step.reply = ConversationWords.notUnderstood[standing.language] + (medium == .sms ? "\n" : " ") + step.reply
            return step
        }
        var step = ask(conversation, form)
        step.words = words
        return step
    }

    private func ask(_ conversation: Conversation, _ form: FormDefinition) -> ConversationStep {
        let script = ConversationScript(form, medium, conversation.language)
        guard let question = script.next(conversation) else {
            var step = ConversationStep(ConversationWords.thanks[conversation.language], conversation.language)
            if !conversation.answers.isEmpty {
                step.finished = .init(conversation: conversation, answers: script.kept(conversation))
            }
            return step
        }
        var asked = conversation
        asked.question = question.id
        asked.updated = now
        var step = ConversationStep(script.prompt(question), conversation.language)
        step.conversation = asked
        step.digits = question.kind == .number ? 9 : 1
        return step
    }

    private func service(_ id: ServiceID) -> ServiceDefinition? { services.first { $0.id == id } }

    private func keyword(_ word: String) -> (ServiceDefinition, ServiceDefinition.Touchpoint)? {
        for service in services {
            if let found = service.touchpoints.first(where: { $0.keyword == word }) { return (service, found) }
        }
        return nil
    }

    private var keywords: [String] { services.flatMap { $0.touchpoints.compactMap(\.keyword) } }

    /// "ES" and "EN" alone turn the conversation.
    private static func languageWord(_ word: String) -> Language? {
        switch word {
        case "ES", "ESPANOL", "ESPAÑOL": .es
        case "EN", "ENGLISH", "INGLES", "INGLÉS": .en
        default: nil
        }
    }

    private static func language(of word: String) -> Language {
        let spanish: Set<String> = [
            "ALTO", "PARAR", "PARE", "BAJA", "CANCELAR", "SALIR", "TERMINAR", "NO MAS", "INICIAR", "INICIO", "EMPEZAR",
            "COMENZAR", "AYUDA",
        ]
        return spanish.contains(word) ? .es : .en
    }
}
