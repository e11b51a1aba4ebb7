package import Experience

/// What goes back to a carrier: the few elements of TwiML we speak.
package enum TwiML {
    /// Nothing to say.
    package static let silence = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>"

    /// One text message; silence for an empty one.
    package static func message(_ text: String) -> String {
        text.isEmpty ? silence : wrap("<Message>\(escape(text))</Message>")
    }

    /// Says a question and waits for keys; said once more when nothing comes, then the call ends.
    package static func gather(_ text: String, digits: Int, action: String, language: Language) -> String {
        let say = "<Say language=\"\(voice(language))\">\(escape(text))</Say>"
        let keys = digits == 1 ? "numDigits=\"1\"" : "finishOnKey=\"#\""
        let gather =
            "<Gather input=\"dtmf\" \(keys) timeout=\"8\" action=\"\(escape(action))\" method=\"POST\">\(say)</Gather>"
        return wrap(gather + gather + "<Hangup/>")
    }

    package static func farewell(_ text: String, language: Language) -> String {
        wrap("<Say language=\"\(voice(language))\">\(escape(text))</Say><Hangup/>")
    }

    private static func wrap(_ inner: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>\(inner)</Response>"
    }

    private static func voice(_ language: Language) -> String { language == .es ? "es-US" : "en-US" }

    /// By scalar, so that a mark on top of a bracket hides nothing; what XML can't hold becomes U+FFFD.
    static func escape(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\r", "\t": out.append(scalar)
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": out.append("\u{FFFD}")
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
