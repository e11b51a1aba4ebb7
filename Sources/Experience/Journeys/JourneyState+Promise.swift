extension JourneyState {
    /// Lines past this many have no effect: a promise moved more often than this is an error of its source, and
    /// must not make every later event of the journey dearer.
    package static let promiseLineLimit = 400

    /// The state of a journey from all its events, in the order of the record; nil for none.
    package static func fold(
        _ events: some Sequence<RecordedEvent>, definition: ServiceDefinition?, calendars: CalendarSet
    ) -> JourneyState? {
        var state: JourneyState?
        for event in events {
            if state == nil {
                state = JourneyState(first: event, definition: definition)
            } else {
                state?.apply(event, definition: definition)
            }
        }
        state?.settle(calendars: calendars)
        return state
    }

    /// Takes up what an event means for the promise: an entry of its ledger, the promised step, a step at which the
    /// service's rule stops or starts the clock, a close or a reopening.
    mutating func notePromise(_ event: Event, definition: ServiceDefinition?) {
        switch event.kind {
        case .promise:
            guard let entry = try? PromiseEntry(event: event) else { return }
            note(.entry(entry), at: event.occurred)
        case .step:
            guard let definition, let rule = definition.promise, let step = definition.step(named: event.activity)
            else { return }
            if step.id == rule.to { note(.reached, at: event.occurred) }
            for pause in rule.pauses {
                if pause.at == step.id {
                    note(.waits(key: pause.at.text, for: ClockHolder(pause.waitingFor)), at: event.occurred)
                }
                if pause.until == step.id { note(.goesOn(key: pause.at.text), at: event.occurred) }
            }
            if step.closes, step.id != rule.to { note(.closed(result: event.activity), at: event.occurred) }
        case .closed:
            let result = event.attributes[Key.result]?.plain ?? event.activity
            note(.closed(result: result), at: event.occurred)
        case .reopened: note(.reopened, at: event.occurred)
        case .contact, .response, .offer, .outcome: break
        }
    }

    private mutating func note(_ meaning: PromiseLine.Meaning, at instant: Instant) {
        guard promiseLines.count < JourneyState.promiseLineLimit else { return }
        promiseLines.append(PromiseLine(at: instant, meaning: meaning))
    }

    /// A date was given on this journey, so its clock must be kept.
    package var hasPromise: Bool {
        promiseLines.contains { if case .entry(.armed) = $0.meaning { true } else { false } }
    }

    /// Reads the promise's clock from its lines. The result depends on the lines alone, not on how often or when
    /// this is called.
    package mutating func settle(calendars: CalendarSet) {
        promise = PromiseClock(lines: promiseLines, calendars: calendars)
    }
}

extension PromiseClock {
    /// The clock that a journey's lines leave, in whatever order they came; nil while none of them arms it.
    package init?(lines: [PromiseLine], calendars: CalendarSet) {
        guard lines.contains(where: { if case .entry(.armed) = $0.meaning { true } else { false } }) else { return nil }
        let ordered = lines.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        var ledger: [PromiseClock.Line] = []
        var begun: [String: Int] = [:]
        var waiting: [String: [String]] = [:]
        var closes: [Int] = []
        for (_, line) in ordered {
            func add(_ entry: PromiseEntry) { ledger.append(PromiseClock.Line(at: line.at, entry: entry)) }
            switch line.meaning {
            case .entry(let entry): add(entry)
            case .waits(let key, let holder):
                let number = begun[key, default: 0] + 1
                begun[key] = number
                let id = "\(key)#\(number)"
                waiting[key, default: []].append(id)
                add(.paused(id: id, waitingFor: holder, holder: nil))
            case .goesOn(let key):
                for id in waiting.removeValue(forKey: key) ?? [] { add(.resumed(pauseID: id)) }
            case .reached: add(.met)
            case .closed(let result):
                closes.append(ledger.count)
                add(.withdrawn(reason: result))
            case .reopened:
                for position in closes.reversed() { ledger.remove(at: position) }
                closes = []
            }
        }
        self.init(ledger: ledger, calendars: calendars)
    }

    /// The clock that a whole ledger leaves, read once. Lines must be in the order of occurrence.
    init(ledger: [Line], calendars: CalendarSet) {
        self.init()
        self.ledger = ledger
        _ = replay(calendars, watching: -1)
    }
}
