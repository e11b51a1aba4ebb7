package import Experience

/// A plain-text mail as it goes over the wire (RFC 5322, MIME): CRLF, lines of at most 76 signs, everything that is not
/// ASCII encoded, so that it passes any server.
package struct MailText: Sendable {
    package var from: MailAddress
    package var to: MailAddress
    package var subject: String
    package var body: String
    package var language: Language
    /// The part before the @ of the Message-ID: the same over every attempt to send.
    package var id: String
    package var sent: Instant

    package init(
        from: MailAddress, to: MailAddress, subject: String, body: String, language: Language, id: String,
        sent: Instant
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.body = body
        self.language = language
        self.id = id
        self.sent = sent
    }

    package var bytes: [UInt8] {
        var lines = [
            "Date: \(MailText.date(sent))",
            "From: \(from.header)",
            "To: \(to.header)",
            "Message-ID: <\(id)@\(from.domain)>",
        ]
        lines += MailText.encodedHeader("Subject", subject)
        lines += [
            // RFC 3834: no vacation note answers it.
            "Auto-Submitted: auto-generated",
            "Content-Language: \(language.rawValue)",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8) + [0x0D, 0x0A] + MailText.base64Lines(normalised)
    }

    /// The body with CRLF between lines and one at its end.
    private var normalised: [UInt8] {
        var bytes: [UInt8] = []
        for byte in body.utf8 where byte != 0x0D {
            if byte == 0x0A { bytes.append(0x0D) }
            bytes.append(byte)
        }
        if bytes.last != 0x0A { bytes += [0x0D, 0x0A] }
        return bytes
    }

    private static func base64Lines(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 57) {
            out += base64(bytes[start..<min(start + 57, bytes.count)])
            out += [0x0D, 0x0A]
        }
        return out
    }

    static func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                for shift in [18, 12, 6, 0] as [UInt32] { out.append(digits[Int(group >> shift & 63)]) }
                (group, count) = (0, 0)
            }
        }
        if count == 1 {
            out += [digits[Int(group >> 2 & 63)], digits[Int(group << 4 & 63)], 0x3D, 0x3D]
        } else if count == 2 {
            out += [digits[Int(group >> 10 & 63)], digits[Int(group >> 4 & 63)], digits[Int(group << 2 & 63)], 0x3D]
        }
        return out
    }

    /// A header in plain ASCII where it is short enough, else as encoded words (RFC 2047) of whole characters. Line
    /// ends in the value can't make a header of their own.
    static func encodedHeader(_ name: String, _ value: String) -> [String] {
        let flat = String(value.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        if flat.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !flat.contains("=?"), flat.utf8.count <= 60 {
            return ["\(name): \(flat)"]
        }
        var words: [String] = []
        var part: [UInt8] = []
        func flush() {
            guard !part.isEmpty else { return }
            words.append("=?utf-8?B?\(String(decoding: base64(part), as: UTF8.self))?=")
            part = []
        }
        for scalar in flat.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if part.count + bytes.count > 39 { flush() }
            part += bytes
        }
        flush()
        return words.enumerated().map { $0.offset == 0 ? "\(name): \($0.element)" : " \($0.element)" }
    }

    /// "Tue, 03 Mar 2026 15:04:05 +0000".
    static func date(_ instant: Instant) -> String {
        let day = CivilDate(utc: instant)
        let parts = day.components
        let seconds = Int((instant.microseconds - day.startUTC.microseconds) / 1_000_000)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday - 1]
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
            parts.month - 1]
        return "\(weekday), \(two(parts.day)) \(month) \(parts.year) "
            + "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)) +0000"
    }
}

/// A mail address that can stand in an envelope and a header without meaning anything else.
package struct MailAddress: Hashable, Sendable {
    package let address: String
    package let name: String?

    /// "person@example.org", or "Name <person@example.org>". Nil for anything with blanks, control or quoting signs in
    /// the address, without exactly one @, or longer than mail allows.
    package init?(_ text: some StringProtocol) {
        let text = text.trimming { $0 == " " }
        var address = text[...]
        var name: String?
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            address = text[text.index(after: open)...].dropLast()
            name = text[..<open].trimming { $0 == " " || $0 == "\"" }
        }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (1...253).contains(parts[1].utf8.count),
            address.utf8.allSatisfy({
                $0 > 0x20 && $0 != 0x7F
                    && ![0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x5B, 0x5C, 0x5D].contains($0)
            }),
            parts[1].utf8.allSatisfy({ $0 >= 0x80 || $0 == 0x2D || $0 == 0x2E || MailAddress.isAlphanumeric($0) }),
            !parts[1].hasPrefix("."), !parts[1].hasSuffix("."), !parts[1].hasPrefix("-"), !parts[1].contains(".."),
            !(name ?? "").utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        self.address = String(address)
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    package var domain: String { String(address.split(separator: "@").last ?? "localhost") }

    var header: String {
        guard let name else { return "<\(address)>" }
        if name.utf8.allSatisfy({ MailAddress.isAlphanumeric($0) || $0 == 0x20 || $0 == 0x2D || $0 == 0x2E }),
            name.utf8.count <= 40
        {
            return "\"\(name)\" <\(address)>"
        }
        let words = MailText.encodedHeader("", name).map { $0.hasPrefix(": ") ? String($0.dropFirst(2)) : $0 }
        return "\(words.joined(separator: "\r\n"))\r\n <\(address)>"
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension StringProtocol {
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
        var view = self[...]
        while let first = view.first, isBlank(first) { view = view.dropFirst() }
        while let last = view.last, isBlank(last) { view = view.dropLast() }
        return String(view)
    }
}
