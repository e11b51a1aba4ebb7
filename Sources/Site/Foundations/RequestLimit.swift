package import Experience
import Synchronization

/// Holds back guessing: each key (an address) has a bucket of tries that refills with time. At most 10,000 keys
/// are kept; the fullest bucket's key is forgotten first, so a flood of addresses can't evict one being held back.
package final class RequestLimit: Sendable {
    private struct Bucket {
        var tries: Double
        var at: Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private let capacity: Double
    private let perSecond: Double
    private let now: @Sendable () -> Instant

    package init(capacity: Int, perMinute: Double, now: @escaping @Sendable () -> Instant) {
        self.capacity = Double(capacity)
        perSecond = perMinute / 60
        self.now = now
    }

    /// Gives a try back that met its mark: only wrong ones count, so that many people behind one address may all come.
    package func giveBack(_ key: String) {
        buckets.withLock { buckets in
            guard var bucket = buckets[key] else { return }
            bucket.tries = min(capacity, bucket.tries + 1)
            buckets[key] = bucket
        }
    }

    /// Takes one try of the key; false when none is left.
    package func allows(_ key: String) -> Bool {
        let moment = now()
        return buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tries: capacity, at: moment)
            bucket.tries = min(capacity, bucket.tries + max(0, moment.seconds(since: bucket.at)) * perSecond)
            bucket.at = moment
            guard bucket.tries >= 1 else {
                buckets[key] = bucket
                return false
            }
            bucket.tries -= 1
            if buckets.count >= 10_000, buckets[key] == nil,
                let fullest = buckets.max(by: { $0.value.tries < $1.value.tries })
            {
                buckets[fullest.key] = nil
            }
            buckets[key] = bucket
            return true
        }
    }
}
