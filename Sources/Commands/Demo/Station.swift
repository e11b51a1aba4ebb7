import Experience

/// A piece of work waiting for a member of staff.
struct Work {
    var caseIndex: Int
    var minutes: Double
    /// What is recorded when it is done; nil for a call answered.
    var activity: String?
    /// When somebody took it up; set as it is begun.
    var began: Instant?
}

/// A staff unit: some people who work by a calendar, and a queue before them. Calls go first.
struct Station {
    let unit: String
    let calendar: WorkingCalendar
    var servers: Int
    private var free: [Int]
    private var calls: [Work] = []
    private var nextCall = 0
    private var queue: [Work] = []
    private var nextWork = 0
    private var waitingMinutes = 0.0

    init(unit: String, calendar: WorkingCalendar, servers: Int) {
        self.unit = unit
        self.calendar = calendar
        self.servers = servers
        free = Array((0..<servers).reversed())
    }

    /// Working days until a piece of work that came now would be begun.
    var backlogDays: Double { waitingMinutes / (Double(max(1, servers)) * 480) }

    mutating func enqueue(_ work: Work) {
        if work.activity == nil { calls.append(work) } else { queue.append(work) }
        waitingMinutes += work.minutes
    }

    /// The next piece of work and who does it; nil when nobody is free or nothing waits.
    mutating func begin() -> (server: Int, work: Work)? {
        guard let server = free.last else { return nil }
        let work: Work
        if nextCall < calls.count {
            work = calls[nextCall]
            nextCall += 1
        } else if nextWork < queue.count {
            work = queue[nextWork]
            nextWork += 1
        } else {
            return nil
        }
        if nextWork > 4_096 {
            queue.removeFirst(nextWork)
            nextWork = 0
        }
        free.removeLast()
        waitingMinutes -= work.minutes
        return (server, work)
    }

    mutating func release(_ server: Int) {
        if server < servers { free.append(server) }
    }

    /// More or fewer people; someone who is busy finishes first.
    mutating func staff(_ count: Int) {
        if count > servers {
            free.insert(contentsOf: (servers..<count).reversed(), at: 0)
        } else {
            free.removeAll { $0 >= count }
        }
        servers = count
    }

    /// When work taken up at a moment really begins: then, or as the office opens.
    func opening(from moment: Instant) -> Instant {
        if calendar.isOpen(moment) { return moment }
        return calendar.instant(after: .workingTime(microseconds: 1), from: moment)?.advanced(by: -1) ?? moment
    }

    func done(_ minutes: Double, from start: Instant) -> Instant {
        let time = Int64(max(1, minutes) * 60) * 1_000_000
        return calendar.instant(after: .workingTime(microseconds: time), from: start) ?? start
    }
}
