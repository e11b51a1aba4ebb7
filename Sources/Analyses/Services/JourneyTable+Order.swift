internal import Algorithms

extension JourneyTable {
    /// The rows opened last, newest first. Finds them without putting all rows in order: O(n log count).
    package func newest(_ rows: [Int32], count: Int) -> [Int32] {
        opened.withUnsafeBufferPointer { opened in
            rows.max(count: count) { (opened[Int($0)], $0) < (opened[Int($1)], $1) }.reversed()
        }
    }
}
