import Experience

extension ServiceSimulation {
    /// How it went for the person: what their rating follows from.
    enum Treatment {
        case keptFirst, keptLast, broken, none
    }

    func treatment(_ index: Int) -> Treatment {
        let clock = cases[index].clock
        switch (clock.verdict(.first, now: now), clock.verdict(.last, now: now)) {
        case (.kept, _): return .keptFirst
        case (_, .kept): return .keptLast
        case (_, .broken): return .broken
        default: return .none
        }
    }

    mutating func offer(_ index: Int, form: Int) {
        let channel: Channel = definition.channels.contains(.sms) && random.chance(0.4) ? .sms : .email
        let id = definition.forms[form].id.text
        record(
            index, .offer, "offer", channel: channel, by: Actor(.system),
            [
                ResponseKey.form: .text(id), ResponseKey.solicited: .text(Solicitation.invited.rawValue),
                "probability": .number(1), "plan": .text(AskRules.standard.plan),
            ])
        // The very pleased and the very displeased answer more often.
        let odds =
            switch treatment(index) {
            case .broken: 0.34
            case .keptFirst: 0.29
            default: 0.24
            }
        if random.chance(odds) {
            let days = min(21, random.lognormal(median: 1.2, sigma: 1))
            agenda.plan(after(days: days), .response(case: index, form: form, channel: channel == .sms ? .sms : .web))
        }
    }

    mutating func respond(_ index: Int, form number: Int, channel: Channel) {
        let form = definition.forms[number]
        let rating = rate(index)
        var attributes: [String: AttributeValue] = [
            "form": .text(form.id.text), "form_version": .integer(Int64(form.version)),
            "language": .text(cases[index].language.rawValue), JourneyState.Key.rating: .integer(rating),
            ResponseKey.solicited: .text(Solicitation.invited.rawValue),
        ]
        var said: [(field: String, text: String)] = []
        for question in form.questions {
            switch question.kind {
            case .faces, .stars: attributes[question.id.text] = .integer(rating)
            case .agreement:
                let pull: Int64 = question.driver == .efficiency && treatment(index) == .broken ? -1 : 0
                let noise = random.pick([(-1 as Int64, 0.2), (0, 0.55), (1, 0.25)])
                attributes[question.id.text] = .integer(min(5, max(1, rating + noise + pull)))
            case .multiple:
                let troubles = troubles(index, question)
                if !troubles.isEmpty { attributes[question.id.text] = .text(troubles.joined(separator: ",")) }
            case .single:
                if !question.options.isEmpty {
                    attributes[question.id.text] = .text(question.options[random.below(question.options.count)].id.text)
                }
            case .longText, .shortText:
                if random.chance(rating <= 2 ? 0.55 : rating == 5 ? 0.3 : 0.2) {
                    let text = DemoVoices.sentence(
                        for: treatment(index), rating: rating, chased: cases[index].chases > 0,
                        faulty: cases[index].isFaulty, refused: cases[index].result == "denied",
                        cases[index].language, &random)
                    said.append((question.id.text, text))
                }
            case .thumbs, .number, .date, .email, .phone, .postcode, .matrix, .ranking, .file, .hidden, .info: break
            }
        }
        record(index, .response, "response", channel: channel, by: Actor(.person), attributes)
        let id = "\(cases[index].id.text)/\(cases[index].events)"
        for (field, text) in said {
            words.append(
                DemoWords(
                    agency: definition.agency, source: ServiceSimulation.source, sourceID: id, field: field, text: text)
            )
        }
    }

    /// Five faces, 1 to 5. Set so that kept dates are rated about 4.3 and broken ones about 2.2, as people rate them.
    private mutating func rate(_ index: Int) -> Int64 {
        let shares: [(Int64, Double)] =
            switch treatment(index) {
            case .keptFirst: [(1, 0.02), (2, 0.03), (3, 0.08), (4, 0.27), (5, 0.6)]
            case .keptLast: [(1, 0.08), (2, 0.14), (3, 0.28), (4, 0.32), (5, 0.18)]
            case .broken: [(1, 0.33), (2, 0.25), (3, 0.19), (4, 0.14), (5, 0.09)]
            case .none: [(1, 0.2), (2, 0.2), (3, 0.25), (4, 0.2), (5, 0.15)]
            }
        var rating = random.pick(shares)
        if cases[index].result == "denied", random.chance(0.55) { rating -= 1 }
        if cases[index].isFaulty, random.chance(0.8) { rating -= 2 }
        if cases[index].chases > 1, random.chance(0.3) { rating -= 1 }
        return min(5, max(1, rating))
    }

    private mutating func troubles(_ index: Int, _ question: Question) -> [String] {
        var found: [String] = []
        for option in question.options.map(\.id.text) {
            let holds =
                switch option {
                case "late": treatment(index) == .broken && random.chance(0.8)
                case "no-status": cases[index].chases > 0 && random.chance(0.6)
                case "wrong": cases[index].isFaulty && random.chance(0.6)
                case "damaged": cases[index].isFaulty && random.chance(0.4)
                default: random.chance(0.02)
                }
            if holds { found.append(option) }
        }
        return found
    }

    /// Asked of everyone, also of the refused; a good third answer.
    mutating func tellOutcome(_ index: Int) {
        guard random.chance(0.38) else { return }
        let shares: [(JourneyState.Solved, Double)]
        if cases[index].isGranted {
            if cases[index].isFaulty {
                shares = [(.yes, 0.15), (.partly, 0.35), (.no, 0.5)]
            } else if treatment(index) == .broken {
                shares = [(.yes, 0.6), (.partly, 0.26), (.no, 0.14)]
            } else {
                shares = [(.yes, 0.9), (.partly, 0.07), (.no, 0.03)]
            }
        } else {
            shares = [(.yes, 0.05), (.partly, 0.13), (.no, 0.82)]
        }
        let solved = random.pick(shares)
        let channel: Channel = definition.channels.contains(.sms) && random.chance(0.3) ? .sms : .web
        record(
            index, .outcome, "outcome", channel: channel, by: Actor(.person),
            [JourneyState.Key.solved: .text(solved.rawValue)])
    }

    /// One press on the faces by the door; it belongs to the place, not to a journey.
    mutating func pressKiosk(_ index: Int) {
        guard let kiosk = definition.touchpoints.first(where: { $0.channel == .kiosk }),
            let form = definition.forms.first(where: { $0.askAfter == nil }),
            let place = JourneyID.unattached(kiosk.id.text)
        else { return }
        let crowded = stations[0].backlogDays > 8
        let shares: [(Int64, Double)] =
            crowded
            ? [(1, 0.2), (2, 0.17), (3, 0.2), (4, 0.25), (5, 0.18)]
            : [(1, 0.06), (2, 0.07), (3, 0.13), (4, 0.32), (5, 0.42)]
        let rating = random.pick(shares)
        recordApart(
            Event(
                agency: definition.agency, service: definition.id, journey: place, source: ServiceSimulation.source,
                sourceID: "\(kiosk.id.text)/\(cases[index].id.text)", kind: .response, activity: "response",
                channel: .kiosk, touchpoint: kiosk.id.text, actor: Actor(.person), occurred: now,
                attributes: [
                    "form": .text(form.id.text), "form_version": .integer(Int64(form.version)),
                    JourneyState.Key.rating: .integer(rating), "simulated": .boolean(true),
                    ResponseKey.solicited: .text(Solicitation.kiosk.rawValue),
                ]))
    }
}
