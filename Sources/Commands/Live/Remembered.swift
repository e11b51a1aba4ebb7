internal import Experience
internal import Foundation
internal import Site
internal import Storage
internal import Synchronization

/// Where kernels run: they take every core for a moment, so two at a time are enough.
private let computing = DispatchQueue(label: "throughline.analyses", attributes: .concurrent)

/// Runs what is bound to the processor off the cooperative pool.
func computed<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer {
    await withCheckedContinuation { continuation in
        computing.async { continuation.resume(returning: work()) }
    }
}

/// The same for what nobody waits for: on a thread of its own that gives way to everything else, so that a page asked for
/// while models are fitted is as quick as at any other time.
func computedAside<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer {
    await withCheckedContinuation { continuation in
        let thread = Thread {
            #if os(Linux)
                // On Linux a thread has a niceness of its own, and so have the threads it starts.
                _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
            #endif
            continuation.resume(returning: work())
        }
        thread.stackSize = 8 << 20
        thread.start()
    }
}

/// The last answers, each good for the snapshot it was made from and for a minute: several people look at one page,
/// and a page has several downloads.
final class Remembered<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct Entry {
        var answer: Answer
        var sequence: Int64
        var at: Instant
    }

    private let entries = Mutex<[Question: Entry]>([:])
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func answer(_ question: Question, _ sequence: Int64, _ now: Instant) -> Answer? {
        entries.withLock { entries in
            guard let entry = entries[question], entry.sequence == sequence, now.seconds(since: entry.at) < 60
            else { return nil }
            return entry.answer
        }
    }

    func keep(_ answer: Answer, for question: Question, _ sequence: Int64, _ now: Instant) {
        entries.withLock { entries in
            if entries.count >= limit, let oldest = entries.min(by: { $0.value.at < $1.value.at }) {
                entries.removeValue(forKey: oldest.key)
            }
            entries[question] = Entry(answer: answer, sequence: sequence, at: now)
        }
    }
}

extension ServiceReport {
    /// A service nothing has happened in yet.
    static var empty: ServiceReport {
        func none(_ unit: ShownFigure.Unit, _ method: String) -> ShownFigure {
            ShownFigure(value: nil, n: 0, unit: unit, method: method, strength: .suppressed)
        }
        return ServiceReport(
            kept: none(.share, "wilson"), closedNotSolved: none(.share, "wilson"), solved: none(.share, "wilson"),
            half: none(.days, "kaplan-meier"), nineOfTen: none(.days, "kaplan-meier"),
            waiting: none(.seconds, "median"), touch: none(.seconds, "median"), contacts: none(.perJourney, "mean"),
            failureDemand: none(.share, "wilson"), rating: none(.score, "mean"))
    }
}
