/// One line of a promise's ledger. The ledger is append-only: a mistake is mended by a later line.
package enum PromiseEntry: Sendable, Hashable, Codable {
    /// A date was given and the clock started.
    case armed(PromiseTerms)
    /// The clock stands still. `id` is what ends it again; several pauses can be open at once.
    case paused(id: String, waitingFor: ClockHolder, holder: String?)
    case resumed(pauseID: String)
    /// A new date replaces the last one; the first stays as it was given. `told` = the person knows.
    case repromised(PromiseCommitment, reason: String, told: Bool)
    /// What was promised happened, at the entry's time: in time or late.
    case met
    /// The date passed without it. A note: the clock itself judges, and a late delivery is still `met`.
    case broken
    /// No longer owed: cancelled, abandoned, refused by the person.
    case withdrawn(reason: String)
    /// The calendar changed; open dates were worked out again by this version.
    case reprojected(CalendarReference, reason: String)
}

/// What a promise was given as.
package struct PromiseTerms: Sendable, Hashable, Codable {
    package var budget: Budget
    package var calendar: CalendarReference
    /// The share of such promises expected to be kept, 0–1.
    package var probability: Double
    /// When it is likely to happen (the middle of the forecast), where one was given.
    package var likely: Instant?
    /// By when eight, and nine, of ten such requests were expected to be done, where that was said too: held against
    /// what happened, so that the odds themselves can be judged.
    package var eightOfTen: Instant?
    package var nineOfTen: Instant?
    /// Where the date comes from, in words: the method and its counts, or the declared standard.
    package var basis: String

    package init(
        budget: Budget, calendar: CalendarReference, probability: Double, likely: Instant? = nil,
        eightOfTen: Instant? = nil, nineOfTen: Instant? = nil, basis: String
    ) {
        self.budget = budget
        self.calendar = calendar
        self.probability = probability
        self.likely = likely
        self.eightOfTen = eightOfTen
        self.nineOfTen = nineOfTen
        self.basis = basis
    }
}

package enum PromiseCommitment: Sendable, Hashable, Codable {
    /// Runs from the re-promise, by the promise's calendar.
    case budget(Budget)
    /// A fixed moment. A pause after it was given moves it by the opening hours lost.
    case due(Instant)
}

/// Whom the case waits for, while our clock stands still.
package enum ClockHolder: String, CaseIterable, Sendable, Codable, Hashable {
    case person, partner, law, other
}
