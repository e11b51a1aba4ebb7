/// Puts chosen order statistics in their place without sorting everything.
///
/// Quickselect on the median of three, both sides only where ranks remain; after too many unlucky partitions the rest
/// is sorted, so the worst case is O(n log n). Reference: Hoare 1961 (algorithm 65); Musser 1997 (introselect).
enum Selection {
    /// `ranks` ascending, zero-based, inside the buffer; values must not be NaN.
    static func place(_ ranks: ArraySlice<Int>, in values: UnsafeMutableBufferPointer<Double>) {
        guard !values.isEmpty else { return }
        var pending: [(low: Int, high: Int, ranks: ArraySlice<Int>, budget: Int)] = []
        let budget = 2 * (Int.bitWidth - values.count.leadingZeroBitCount)
        pending.append((0, values.count - 1, ranks, budget))
        while let (low, high, wanted, left) = pending.popLast() {
            guard !wanted.isEmpty, low < high else { continue }
            if high - low < 24 || left == 0 {
                var rest = UnsafeMutableBufferPointer(rebasing: values[low...high])
                rest.sort()
                continue
            }
            let (lessEnd, greaterStart) = partition(values, low, high)
            let firstEqual = wanted.firstIndex { $0 >= lessEnd } ?? wanted.endIndex
            let firstGreater = wanted[firstEqual...].firstIndex { $0 >= greaterStart } ?? wanted.endIndex
            pending.append((low, lessEnd - 1, wanted[..<firstEqual], left - 1))
            pending.append((greaterStart, high, wanted[firstGreater...], left - 1))
        }
    }

    /// Three-way partition: values below the pivot end before `lessEnd`, those above it start at `greaterStart`.
    private static func partition(
        _ values: UnsafeMutableBufferPointer<Double>, _ low: Int, _ high: Int
    ) -> (lessEnd: Int, greaterStart: Int) {
        let middle = low + (high - low) / 2
        let a = values[low]
        let b = values[middle]
        let c = values[high]
        let pivot = max(min(a, b), min(max(a, b), c))
        var less = low
        var index = low
        var greater = high
        while index <= greater {
            let value = values[index]
            if value < pivot {
                values[index] = values[less]
                values[less] = value
                less += 1
                index += 1
            } else if value > pivot {
                values[index] = values[greater]
                values[greater] = value
                greater -= 1
            } else {
                index += 1
            }
        }
        return (less, greater + 1)
    }
}
