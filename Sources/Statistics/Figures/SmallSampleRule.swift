/// Which counts are too small to show, and to whom.
///
/// Staff: below 10 nothing, 10-29 marked as low reliability. Public: below 11 nothing at all, not even the count.
/// Reference: CMS cell size suppression policy (1-10 not shown); METHODS of the project, section 4. For published
/// proportions apply ``PresentationStandard`` on top. Suppression of one cell is not enough in a table: see
/// ``TableSuppression``.
package enum SmallSampleRule: String, Sendable, Codable, CaseIterable {
    case staff
    case publicFigures = "public"

    /// Smallest n of which anything is shown.
    package var smallestShown: Int { self == .staff ? 10 : 11 }

    /// Smallest n shown without a mark.
    package var smallestReliable: Int { 30 }

    /// The flag for n people; with weights the smaller of n and effective n counts.
    package func flag(n: Int, effectiveN: Double? = nil) -> Figure.Flag {
        guard n >= smallestShown else { return .suppressed }
        let reliable = n >= smallestReliable && (effectiveN ?? .infinity) >= Double(smallestReliable)
        return reliable ? .ok : .lowReliability
    }
}

extension Figure {
    /// The figure as `rule` allows it to be shown. Only ever hides more: a suppressed figure stays suppressed.
    package func applying(_ rule: SmallSampleRule) -> Figure {
        guard let n else { return self }
        var result = self
        switch rule.flag(n: n, effectiveN: effectiveN) {
        case .suppressed: result.suppress(hidingCount: rule == .publicFigures)
        case .lowReliability where flag == .ok: result.flag = .lowReliability
        default: break
        }
        return result
    }

    /// The figure with nothing left to show.
    package func suppressed(hidingCount: Bool = false) -> Figure {
        var result = self
        result.suppress(hidingCount: hidingCount)
        return result
    }

    private mutating func suppress(hidingCount: Bool) {
        value = nil
        interval = nil
        flag = .suppressed
        guard hidingCount else { return }
        n = nil
        effectiveN = nil
    }
}
