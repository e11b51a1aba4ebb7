/// What is wrong with a net handed in, and what to do about it.
package enum NetError: Error, Sendable, Equatable, CustomStringConvertible {
    case malformedXML(offset: Int, reason: String)
    case notPNML(found: String)
    case missing(element: String, what: String)
    case unknownNode(arc: String, id: String)
    case arcBetweenAlike(arc: String)
    case badNumber(element: String, text: String)
    case duplicateID(String)
    case noInitialMarking
    case noFinalMarking(sinks: Int)
    case tooLarge(what: String, limit: Int)

    package var description: String {
        switch self {
        case .malformedXML(let offset, let reason): "The net is not well-formed XML at byte \(offset): \(reason)."
        case .notPNML(let found): "This is not a PNML file: its root is <\(found)>, expected <pnml>."
        case .missing(let element, let what): "A <\(element)> has no \(what); add it."
        case .unknownNode(let arc, let id): "Arc \(arc) names “\(id)”, which is neither a place nor a transition."
        case .arcBetweenAlike(let arc):
            "Arc \(arc) joins two places or two transitions; an arc joins a place and a transition."
        case .badNumber(let element, let text): "“\(text)” in <\(element)> is not a whole number from 0 to 255."
        case .duplicateID(let id): "Two nodes have the id “\(id)”; ids must differ."
        case .noInitialMarking:
            "The net has no initial marking and no single source place; mark the place where a journey starts."
        case .noFinalMarking(let sinks):
            "The net has no <finalmarkings> and \(sinks) places without outgoing arcs; declare the final marking."
        case .tooLarge(let what, let limit): "The net has more than \(limit) \(what)."
        }
    }
}
