/// Why a question cannot be answered, and what to give instead.
package enum JourneyProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownQuestion(String, nearest: String?)
    case unknownAttribute(String, nearest: String?)
    case unknownActivity(String, nearest: String?)
    case needs(question: String, option: String, example: String)
    case outOfRange(option: String, value: String, allowed: String)
    case badRule(String, reason: String)

    package var description: String {
        func hint(_ nearest: String?) -> String { nearest.map { " Did you mean “\($0)”?" } ?? "" }
        switch self {
        case .unknownQuestion(let word, let nearest): return "There is no question “\(word)”.\(hint(nearest))"
        case .unknownAttribute(let name, let nearest): return "The log has no attribute “\(name)”.\(hint(nearest))"
        case .unknownActivity(let name, let nearest): return "The log has no activity “\(name)”.\(hint(nearest))"
        case .needs(let question, let option, let example):
            return "“\(question)” needs \(option), for example \(example)."
        case .outOfRange(let option, let value, let allowed):
            return "\(option) is \(value); it must be \(allowed)."
        case .badRule(let rule, let reason): return "The rule “\(rule)” cannot be read: \(reason)."
        }
    }
}
