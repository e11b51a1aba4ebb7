import Experience

/// One promise worked out again, ready to be stored.
struct PromiseMove: Sendable {
    let event: PreparedEvent
    let clock: PromiseClock
    let isMoved: Bool
    /// The lines its row held when it was read.
    let before: String
    /// The lines its row holds afterwards; nil when only folding the whole journey can say.
    let after: String?
}

extension WriteTransaction {
    /// Appends the events of moved promises and brings both views up by what is known to change, without reading any
    /// journey. A row that is no longer as it was read is folded the ordinary way. Counts the events that were new.
    func append(_ moves: [PromiseMove]) throws(StorageError) -> Reprojection {
        var stored = Reprojection()
        // PostgreSQL is asked in bulk instead: a question a row would be a round trip a row.
        guard !session.dialect.refusalEndsTransaction else {
            for move in moves {
                if case .stored = try append(move.event) { stored.count(move) }
            }
            return stored
        }
        let promise = try session.prepare(PromiseColumns.updateMoved)
        let journey = try session.prepare(JourneyColumns.updateNoted)
        for move in moves {
            let (_, recorded) = try add(move.event)
            guard let recorded else { continue }
            stored.count(move)
            let event = recorded.event
            guard let after = move.after, !views.isTouched(event.agency, event.journey) else {
                try fold(recorded)
                continue
            }
            PromiseColumns.bindMoved(move, after, to: promise)
            guard try promise.run() == 1 else {
                try fold(recorded)
                continue
            }
            JourneyColumns.bindNoted(recorded, to: journey)
            guard try journey.run() == 1 else {
                throw .damaged("a promise has no journey in the view; run throughline rebuild")
            }
            views.drop(event.agency, event.journey)
        }
        return stored
    }
}

extension Reprojection {
    fileprivate mutating func count(_ move: PromiseMove) {
        journaled += 1
        if move.isMoved { moved += 1 }
    }
}
