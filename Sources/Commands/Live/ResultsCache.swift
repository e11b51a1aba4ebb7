internal import Experience
internal import Site
internal import Synchronization

/// The public results as they were counted last: anybody may ask for them, so they are not counted for everybody.
final class ResultsCache: Sendable {
    private let kept = Mutex<(at: Instant, results: PublicResults)?>(nil)
    /// How long a count is good for.
    static let lifetime = Instant.minute

    func results(at now: Instant) -> PublicResults? {
        kept.withLock { kept in
            guard let kept, now.microseconds - kept.at.microseconds < ResultsCache.lifetime else { return nil }
            return kept.results
        }
    }

    func keep(_ results: PublicResults, at now: Instant) { kept.withLock { $0 = (now, results) } }
}
