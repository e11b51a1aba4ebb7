import Mustache

/// A page's model as the template engine likes to read it: fields by name.
///
/// The engine finds a field of a plain value by reflecting on all of its fields, at every mention of it in a template;
/// that took four fifths of a staff page's time. Here each value is reflected on once. What templates see is the same:
/// a field that is nil is not there.
enum ModelTree {
    /// - Returns: nil for an empty optional.
    static func of(_ value: Any) -> Any? {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        case let words as [String: String]: return WordFields(words: words)
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            return mirror.children.first.flatMap { of($0.value) }
        case .struct, .tuple:
            var fields: [String: Any] = [:]
            fields.reserveCapacity(mirror.children.count)
            for child in mirror.children {
                if let name = child.label, let field = of(child.value) { fields[name] = field }
            }
            return ModelFields(fields: fields)
        case .collection:
            return mirror.children.compactMap { of($0.value) }
        default:
            return value
        }
    }
}

/// A value's fields. A type of its own: the engine asks of everything whether it holds others, and the answer for a
/// dictionary has to be worked out from what is in it.
private struct ModelFields: MustacheParent {
    let fields: [String: Any]

    func child(named name: String) -> Any? { fields[name] }
}

private struct WordFields: MustacheParent {
    let words: [String: String]

    func child(named name: String) -> Any? { words[name] }
}
