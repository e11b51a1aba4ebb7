/// Answers on a 1-5 scale: one column a driver, one row a respondent, 0 where an item was not answered.
package struct RatingTable: Sendable, Equatable {
    package let drivers: [String]
    /// `columns[driver][respondent]`, 1-5 or 0.
    package let columns: [[UInt8]]
    /// One weight a respondent, nil when all count alike.
    package let weights: [Double]?

    package var respondents: Int { columns.first?.count ?? 0 }

    /// Why answers cannot be scored.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case wrongNumberOfAnswers(row: Int)
        case outsideScale(row: Int, driver: String)
        case wrongNumberOfWeights
        case badWeight(row: Int)

        package var description: String {
            switch self {
            case .wrongNumberOfAnswers(let row): "row \(row) has not one answer for each driver"
            case .outsideScale(let row, let driver): "row \(row): “\(driver)” must be 1 to 5 or missing"
            case .wrongNumberOfWeights: "give one weight for each respondent"
            case .badWeight(let row): "the weight of row \(row) must be a finite number of at least 0"
            }
        }
    }

    /// From rows of answers, nil for an item not answered.
    package init(drivers: [String], rows: [[Int?]], weights: [Double]? = nil) throws(Failure) {
        var columns = drivers.map { _ in [UInt8]() }
        for (index, row) in rows.enumerated() {
            guard row.count == drivers.count else { throw .wrongNumberOfAnswers(row: index) }
            for (driver, answer) in row.enumerated() {
                guard answer.map({ (1...5).contains($0) }) ?? true else {
                    throw .outsideScale(row: index, driver: drivers[driver])
                }
                columns[driver].append(UInt8(answer ?? 0))
            }
        }
        if let weights {
            guard weights.count == rows.count else { throw .wrongNumberOfWeights }
            for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
                throw .badWeight(row: index)
            }
        }
        self.drivers = drivers
        self.columns = columns
        self.weights = weights
    }
}
