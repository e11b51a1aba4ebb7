extension FormCheck {
    /// Rules from outside the product, as far as a form can show that it keeps them.
    mutating func standardRules() {
        switch form.standard {
        case .own: break
        case .a11v1: sevenItems()
        case .a11v2: trustAndReasons()
        case .kiosk:
            let asked = form.questions.filter(\.isAsked)
            if asked.count != 1 || asked.first?.kind != .faces { rule(.kioskRating) }
        case .outcome:
            let wanted = Set(JourneyState.Solved.allCases.map(\.rawValue))
            let options = form.questions.first { $0.id.text == JourneyState.Key.solved && $0.kind == .single }?.options
            if Set((options ?? []).map(\.id.text)) != wanted { rule(.outcomeQuestion) }
        case .recruiting: consent()
        }
    }

    private mutating func rule(_ rule: StandardRule, _ thing: FormPlace.Thing = .form) {
        report(thing, .whole, .standard(rule))
    }

    /// A-11 Section 280 (2018–2023): satisfaction and trust with a comment, then the drivers.
    private mutating func sevenItems() {
        guard let first = form.pages.first else { return }
        let asked = first.questions.filter(\.isAsked)
        func has(_ driver: Question.Driver, in questions: [Question]) -> Bool {
            questions.contains { $0.driver == driver }
        }
        if asked.first?.driver != .satisfaction || asked.first?.required != true { rule(.satisfactionFirst) }
        if !asked.contains(where: { $0.driver == .trust && $0.required }) { rule(.trustFirst) }
        if !asked.contains(where: { $0.kind == .longText }) { rule(.commentFirst) }
        if form.pages.count > 1, !first.mayFinish { rule(.earlySubmission, .page(first.id)) }
        for question in form.questions where question.driver != nil && question.kind != .agreement {
            rule(.agreementOnly, .question(question.id))
        }
        let others: [Question.Driver] = [.transparency, .humanity, .employee]
        if ![Question.Driver.effectiveness, .ease, .efficiency].allSatisfy({ has($0, in: form.questions) })
            || !others.contains(where: { has($0, in: form.questions) })
        {
            rule(.driverMissing)
        }
    }

    /// A-11 Section 280 (from 2024): trust, and what lay behind it, by the side the person took.
    private mutating func trustAndReasons() {
        let trust = form.pages.first?.questions.first(where: \.isAsked)
        guard let trust, trust.driver == .trust, trust.required, trust.kind == .thumbs || trust.kind == .agreement
        else {
            return rule(.trustQuestion)
        }
        var sides: [Slug] = []
        for (name, missing) in [("positive", StandardRule.positiveMissing), ("negative", .negativeMissing)] {
            guard let question = form.questions.first(where: { $0.id.text == name && $0.kind == .multiple }) else {
                rule(missing)
                continue
            }
            let options = Set(question.options.map(\.id.text))
            if !options.isSuperset(of: ["effectiveness", "ease"]) {
                rule(.effectivenessAndEase, .question(question.id))
            }
            sides.append(question.id)
        }
        guard sides.count == 2 else { return }
        for answer in trust.kind.type.possibleAnswers(trust) ?? [] {
            let visible = FormWalk(form, [trust.id: [answer]]).visible
            let isPositive = answer == "up" || answer == "4" || answer == "5"
            let wanted = isPositive ? sides[0] : sides[1]
            let other = isPositive ? sides[1] : sides[0]
            if !visible.contains(wanted) { return rule(.branchesNotAsked, .question(trust.id)) }
            if visible.contains(other) { return rule(.branchesOverlap, .question(trust.id)) }
        }
    }

    /// Nobody is asked for an address before they agreed to be written to.
    private mutating func consent() {
        let asked = form.questions.filter(\.isAsked)
        let consent = asked.firstIndex { $0.id.text == "consent" && $0.kind == .single && $0.required }
        let contact = asked.firstIndex { $0.kind == .email || $0.kind == .phone }
        if consent == nil || contact.map({ $0 < consent ?? .max }) ?? false { rule(.consentMissing) }
    }
}
