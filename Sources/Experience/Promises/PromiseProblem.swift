/// Why a ledger entry has no effect, or a promise can't be read. Each says what to do.
package enum PromiseProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case notArmed
    case alreadyArmed
    case alreadyEnded
    case unknownPause(String)
    case pauseAlreadyOpen(String)
    case unknownCalendar(CalendarReference)
    case neverDue(CalendarReference)
    case badProbability
    case notAPromise(EventKind)
    case unknownActivity(String)
    case missing(attribute: String)
    case unreadable(attribute: String)

    package var description: String {
        switch self {
        case .notArmed: "no promise has been armed on this journey yet; arm one first."
        case .alreadyArmed: "this journey's promise is already armed; re-promise instead of arming again."
        case .alreadyEnded: "this promise is already met or withdrawn; nothing later changes it."
        case .unknownPause(let id): "no open pause is called “\(id.prefix(64))”; resume one that is open."
        case .pauseAlreadyOpen(let id): "a pause called “\(id.prefix(64))” was used before; give each its own id."
        case .unknownCalendar(let calendar): "calendar \(calendar) is not known; add it before using it."
        case .neverDue(let calendar): "calendar \(calendar) never opens long enough for this budget; mend either."
        case .badProbability: "a promise's probability lies between 0 and 1."
        case .notAPromise(let kind): "an event of kind “\(kind.rawValue)” is no promise entry; send kind “promise”."
        case .unknownActivity(let name):
            "“\(name.prefix(64))” is no promise entry; use promise.armed, .paused, .resumed, .repromised, .met, "
                + ".broken, .withdrawn or .reprojected."
        case .missing(let attribute): "the promise event lacks “\(attribute)”; send it."
        case .unreadable(let attribute): "“\(attribute)” of the promise event can't be read; see the event reference."
        }
    }
}
