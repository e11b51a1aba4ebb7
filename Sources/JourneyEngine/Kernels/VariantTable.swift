#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The distinct runs of code bytes among journeys of one segment, found by hash and told apart by their bytes.
final class VariantTable: @unchecked Sendable {
    let segmentNumber: Int
    private let segment: LogSegment
    /// Open addressing: variant + 1, 0 when empty.
    private var slots: GrowingColumn<UInt32>
    private var mask: Int
    private var entries = GrowingColumn<Entry>(capacity: 256)

    private struct Entry: BitwiseCopyable {
        var hash: UInt64
        /// Of the first journey that followed it, in bytes.
        var start: Int
        var length: Int
        var count: Int
    }

    init(_ segment: LogSegment, _ number: Int) {
        self.segment = segment
        segmentNumber = number
        slots = GrowingColumn(capacity: 1024)
        slots.pad(to: 1024, with: 0)
        mask = 1023
    }

    /// Counts the journeys of a piece; with `assign`, notes the entry of each.
    func add(_ piece: LogPiece, _ selection: JourneySelection?, _ assign: UnsafeMutablePointer<UInt32>?) {
        let codes = segment.activities.start
        let shift = segment.activities.width.trailingZeroBitCount
        var number = piece.firstJourney
        for journey in piece.journeys {
            defer { number += 1 }
            if let selection, !selection.contains(number) { continue }
            let events = segment.events(journey)
            let entry = find(codes, events.lowerBound << shift, events.count << shift)
            assign?[number] = entry
        }
    }

    @inline(__always)
    private func find(_ codes: UnsafeRawPointer, _ start: Int, _ length: Int) -> UInt32 {
        var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
        var at = 0
        while at + 8 <= length {
            hash = fold(hash ^ codes.loadUnaligned(fromByteOffset: start + at, as: UInt64.self), 0xD6E8_FEB8_6659_FD93)
            at += 8
        }
        if at < length {
            // Columns are padded, so a whole word may be read and the bytes beyond the journey dropped.
            let word = codes.loadUnaligned(fromByteOffset: start + at, as: UInt64.self)
            let kept = word << UInt64((8 - (length - at)) * 8)
            hash = fold(hash ^ kept, 0xA076_1D64_78BD_642F)
        }
        hash ^= hash >> 29
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { break }
            let known = entries.start + Int(entry - 1)
            if known.pointee.hash == hash, known.pointee.length == length,
                sameCodes(codes + start, codes + known.pointee.start, length)
            {
                known.pointee.count &+= 1
                return entry - 1
            }
            slot = (slot + 1) & mask
        }
        let number = UInt32(truncatingIfNeeded: entries.count)
        entries.append(Entry(hash: hash, start: start, length: length, count: 1))
        slots[slot] = number + 1
        if entries.count * 2 > slots.count { grow() }
        return number
    }

    @inline(__always)
    private func sameCodes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int) -> Bool {
        var at = 0
        while at + 8 <= length {
            if left.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            {
                return false
            }
            at += 8
        }
        guard at < length else { return true }
        let difference =
            left.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            ^ right.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        return difference << UInt64((8 - (length - at)) * 8) == 0
    }

    @inline(never)
    private func grow() {
        let size = slots.count * 4
        mask = size - 1
        slots = GrowingColumn(capacity: size)
        slots.pad(to: size, with: 0)
        for index in 0..<entries.count {
            var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: index + 1)
        }
    }

    /// Adds every sequence with its count, in order of entry, as indices.
    func add(to pool: inout SequencePool, indexOfCode: [UInt32]) {
        let width = segment.activities.width
        for index in 0..<entries.count {
            let entry = entries[index]
            let first = entry.start / width
            for event in first..<first + entry.length / width {
                let code = segment.activities[event]
                // Beyond the dictionary only in a damaged log that was not verified.
                pool.append(code < indexOfCode.count ? indexOfCode[code] : 0)
            }
            pool.close(count: entry.count)
        }
    }
}
