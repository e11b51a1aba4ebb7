/// Rows of numbers with repeats folded: answers on a scale take few different forms, so a resample is a count of forms.
struct RowKinds {
    private let width: Int
    /// The form of each row.
    private let kind: [UInt32]
    /// One row a form.
    private let forms: [Double]

    var count: Int { forms.count / width }

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
        self.forms = forms
    }

    /// Adds up as many rows as there are, drawn with replacement. `counts` is scratch, one entry a form.
    func add(
        drawing stream: inout SplitMix64, _ counts: inout [UInt32], into sums: UnsafeMutableBufferPointer<Double>
    ) {
        var local = stream
        counts.withUnsafeMutableBufferPointer { counts in
            counts.update(repeating: 0)
            kind.withUnsafeBufferPointer { kind in
                let n = kind.count
                for _ in 0..<n { counts[Int(kind[local.below(n)])] &+= 1 }
            }
            forms.withUnsafeBufferPointer { forms in
                for form in 0..<counts.count where counts[form] > 0 {
                    let weight = Double(counts[form])
                    let start = form * width
                    for k in 0..<width { sums[k] += weight * forms[start + k] }
                }
            }
        }
        stream = local
    }
}
