/// Non-negative matrix factorisation: documents × terms as documents × themes times themes × terms.
///
/// - Formula: multiplicative updates `W ← W ∘ XHᵀ / WHHᵀ`, `H ← H ∘ WᵀX / WᵀWH`, W first; denominators of 0 become 2⁻²³.
/// - Reference: Lee & Seung 2001, NIPS 13.
/// - Result depends on the start; give one, or a seed, so that it can be replayed.
/// - Use it on long texts. Do not use it to find themes in short comments, nor read weights as shares of people.
package struct MatrixFactorisation: Sendable, Equatable {
    package let documentThemes: [[Double]]
    package let themeTerms: [[Double]]
    /// Frobenius norm of the remainder.
    package let error: Double

    /// Strongest theme per document; ties to the lower number.
    package var themeOfDocument: [Int] {
        documentThemes.map { row in
            var best = 0
            for index in row.indices where row[index] > row[best] { best = index }
            return best
        }
    }

    /// Factorises from a given start.
    ///
    /// - Returns: `nil` for empty or ragged input, shapes that do not fit, or a negative or not finite number.
    package static func factorise(
        _ x: [[Double]], documentThemes w0: [[Double]], themeTerms h0: [[Double]], iterations: Int
    ) -> MatrixFactorisation? {
        guard let target = Matrix(x), var w = Matrix(w0), var h = Matrix(h0), !x.isEmpty, w.columns > 0,
            w.rows == target.rows, w.columns == h.rows, h.columns == target.columns, iterations >= 0,
            [target, w, h].allSatisfy({ $0.elements.allSatisfy { $0 >= 0 && $0.isFinite } })
        else { return nil }
        for _ in 0..<iterations {
            let ht = h.transposed
            guard let top = target.times(ht), let square = h.times(ht), let below = w.times(square) else { return nil }
            scale(&w, top, below)
            let wt = w.transposed
            guard let over = wt.times(target), let gram = wt.times(w), let under = gram.times(h) else { return nil }
            scale(&h, over, under)
        }
        guard let product = w.times(h) else { return nil }
        let squares = zip(target.elements, product.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return MatrixFactorisation(documentThemes: w.lines, themeTerms: h.lines, error: squares.squareRoot())
    }

    /// Factorises from a seeded random start scaled to the data; `nil` as above or for fewer than one theme.
    package static func factorise(
        _ x: [[Double]], themes: Int, iterations: Int = 200, seed: UInt64
    ) -> MatrixFactorisation? {
        guard themes >= 1, themes <= 1000, let width = x.first?.count, width > 0 else { return nil }
        let sum = x.reduce(0.0) { $0 + $1.reduce(0, +) }
        guard sum.isFinite, sum >= 0 else { return nil }
        let scale = (sum / Double(x.count * width) / Double(themes)).squareRoot()
        var random = SplitMix64(seed: seed)
        func start(_ rows: Int, _ columns: Int) -> [[Double]] {
            (0..<rows).map { _ in (0..<columns).map { _ in scale * (0.1 + random.unit()) } }
        }
        let w = start(x.count, themes)
        let h = start(themes, width)
        return factorise(x, documentThemes: w, themeTerms: h, iterations: iterations)
    }

    private static func scale(_ matrix: inout Matrix, _ top: Matrix, _ below: Matrix) {
        for row in 0..<matrix.rows {
            for column in 0..<matrix.columns {
                let divisor = below[row, column]
                matrix[row, column] *= top[row, column] / (divisor == 0 ? 0x1p-23 : divisor)
            }
        }
    }
}
