/// What a log says about itself before its traces.
struct XESHeader: Sendable {
    var classifiers: [XESClassifier] = []
    var extensions: [String] = []

    static let nameMark = -2
    static let timeMark = -3
    static let unwantedMark = -1
    /// Distinct keys of a level that become attributes; a file with more has data for keys.
    static let keyLimit = 4096
    /// Bytes of the keys of an attribute and all those around it.
    static let pathLimit = 1 << 16

    /// The value type of an attribute element, nil for lists, containers and anything else.
    static func kind(_ name: UnsafeBufferPointer<UInt8>) -> ValueKind? {
        guard let first = name.first else { return nil }
        switch first {
        case 0x73: return name.equals("string") ? .text : nil
        case 0x64: return name.equals("date") ? .time : nil
        case 0x69: return name.equals("int") ? .integer : name.equals("id") ? .text : nil
        case 0x66: return name.equals("float") ? .number : nil
        case 0x62: return name.equals("boolean") ? .boolean : nil
        default: return nil
        }
    }

    /// An id names one thing: no default stands for it.
    static func mayDefault(_ name: UnsafeBufferPointer<UInt8>) -> Bool { !name.equals("id") }

    /// A classifier's keys: separated by spaces, those with spaces inside quoted with apostrophes.
    static func split(_ keys: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var quoted = false
        for character in keys {
            if character == "'" {
                quoted.toggle()
            } else if character == " ", !quoted {
                if !current.isEmpty { parts.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        if !current.isEmpty { parts.append(current) }
        return parts
    }
}

/// The default a log declares for an attribute.
struct XESDefault: Sendable {
    var key: Int
    var kind: ValueKind
    var text: [UInt8]
}
