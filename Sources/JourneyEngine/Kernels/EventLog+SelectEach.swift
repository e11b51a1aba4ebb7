extension EventLog {
    /// For each of some activities, the journeys that pass through it: one pass for up to 32 of them.
    ///
    /// - Parameter activities: indices of the log; those beyond the first 32, and those outside the log, select none.
    package func selectEach(_ activities: [Int], threads: Int = 0) -> [JourneySelection] {
        var mask = [UInt32](repeating: 0, count: book.count)
        for (bit, activity) in activities.prefix(32).enumerated() where book.codeOfIndex.indices.contains(activity) {
            mask[Int(book.codeOfIndex[activity])] |= 1 << UInt32(bit)
        }
        let words = (journeyCount + 63) / 64
        // A row of words a selection.
        let bits = mask
        var found = [UInt64](repeating: 0, count: words * activities.count)
        found.withUnsafeMutableBufferPointer { buffer in
            let out = OutputPointer(buffer.baseAddress)
            _ = eachShare(threads) { pieces in
                guard let out = out.start else { return }
                for piece in pieces {
                    let segment = segments[piece.segment]
                    var number = piece.firstJourney
                    for journey in piece.journeys {
                        var passed: UInt32 = 0
                        for event in segment.events(journey) {
                            let code = segment.activities[event]
                            if code < bits.count { passed |= bits[code] }
                        }
                        while passed != 0 {
                            let row = passed.trailingZeroBitCount
                            out[row * words + (number >> 6)] |= 1 << UInt64(number & 63)
                            passed &= passed - 1
                        }
                        number += 1
                    }
                }
            }
        }
        return activities.indices.map { row in
            JourneySelection(journeyCount: journeyCount, words: Array(found[row * words..<(row + 1) * words]))
        }
    }
}
