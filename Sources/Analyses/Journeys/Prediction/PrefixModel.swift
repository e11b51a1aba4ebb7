/// What came next and how long was left, by the last few activities: the baseline any predictor must beat.
///
/// Contexts of length k hold up to k activities; a journey shorter than k has the context of all it has, kept apart
/// from the same activities at the end of a longer one. Unknown contexts fall back to shorter ones, at last to the
/// empty one.
struct PrefixModel {
    struct Context: Hashable {
        var length: Int
        var last: ArraySlice<Int32>
    }

    struct Figures {
        /// By next activity; -1 is the end.
        var next: [Int32: Int] = [:]
        var remaining: Int128 = 0
        var count = 0

        /// Microseconds.
        var meanRemaining: Double { count == 0 ? 0 : Double(remaining) / Double(count) }
    }

    static let end: Int32 = -1
    let length: Int
    private var figures: [Context: Figures] = [:]

    init(length: Int) { self.length = length }

    private func contexts(_ activities: ArraySlice<Int32>, upTo event: Int) -> [Context] {
        stride(from: length, through: 0, by: -1).map { k in
            Context(length: k, last: activities[max(activities.startIndex, event + 1 - k)..<(event + 1)])
        }
    }

    /// Learns every prefix of one finished journey.
    mutating func learn(_ activities: ArraySlice<Int32>, _ times: ArraySlice<Int64>) {
        guard let endTime = times.last else { return }
        let shift = times.startIndex - activities.startIndex
        for event in activities.indices {
            let next = event + 1 < activities.endIndex ? activities[event + 1] : PrefixModel.end
            for context in contexts(activities, upTo: event) {
                figures[context, default: Figures()].next[next, default: 0] += 1
                figures[context, default: Figures()].remaining += Int128(endTime - times[event + shift])
                figures[context, default: Figures()].count += 1
            }
        }
    }

    /// Figures of the longest context known, for the prefix that ends with `event`.
    func figures(_ activities: ArraySlice<Int32>, upTo event: Int) -> Figures {
        for context in contexts(activities, upTo: event) {
            if let known = figures[context] { return known }
        }
        return Figures()
    }

    /// The commonest next activity; ties by label ascending, the end being labelled "<end>".
    func likeliest(_ figures: Figures, names: [String]) -> Int32 {
        func label(_ code: Int32) -> String { code == PrefixModel.end ? "<end>" : names[Int(code)] }
        let best = figures.next.min { a, b in
            a.value != b.value ? a.value > b.value : precedesByScalar(label(a.key), label(b.key))
        }
        return best?.key ?? PrefixModel.end
    }
}
