/// Writing XML by hand: only what the writers need.
enum XMLText {
    /// Text for an attribute in double quotes or between tags. Characters XML 1.0 cannot hold become U+FFFD.
    static func escape(_ text: String, _ output: inout ByteOutput) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output.append("&amp;")
            case "<": output.append("&lt;")
            case ">": output.append("&gt;")
            case "\"": output.append("&quot;")
            case "\n", "\r", "\t": output.append("&#\(scalar.value);")
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": output.append("\u{FFFD}")
            default: output.append(String(scalar))
            }
        }
    }

    static func attribute(_ name: String, _ value: String, _ output: inout ByteOutput) {
        output.append(" " + name + "=\"")
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 }) {
            output.append(value)
        } else {
            escape(value, &output)
        }
        output.append(0x22)
    }
}
