/// How an entry is kept in the record: an event of kind `promise`, its activity the entry's name.
///
/// | activity | attributes |
/// |---|---|
/// | promise.armed | `unit`, `amount`, `calendar` (id@version), `probability`, `basis`, `likely`?, `eight_of_ten`?, `nine_of_ten`? |
/// | promise.paused | `pause`, `waiting_for` (person, partner, law, other), `holder`? |
/// | promise.resumed | `pause` |
/// | promise.repromised | `unit` and `amount`, or `due`; `reason`, `told` |
/// | promise.met, promise.broken | – |
/// | promise.withdrawn | `reason` |
/// | promise.reprojected | `calendar`, `reason` |
extension PromiseEntry {
    package var activity: String {
        switch self {
        case .armed: "promise.armed"
        case .paused: "promise.paused"
        case .resumed: "promise.resumed"
        case .repromised: "promise.repromised"
        case .met: "promise.met"
        case .broken: "promise.broken"
        case .withdrawn: "promise.withdrawn"
        case .reprojected: "promise.reprojected"
        }
    }

    package var attributes: [String: AttributeValue] {
        switch self {
        case .armed(let terms):
            var values = PromiseEntry.attributes(of: terms.budget)
            values["calendar"] = .text(terms.calendar.description)
            values["probability"] = .number(terms.probability)
            values["basis"] = .text(terms.basis)
            if let likely = terms.likely { values["likely"] = .text(likely.rfc3339) }
            if let date = terms.eightOfTen { values["eight_of_ten"] = .text(date.rfc3339) }
            if let date = terms.nineOfTen { values["nine_of_ten"] = .text(date.rfc3339) }
            return values
        case .paused(let id, let waitingFor, let holder):
            var values: [String: AttributeValue] = ["pause": .text(id), "waiting_for": .text(waitingFor.rawValue)]
            if let holder { values["holder"] = .text(holder) }
            return values
        case .resumed(let pauseID): return ["pause": .text(pauseID)]
        case .repromised(let commitment, let reason, let told):
            var values: [String: AttributeValue]
            switch commitment {
            case .budget(let budget): values = PromiseEntry.attributes(of: budget)
            case .due(let due): values = ["due": .text(due.rfc3339)]
            }
            values["reason"] = .text(reason)
            values["told"] = .boolean(told)
            return values
        case .met, .broken: return [:]
        case .withdrawn(let reason): return ["reason": .text(reason)]
        case .reprojected(let calendar, let reason):
            return ["calendar": .text(calendar.description), "reason": .text(reason)]
        }
    }

    private static func attributes(of budget: Budget) -> [String: AttributeValue] {
        ["unit": .text(budget.unit), "amount": .integer(budget.amount)]
    }

    package init(event: Event) throws(PromiseProblem) {
        guard event.kind == .promise else { throw .notAPromise(event.kind) }
        try self.init(activity: event.activity, attributes: event.attributes)
    }

    package init(activity: String, attributes: [String: AttributeValue]) throws(PromiseProblem) {
        let read = PromiseAttributes(values: attributes)
        switch activity {
        case "promise.armed":
            guard let probability = attributes["probability"]?.number else { throw .missing(attribute: "probability") }
            guard probability >= 0, probability <= 1 else { throw .badProbability }
            self = .armed(
                PromiseTerms(
                    budget: try read.budget(), calendar: try read.calendar(), probability: probability,
                    likely: try read.instant("likely"), eightOfTen: try read.instant("eight_of_ten"),
                    nineOfTen: try read.instant("nine_of_ten"), basis: try read.text("basis")))
        case "promise.paused":
            let word = try read.text("waiting_for")
            guard let waitingFor = ClockHolder(rawValue: word) else { throw .unreadable(attribute: "waiting_for") }
            self = .paused(id: try read.text("pause"), waitingFor: waitingFor, holder: attributes["holder"]?.plain)
        case "promise.resumed": self = .resumed(pauseID: try read.text("pause"))
        case "promise.repromised":
            let due = try read.instant("due")
            let commitment: PromiseCommitment = if let due { .due(due) } else { .budget(try read.budget()) }
            self = .repromised(commitment, reason: try read.text("reason"), told: attributes["told"] == .boolean(true))
        case "promise.met": self = .met
        case "promise.broken": self = .broken
        case "promise.withdrawn": self = .withdrawn(reason: try read.text("reason"))
        case "promise.reprojected":
            self = .reprojected(try read.calendar(), reason: try read.text("reason"))
        default: throw .unknownActivity(activity)
        }
    }
}

private struct PromiseAttributes {
    let values: [String: AttributeValue]

    func text(_ key: String) throws(PromiseProblem) -> String {
        guard let value = values[key] else { throw .missing(attribute: key) }
        return value.plain
    }

    func instant(_ key: String) throws(PromiseProblem) -> Instant? {
        guard let value = values[key] else { return nil }
        guard let instant = Instant(rfc3339: value.plain) else { throw .unreadable(attribute: key) }
        return instant
    }

    func calendar() throws(PromiseProblem) -> CalendarReference {
        guard let calendar = CalendarReference(try text("calendar")) else { throw .unreadable(attribute: "calendar") }
        return calendar
    }

    func budget() throws(PromiseProblem) -> Budget {
        guard let amount = values["amount"]?.integer else { throw .missing(attribute: "amount") }
        guard let budget = Budget(unit: try text("unit"), amount: amount) else { throw .unreadable(attribute: "unit") }
        return budget
    }
}
