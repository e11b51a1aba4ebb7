/// Why drivers cannot be ranked.
package enum DriverError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Two drivers say the same: their shares cannot be told apart.
    case collinear
    /// More answers are needed than there are.
    case tooFewRows(have: Int, need: Int)
    /// A driver or the outcome never changes.
    case constantColumn(Int)
    /// Shares are exact sums over 2ᵖ subsets: up to 15 drivers.
    case tooManyDrivers(Int)
    /// Ragged rows, no driver, or a number that is not finite.
    case malformed

    package var description: String {
        switch self {
        case .collinear: "collinear drivers: merge or drop one"
        case .tooFewRows(let have, let need): "\(have) complete answers, at least \(need) are needed"
        case .constantColumn(let column): "column \(column) never changes: leave it out"
        case .tooManyDrivers(let count): "\(count) drivers: choose 15 or fewer"
        case .malformed: "rows differ in length, hold no driver, or hold a number that is not finite"
        }
    }
}
