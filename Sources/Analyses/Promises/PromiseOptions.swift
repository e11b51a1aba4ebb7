/// How the promise model learns. The defaults are those of the back-test on real orders; see the method's page.
package struct PromiseOptions: Sendable, Hashable {
    /// The share of promises to be kept, 0.5–0.999.
    package var confidence = 0.95
    /// Journeys that started within so many days count for the conformal correction.
    package var window = 400
    /// As many days of it are walked through; expectations of journeys begun before are made out of sample at once.
    /// Nil = all of it.
    package var walk: Int?
    /// Half-life, in days, of a journey's weight in that correction.
    package var scoreHalfLife = 90.0
    /// Half-life, in days, of a finished journey's weight when effects are fitted.
    package var halfLife = 150.0
    /// Effects are fitted again after so many days, if finished journeys have grown by a hundredth.
    package var refitAfter = 5
    /// Until so many have finished, expectations of journeys already begun are made again with every fit (out of sample).
    package var mature = 300
    /// Finished journeys needed before a date is given at all; more where the confidence needs more.
    package var fewest = 30
    /// Whether the queue ahead on the day may count (how many are open, against how many end a day): it does where it
    /// foretold later journeys of the history.
    package var looksAhead = true
    /// The last so many days are compared with what was expected of them (observed ÷ expected endings)…
    package var paceDays = 21
    /// …shrunk towards 1 by so many endings.
    package var paceWeight = 10.0
    /// Journeys open past this multiple of their expected time are taken for ones that will not end (lost, cancelled
    /// without a word); the curve is normalised to the endings seen by then.
    package var longest = 6.0
    /// As many journeys as `fewest` must have been followed for this multiple of the usual time (on the offset scale).
    package var followUp = 2.5
    /// Groups by the first attribute get a curve of their own from this many finished journeys on…
    package var smallestGroup = 60
    /// …in which all other journeys together weigh as much as so many; infinite = one curve for all.
    package var groupPrior = Double.infinity
    /// A warning is given when the probability of breaking, from now, reaches this.
    package var warnAt = 0.35

    package init() {}
}
