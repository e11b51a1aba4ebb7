/// How one answer of 1-5 becomes a score of 0-100.
package enum RatingScore: String, Sendable, CaseIterable, Codable {
    /// 100(x - 1)/4. The default: more sensitive to change.
    case mean
    /// 100 where x is 4 or 5. Easier to read; shown beside the mean.
    case top2
    /// 50 for neither, 100 for 4-5, 0 for 1-2.
    case net

    /// Scores of the answers 1…5.
    package var scores: [Double] {
        switch self {
        case .mean: [0, 25, 50, 75, 100]
        case .top2: [0, 0, 0, 100, 100]
        case .net: [0, 0, 50, 100, 100]
        }
    }
}
