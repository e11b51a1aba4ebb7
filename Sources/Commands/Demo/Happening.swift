import Experience

/// Something due to happen in the simulation.
struct Happening {
    enum What {
        case arrival(Int)
        /// A server of a station is done with a piece of work.
        case finished(station: Int, server: Int, Work)
        case step(case: Int, activity: String, by: Actor?)
        case closing(case: Int, result: String)
        /// The person may reach for the phone.
        case chase(case: Int)
        /// The date has passed: is it still owed?
        case review(case: Int, due: Instant)
        case staffing(station: Int, servers: Int)
        case offer(case: Int, form: Int)
        case response(case: Int, form: Int, channel: Channel)
        case outcome(case: Int)
        case kiosk(case: Int)
    }

    var at: Instant
    /// Ties keep the order in which they were planned.
    var order: Int
    var what: What
}

/// A binary heap: the earliest happening first.
struct Agenda {
    private var heap: [Happening] = []
    private var planned = 0

    mutating func plan(_ at: Instant, _ what: Happening.What) {
        heap.append(Happening(at: at, order: planned, what: what))
        planned += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Agenda.precedes(heap[child], heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> Happening? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if Agenda.precedes(heap[child], heap[least]) { least = child }
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private static func precedes(_ a: Happening, _ b: Happening) -> Bool { (a.at, a.order) < (b.at, b.order) }
}
