/// A part of a set of values, measured in one read: extremes, sums, and how many are of each magnitude.
final class Magnitudes: @unchecked Sendable {
    private(set) var minimum = Int64.max
    private(set) var maximum = Int64.min
    private(set) var sum: Int128 = 0
    private(set) var squares = WideSum()
    /// By ``RankSelection/bin(_:)``; empty when it is not wanted.
    let bins: UnsafeMutableBufferPointer<UInt32>

    init(size: Int) {
        bins = .allocate(capacity: size)
        bins.initialize(repeating: 0)
    }

    deinit { bins.deallocate() }

    func count(_ values: UnsafePointer<Int64>, _ count: Int) {
        var low = Int64.max
        var high = Int64.min
        var sum: Int128 = 0
        var squares = WideSum()
        if let bins = bins.baseAddress, self.bins.count > 0 {
            for index in 0..<count {
                let value = values[index]
                low = min(low, value)
                high = max(high, value)
                sum &+= Int128(value)
                squares.addSquare(value)
                bins[RankSelection.bin(value)] &+= 1
            }
        } else {
            for index in 0..<count {
                let value = values[index]
                low = min(low, value)
                high = max(high, value)
                sum &+= Int128(value)
                squares.addSquare(value)
            }
        }
        minimum = low
        maximum = high
        self.sum = sum
        self.squares = squares
    }
}
