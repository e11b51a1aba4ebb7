/// Rows of numbers with repeats folded: answers on a scale take few different forms, so a resample is a count of forms.
struct RowKinds {
    private let width: Int
    /// The form of each row.
    private let kind: [UInt32]
    /// Number of forms.
    let count: Int
    /// The forms column by column, so that a column is summed in one run.
    private let columns: [Double]

    /// `rows` holds `width` numbers a row.
    init(_ rows: [Double], width: Int) {
        self.width = width
        var seen: [[UInt64]: UInt32] = [:]
        var kind: [UInt32] = []
        var forms: [Double] = []
        kind.reserveCapacity(rows.count / width)
        for start in stride(from: 0, to: rows.count - width + 1, by: width) {
            let row = rows[start..<start + width]
            let next = UInt32(forms.count / width)
            let found = seen[row.map(\.bitPattern), default: next]
            if found == next {
                seen[row.map(\.bitPattern)] = next
                forms.append(contentsOf: row)
            }
            kind.append(found)
        }
        self.kind = kind
        let count = forms.count / width
        self.count = count
        columns = (0..<forms.count).map { forms[$0 % count * width + $0 / count] }
    }

    /// Adds up as many rows as there are, drawn with replacement. `counts` is scratch, one entry a form.
    func add(
        drawing stream: inout SplitMix64, _ counts: inout [Double], into sums: UnsafeMutableBufferPointer<Double>
    ) {
        var local = stream
        counts.withUnsafeMutableBufferPointer { counts in
            counts.update(repeating: 0)
            kind.withUnsafeBufferPointer { kind in
                let n = kind.count
                for _ in 0..<n { counts[Int(kind[local.below(n)])] += 1 }
            }
            columns.withUnsafeBufferPointer { columns in
                for k in 0..<width {
                    let column = UnsafeBufferPointer(rebasing: columns[k * count..<(k + 1) * count])
                    sums[k] += Self.product(UnsafeBufferPointer(counts), column)
                }
            }
        }
        stream = local
    }

    /// Σ aᵢbᵢ in four chains, which the processor runs side by side.
    private static func product(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
        var chains = SIMD4<Double>.zero
        var i = 0
        while i + 4 <= a.count {
            let left: SIMD4<Double> = SIMD4(a[i], a[i + 1], a[i + 2], a[i + 3])
            let right: SIMD4<Double> = SIMD4(b[i], b[i + 1], b[i + 2], b[i + 3])
            chains += left * right
            i += 4
        }
        var total = chains.sum()
        while i < a.count {
            total += a[i] * b[i]
            i += 1
        }
        return total
    }
}
