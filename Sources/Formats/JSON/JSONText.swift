/// Writing JSON by hand: only what the writers need.
enum JSONText {
    static func string(_ text: String, _ output: inout ByteOutput) {
        output.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22:
                output.append(0x5C)
                output.append(0x22)
            case 0x5C:
                output.append(0x5C)
                output.append(0x5C)
            case 0x0A: output.append("\\n")
            case 0x0D: output.append("\\r")
            case 0x09: output.append("\\t")
            case 0..<0x20: output.append("\\u00" + (byte < 0x10 ? "0" : "1") + String(byte & 0xF, radix: 16))
            default: output.append(byte)
            }
        }
        output.append(0x22)
    }

    static func pair(_ key: String, _ value: String, _ output: inout ByteOutput) {
        string(key, &output)
        output.append(0x3A)
        string(value, &output)
    }
}
