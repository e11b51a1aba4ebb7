/// The correlations driver importance is computed from.
package struct DriverCorrelations: Sendable, Equatable {
    /// Among the drivers.
    package let among: Matrix
    /// Of each driver with the outcome.
    package let withOutcome: [Double]

    package var count: Int { withOutcome.count }

    /// From matrices given elsewhere; throws ``DriverError`` for shapes that do not fit or a singular matrix.
    package init(among: [[Double]], withOutcome: [Double]) throws(DriverError) {
        guard let matrix = Matrix(among), matrix.isSquare, matrix.rows == withOutcome.count, !withOutcome.isEmpty,
            withOutcome.allSatisfy(\.isFinite), matrix.elements.allSatisfy(\.isFinite)
        else { throw .malformed }
        guard withOutcome.count <= 15 else { throw .tooManyDrivers(withOutcome.count) }
        guard let factor = CholeskyFactor(matrix), Self.isWellSeparated(factor) else { throw .collinear }
        self.among = matrix
        self.withOutcome = withOutcome
    }

    /// From rows of outcome first, then drivers; complete rows only.
    ///
    /// Throws when fewer than three rows more than drivers exist, a column is constant, or drivers are collinear. For a ranking
    /// to be shown at least 200 complete answers are wanted.
    package init(rows: [[Double]]) throws(DriverError) {
        guard let width = rows.first?.count, width >= 2, rows.allSatisfy({ $0.count == width }),
            rows.allSatisfy({ $0.allSatisfy(\.isFinite) })
        else { throw rows.isEmpty ? .tooFewRows(have: 0, need: 3) : .malformed }
        guard rows.count >= width + 2 else { throw .tooFewRows(have: rows.count, need: width + 2) }
        let n = Double(rows.count)
        var centred: [[Double]] = []
        for column in 0..<width {
            let mean = rows.reduce(0) { $0 + $1[column] } / n
            let values = rows.map { $0[column] - mean }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 1e-12 * (abs(mean) + 1) * n.squareRoot(), length.isFinite
            else { throw .constantColumn(column) }
            centred.append(values.map { $0 / length })
        }
        func correlation(_ i: Int, _ j: Int) -> Double {
            zip(centred[i], centred[j]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let among = (1..<width).map { i in (1..<width).map { j in i == j ? 1 : correlation(i, j) } }
        try self.init(among: among, withOutcome: (1..<width).map { correlation(0, $0) })
    }

    /// A pivot below 1e-9 is a variance inflation above a thousand million: nothing can be told apart.
    private static func isWellSeparated(_ factor: CholeskyFactor) -> Bool {
        (0..<factor.lower.rows).allSatisfy { factor.lower[$0, $0] * factor.lower[$0, $0] > 1e-9 }
    }

    /// R² of the outcome on a subset of drivers, given as bits.
    func rSquared(of subset: Int) -> Double {
        let chosen = (0..<count).filter { subset >> $0 & 1 == 1 }
        guard !chosen.isEmpty else { return 0 }
        let right = chosen.map { withOutcome[$0] }
        guard let solution = CholeskyFactor(among.submatrix(rows: chosen, columns: chosen))?.solve(right)
        else { return 0 }
        return zip(right, solution).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
