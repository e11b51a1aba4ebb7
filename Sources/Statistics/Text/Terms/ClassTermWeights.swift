import RealModule

/// Class-based TF-IDF: which words name a theme.
///
/// - Formula: share of a term among the words of its class × `ln(1 + A/f)`, A = mean words per class, f = the term's count over
///   all classes.
/// - Reference: Grootendorst 2022, arXiv 2203.05794.
/// - Use it to label themes found or set by other means; it does not find them. Smallest n: about 50 words a class.
package struct ClassTermWeights: Sendable, Equatable {
    package let terms: [String]
    /// A: mean number of kept words per class.
    package let meanWords: Double
    /// Row per class, column per term.
    package let rows: [[Double]]

    /// Weighs the terms of each class.
    ///
    /// - Parameters:
    ///   - documents: tokens per document.
    ///   - classes: class of each document, 0...; classes without documents give rows of zeros.
    ///   - minimumDocuments: terms in fewer documents are left out.
    /// - Returns: `nil` when lengths differ, a class is negative or above 100,000, or there is no document.
    package static func weigh(
        _ documents: [[String]], classes: [Int], minimumDocuments: Int = 1
    ) -> ClassTermWeights? {
        guard !documents.isEmpty, documents.count == classes.count, let largest = classes.max(), largest < 100_000,
            classes.allSatisfy({ $0 >= 0 })
        else { return nil }
        let counts = TermCounts(documents, minimumDocuments: minimumDocuments)
        var sums = Array(repeating: Array(repeating: 0.0, count: counts.terms.count), count: largest + 1)
        for (row, label) in zip(counts.rows, classes) {
            for column in row.indices { sums[label][column] += row[column] }
        }
        let totals = sums.map { $0.reduce(0, +) }
        let mean = totals.reduce(0, +) / Double(sums.count)
        let frequency = counts.terms.indices.map { column in sums.reduce(0) { $0 + $1[column] } }
        let rows = zip(sums, totals).map { row, total in
            row.indices.map { total > 0 ? row[$0] / total * Double.log(1 + mean / frequency[$0]) : 0 }
        }
        return ClassTermWeights(terms: counts.terms, meanWords: mean, rows: rows)
    }

    /// The heaviest terms of a class; ties in the order of the vocabulary; empty for a class that is not there.
    package func top(_ count: Int, of label: Int) -> [String] {
        guard rows.indices.contains(label), count > 0 else { return [] }
        let row = rows[label]
        return row.indices.filter { row[$0] > 0 }.sorted { (row[$1], $0) < (row[$0], $1) }.prefix(count).map {
            terms[$0]
        }
    }
}
