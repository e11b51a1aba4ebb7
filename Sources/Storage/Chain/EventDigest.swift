import Crypto
import Experience

/// SHA-256 of what the sender of an event said, in a form no two events share: each value of its row in the order of
/// the columns, led by its length. When it was recorded, and under which number, its commit adds.
struct EventDigest: Hashable, Sendable {
    static let size = 32
    /// So much of it is kept with the commit, to find the event that was altered.
    static let markSize = 8

    let bytes: SHA256Digest

    init(_ event: Event, attributes: [UInt8]) {
        var canon = Canon()
        canon.add(event.agency.text)
        canon.add(event.service.text)
        canon.add(event.journey.text)
        canon.add(event.source)
        canon.add(event.sourceID)
        canon.add(event.kind.rawValue)
        canon.add(event.activity)
        canon.add(event.channel.rawValue)
        canon.add(event.touchpoint)
        canon.add(event.actor.role.rawValue)
        canon.add(event.actor.id)
        canon.add(event.actor.unit)
        canon.add(event.occurred.microseconds)
        attributes.withUnsafeBufferPointer { canon.add($0) }
        bytes = SHA256.hash(data: canon.bytes)
    }

    /// Of a row of ``EventColumns/list``, as it lies there.
    init(_ row: Prepared) {
        var canon = Canon()
        for column in Int32(1)...12 {
            if row.isNull(column) { canon.addNothing() } else { row.withUTF8(column) { canon.add($0) } }
        }
        canon.add(row.integer(13))
        row.withUTF8(15) { canon.add($0) }
        bytes = SHA256.hash(data: canon.bytes)
    }

    var mark: [UInt8] { Array(bytes.prefix(EventDigest.markSize)) }
}

/// Values written so that their borders can't be moved.
private struct Canon {
    var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(512) }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) }
    }

    mutating func add(_ text: String?) {
        if let text { add(text) } else { addNothing() }
    }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text)
    }

    mutating func addNothing() { bytes.append(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF]) }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
