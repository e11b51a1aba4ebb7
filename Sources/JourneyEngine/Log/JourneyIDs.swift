/// The ids of a segment's journeys: a table of them, or some entries of one that another segment made.
struct JourneyIDs: Sendable {
    let table: TextTable
    /// By journey: its entry in the table, ascending; nil when journey and entry are the same.
    let places: Column<UInt32>?

    init(_ table: TextTable, places: Column<UInt32>? = nil) {
        self.table = table
        self.places = places
    }

    var count: Int { places?.count ?? table.count }
    var size: Int { (places?.bytes ?? 0) + table.size }

    func entry(_ journey: Int) -> Int { places.map { Int($0[journey]) } ?? journey }

    func withBytes(_ journey: Int) -> UnsafeBufferPointer<UInt8> { table.withBytes(entry(journey)) }

    subscript(journey: Int) -> String { table[entry(journey)] }

    func index(of id: UnsafeBufferPointer<UInt8>) -> Int? { table.index(of: id).flatMap { journey($0) } }

    func index(of id: String) -> Int? { table.index(of: id).flatMap { journey($0) } }

    /// The journey with an entry, when it is one of this segment's.
    private func journey(_ entry: Int) -> Int? {
        guard let places else { return entry < count ? entry : nil }
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if Int(places[middle]) < entry { low = middle + 1 } else { high = middle }
        }
        return low < places.count && Int(places[low]) == entry ? low : nil
    }
}
