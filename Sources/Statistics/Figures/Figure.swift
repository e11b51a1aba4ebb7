/// One number as it may be shown: never without its uncertainty, its n and its origin.
///
/// The one type pages, API, CLI and reports print. `value` and `interval` are nil exactly when `flag` says that there
/// is nothing to show, so a view cannot show a number by mistake; the flag says why. Reference: METHODS of the
/// project, “rules for every number”; flags follow NCHS practice (Parker et al. 2017).
package struct Figure: Sendable, Codable, Hashable {
    /// Why a figure is, or is not, shown.
    package enum Flag: String, Sendable, Codable, CaseIterable {
        /// Shown as it is.
        case ok
        /// Shown, marked; never ranked, never a cause for an alarm.
        case lowReliability = "low_reliability"
        /// Too few people stand behind it: neither value nor interval is kept.
        case suppressed
        /// The data end before the answer (“not within the longest time seen”).
        case notReached = "not_reached"
        /// No steady state exists (load at or above capacity): an overload is to be reported, not a wait.
        case noSteadyState = "no_steady_state"
    }

    /// A closed interval; ends may be infinite in meaning, then nil.
    package struct Interval: Sendable, Codable, Hashable {
        package var lower: Double?
        package var upper: Double?

        /// NaN and infinite ends become nil: “not bounded on this side”.
        package init(lower: Double?, upper: Double?) {
            self.lower = lower.flatMap { $0.isFinite ? $0 : nil }
            self.upper = upper.flatMap { $0.isFinite ? $0 : nil }
        }

        package var width: Double? {
            guard let lower, let upper else { return nil }
            return upper - lower
        }

        package func contains(_ value: Double) -> Bool {
            (lower.map { $0 <= value } ?? true) && (upper.map { value <= $0 } ?? true)
        }
    }

    /// How it was computed: the name is stable, the version changes when the same input would give another number.
    package struct Method: Sendable, Codable, Hashable {
        package var name: String
        package var version: Int

        package init(_ name: String, version: Int = 1) {
            self.name = name
            self.version = version
        }
    }

    /// What span of time it is about, as ISO 8601 days, both ends included; nil ends are open.
    package struct Period: Sendable, Codable, Hashable {
        package var from: String?
        package var through: String?

        package init(from: String? = nil, through: String? = nil) {
            self.from = from
            self.through = through
        }
    }

    package internal(set) var value: Double?
    package internal(set) var interval: Interval?
    /// Confidence level of the interval, 0-1.
    package var level: Double
    /// People or cases behind the number. Nil when even the count may not be told.
    package internal(set) var n: Int?
    /// n divided by the design effect of weights; nil when no weights were used.
    package internal(set) var effectiveN: Double?
    package var method: Method
    package var period: Period?
    package var isWeighted: Bool
    package internal(set) var flag: Flag

    /// A value that is not finite is never shown: it becomes `suppressed` when the flag said otherwise `ok`.
    package init(
        value: Double?, interval: Interval? = nil, level: Double = 0.95, n: Int, effectiveN: Double? = nil,
        method: Method, period: Period? = nil, isWeighted: Bool = false, flag: Flag = .ok
    ) {
        let finite = value.flatMap { $0.isFinite ? $0 : nil }
        let shown = flag == .ok || flag == .lowReliability
        self.value = shown ? finite : nil
        self.interval = shown && finite != nil ? interval : nil
        self.level = level
        self.n = n
        self.effectiveN = effectiveN.flatMap { $0.isFinite ? $0 : nil }
        self.method = method
        self.period = period
        self.isWeighted = isWeighted
        self.flag = shown && finite == nil ? .suppressed : flag
    }

    /// True when a value may be printed.
    package var isShown: Bool { value != nil }

    /// True when it may take part in a ranking or raise an alarm.
    package var mayBeRanked: Bool { flag == .ok && value != nil }
}
