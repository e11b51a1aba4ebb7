import Statistics
import Testing

@Suite("Small linear algebra")
struct LinearAlgebraTests {
    private func random(_ size: Int, seed: UInt64) -> Matrix {
        var stream = SplitMix64(seed: seed)
        var matrix = Matrix(rows: size, columns: size)
        for i in 0..<size { for j in 0..<size { matrix[i, j] = stream.normal() } }
        return matrix
    }

    @Test(arguments: [1, 2, 5, 20])
    func choleskySolvesPositiveDefiniteSystems(_ size: Int) throws {
        let root = random(size, seed: 4)
        var a = try #require(root.times(root.transposed))
        for i in 0..<size { a[i, i] += 1 }
        let x = (0..<size).map { Double($0) - 2 }
        let b = try #require(a.times(x))
        let factor = try #require(CholeskyFactor(a))
        let solved = try #require(factor.solve(b))
        for (got, want) in zip(solved, x) { #expect(abs(got - want) < 1e-8) }
        let product = try #require(a.times(factor.inverse))
        for i in 0..<size { for j in 0..<size { #expect(abs(product[i, j] - (i == j ? 1 : 0)) < 1e-8) } }
    }

    @Test func eliminationSolvesAndReportsSingularity() throws {
        let a = random(8, seed: 5)
        let x = (0..<8).map(Double.init)
        let b = try #require(a.times(x))
        let solved = try #require(a.solve(b))
        for (got, want) in zip(solved, x) { #expect(abs(got - want) < 1e-8) }
        let singular = try #require(Matrix([[1, 2], [2, 4]]))
        #expect(singular.solve([1, 2]) == nil)
        #expect(CholeskyFactor(singular) == nil)
        #expect(Matrix([[1, 2], [3]]) == nil)
    }

    @Test func eigenvectorsRebuildTheMatrix() throws {
        let root = random(6, seed: 6)
        let a = try #require(root.times(root.transposed))
        let eigen = try #require(SymmetricEigen(a))
        #expect(eigen.values == eigen.values.sorted(by: >))
        for i in 0..<6 {
            for j in 0..<6 {
                var sum = 0.0
                for k in 0..<6 { sum += eigen.vectors[i, k] * eigen.values[k] * eigen.vectors[j, k] }
                #expect(abs(sum - a[i, j]) < 1e-9)
            }
        }
    }
}
