/// One thing that moved a journey's promise: an entry the source sent, or what a step of the service means for it.
package struct PromiseLine: Hashable, Sendable {
    package enum Meaning: Hashable, Sendable {
        /// Sent as an event of kind `promise`.
        case entry(PromiseEntry)
        /// A step at which the rule stops the clock; the key is that step's id.
        case waits(key: String, for: ClockHolder)
        /// The step that ends the wait of that key.
        case goesOn(key: String)
        /// The step that was promised.
        case reached
        /// The journey was closed without it: nothing is owed any more.
        case closed(result: String)
        /// Opened again: an earlier close no longer ends the promise.
        case reopened
    }

    package var at: Instant
    package var meaning: Meaning

    package init(at: Instant, meaning: Meaning) {
        self.at = at
        self.meaning = meaning
    }
}

extension ClockHolder {
    /// Whom a step's rule waits for, in the clock's words.
    package init(_ role: Actor.Role) {
        switch role {
        case .person: self = .person
        case .partner: self = .partner
        case .staff, .system, .unknown: self = .other
        }
    }
}
