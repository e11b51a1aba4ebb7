/// Why weights cannot be raked, in words that say what to do.
package enum RakingError: Error, Hashable, Sendable, CustomStringConvertible {
    case noRespondents
    case marginTotalsDiffer(Double, Double)
    case badTarget(variable: String, level: String)
    case badBaseWeight(row: Int)
    case wrongNumberOfLevels(variable: String)
    case unknownLevel(variable: String, level: String)
    case levelWithoutRespondents(variable: String, level: String)
    case notConverged(iterations: Int)

    package var description: String {
        switch self {
        case .noRespondents: "there are no respondents to weight"
        case .marginTotalsDiffer(let first, let second):
            "margin totals differ (\(Self.plain(first)) vs \(Self.plain(second)))"
        case .badTarget(let variable, let level):
            "“\(variable)”, level “\(level)”: give each level one total of at least 0, and the variable a total above 0"
        case .badBaseWeight(let row): "the base weight of row \(row) must be a finite positive number"
        case .wrongNumberOfLevels(let variable): "“\(variable)” needs one entry for each respondent and each total"
        case .unknownLevel(let variable, let level): "“\(variable)” has no total for the level “\(level)”"
        case .levelWithoutRespondents(let variable, let level):
            "“\(variable)”, level “\(level)” has no respondents: collapse it with a neighbour"
        case .notConverged(let iterations): "the margins did not settle in \(iterations) rounds: collapse small levels"
        }
    }

    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }
}
