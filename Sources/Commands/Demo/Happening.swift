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
    var what: What
}

/// What is due, the earliest first; ties keep the order in which they were planned.
///
/// A binary heap of places only: what happens lies still in a shelf, since moving it up and down costs a count of
/// references at every step (a sixth of the whole simulation, measured).
struct Agenda {
    private struct Entry {
        var at: Int64
        var order: Int
        var place: Int

        static func precedes(_ a: Entry, _ b: Entry) -> Bool { a.at != b.at ? a.at < b.at : a.order < b.order }
    }

    private var heap: [Entry] = []
    private var shelf: [Happening.What] = []
    private var free: [Int] = []
    private var planned = 0

    mutating func plan(_ at: Instant, _ what: Happening.What) {
        let place: Int
        if let empty = free.popLast() {
            place = empty
            shelf[place] = what
        } else {
            place = shelf.count
            shelf.append(what)
        }
        heap.append(Entry(at: at.microseconds, order: planned, place: place))
        planned += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Entry.precedes(heap[child], heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> Happening? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        free.append(first.place)
        return Happening(at: Instant(microseconds: first.at), what: shelf[first.place])
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < heap.count, Entry.precedes(heap[left], heap[least]) { least = left }
            if left + 1 < heap.count, Entry.precedes(heap[left + 1], heap[least]) { least = left + 1 }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
