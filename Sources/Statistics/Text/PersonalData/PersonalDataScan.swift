/// Finds identifiers of people in free text by structure and checksum.
///
/// One pass over the bytes: only a digit or "@" can be part of a finding, everything else is skipped; no regular expressions,
/// linear time on any input.
/// - Reference: rules in ``IdentifierRules``; NIST SP 800-122 for what personal data is.
/// - Finds: SSN, ITIN, payment cards, IBAN, phones (North American, or with "+"), e-mail, Medicare numbers, USCIS receipts and
///   A-numbers, employer numbers, full dates, IPv4. Spans do not overlap and come in order.
/// - Limits: bare digit runs (nine digits without separators) are left alone unless a word before them says what they are.
///   Names and street addresses are not found at all: show a redaction as "automatic, incomplete", keep comments
///   restricted, and measure recall per kind on a seeded test set.
package enum PersonalDataScan {
    /// Scans text.
    ///
    /// - Parameters:
    ///   - text: any text.
    ///   - readsContext: also take nine bare digits after "SSN", "social security", "ITIN" or "tax id" as a number.
    package static func spans(in text: String, readsContext: Bool = true) -> [PersonalDataSpan] {
        var copy = text
        return copy.withUTF8 { spans(in: $0, readsContext: readsContext) }
    }

    /// Scans UTF-8 bytes (invalid ones do no harm).
    package static func spans(
        in bytes: UnsafeBufferPointer<UInt8>, readsContext: Bool = true
    ) -> [PersonalDataSpan] {
        let matcher = PersonalDataMatcher(bytes: bytes)
        var found: [PersonalDataSpan] = []
        var index = 0
        // Nothing before this byte may be taken again.
        var floor = 0
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            // Digits are 0x30–0x39 and "@" is 0x40: one comparison skips nearly everything.
            if byte &- 0x30 > 0x10 || (byte > 0x39 && byte != 0x40) {
                index += 1
                continue
            }
            if byte == 0x40 {
                if let range = matcher.email(at: index, from: floor) {
                    found.append(PersonalDataSpan(kind: .email, bytes: range))
                    index = range.upperBound
                    floor = index
                } else {
                    index += 1
                }
                continue
            }
            let end = matcher.endOfDigits(index)
            if let span = matcher.number(at: index, digitsEnd: end, from: floor, readsContext: readsContext) {
                found.append(span)
                index = max(span.bytes.upperBound, index + 1)
                floor = index
            } else {
                index = end
            }
        }
        return found
    }

    /// The text with every finding replaced by its kind in brackets ("[SSN]"), and the findings.
    package static func redacted(_ text: String) -> (text: String, spans: [PersonalDataSpan]) {
        let bytes = Array(text.utf8)
        let found = spans(in: text)
        guard !found.isEmpty else { return (text, []) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for span in found {
            result.append(contentsOf: bytes[position..<span.bytes.lowerBound])
            result.append(contentsOf: "[\(span.kind.rawValue)]".utf8)
            position = span.bytes.upperBound
        }
        result.append(contentsOf: bytes[position...])
        return (String(decoding: result, as: UTF8.self), found)
    }

    /// Position of a byte counted in Unicode scalars, as other tools count.
    package static func scalarOffset(ofByte offset: Int, in text: String) -> Int {
        text.utf8.prefix(max(0, offset)).count { $0 & 0xC0 != 0x80 }
    }
}
