extension PersonalDataMatcher {
    /// A phone number whose first digit is at `start`; the range includes "(" and "+".
    ///
    /// Ten bare digits are too often a case number: a separator, a bracket or "+" is required.
    func phone(at start: Int, from floor: Int) -> Range<Int>? {
        let before = start > floor ? byte(start - 1) : 0
        let isPlus = before == UInt8(ascii: "+")
        let isBracket = before == UInt8(ascii: "(")
        let first = isPlus || isBracket ? start - 1 : start
        if first > floor {
            // "+1 (202)" is read from its plus sign, "1-202-…" from its 1.
            let previous = byte(first - 1)
            if isWord(first - 1) || previous == UInt8(ascii: "+") { return nil }
            if previous == UInt8(ascii: "-") || previous == UInt8(ascii: ".") || previous == UInt8(ascii: "/"),
                isDigit(first - 2), first - 2 >= floor
            {
                return nil
            }
        }
        if let end = northAmerican(from: first, isPlus: isPlus) { return first..<end }
        return isPlus ? international(from: start).map { first..<$0 } : nil
    }

    private func northAmerican(from first: Int, isPlus: Bool) -> Int? {
        var position = isPlus ? first + 1 : first
        var hasMark = isPlus
        if byte(position) == UInt8(ascii: "1"), !isDigit(position + 1) || isPlus {
            position += 1
            guard skipSeparator(&position) || isPlus else { return nil }
        } else if isPlus {
            return nil
        }
        let isBracketed = byte(position) == UInt8(ascii: "(")
        if isBracketed { position += 1 }
        let area = position
        guard digits(&position, 3) else { return nil }
        if isBracketed {
            guard byte(position) == UInt8(ascii: ")") else { return nil }
            position += 1
            hasMark = true
            _ = skipSeparator(&position)
        } else if skipSeparator(&position) {
            hasMark = true
        }
        let exchange = position
        guard digits(&position, 3) else { return nil }
        if skipSeparator(&position) { hasMark = true } else if !isBracketed, !isPlus { return nil }
        guard digits(&position, 4), hasMark, !isWord(position) else { return nil }
        if byte(position) == UInt8(ascii: "-"), isDigit(position + 1) { return nil }
        return isNumbered(area) && isNumbered(exchange) && byte(area + 1) != UInt8(ascii: "9") ? position : nil
    }

    /// Area or exchange code: starts with 2–9 and is no service code (N11); an area's middle digit is not 9.
    private func isNumbered(_ code: Int) -> Bool {
        byte(code) >= UInt8(ascii: "2") && !(byte(code + 1) == UInt8(ascii: "1") && byte(code + 2) == UInt8(ascii: "1"))
    }

    /// 8–15 digits after "+", single separators allowed (E.164).
    private func international(from start: Int) -> Int? {
        guard byte(start) != UInt8(ascii: "0"), byte(start) != UInt8(ascii: "1") else { return nil }
        var position = start
        var count = 0
        while count <= 15 {
            if isDigit(position) {
                count += 1
                position += 1
                continue
            }
            var next = position
            guard skipSeparator(&next), isDigit(next) else { break }
            position = next
        }
        return (8...15).contains(count) && !isWord(position) ? position : nil
    }

    private func digits(_ position: inout Int, _ count: Int) -> Bool {
        for _ in 0..<count {
            guard isDigit(position) else { return false }
            position += 1
        }
        return !isDigit(position) || count < 4
    }

    private func skipSeparator(_ position: inout Int) -> Bool {
        switch byte(position) {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."):
            position += 1
            return true
        default: return false
        }
    }

    /// The e-mail address around the "@" at `at`.
    func email(at: Int, from floor: Int) -> Range<Int>? {
        var start = at
        // Bounded, so that a text of nothing but "@" and letters stays linear.
        while start > floor, at - start < 128, isLocal(start - 1) { start -= 1 }
        while start < at, byte(start) == UInt8(ascii: ".") { start += 1 }
        guard start < at else { return nil }
        var end = at + 1
        var lastDot: Int?
        while end < bytes.count, end - at < 254 {
            let value = byte(end)
            if value == UInt8(ascii: ".") {
                guard end > at + 1, byte(end - 1) != UInt8(ascii: ".") else { break }
                lastDot = end
            } else if !isDigit(end), !isLetter(end), value != UInt8(ascii: "-") {
                break
            }
            end += 1
        }
        while end > at + 1, byte(end - 1) == UInt8(ascii: ".") || byte(end - 1) == UInt8(ascii: "-") { end -= 1 }
        if let dot = lastDot, dot >= end { lastDot = bytes[at + 1..<end].lastIndex(of: UInt8(ascii: ".")) }
        guard let dot = lastDot, end - dot > 2, bytes[dot + 1..<end].allSatisfy({ ($0 | 0x20) &- 0x61 < 26 })
        else { return nil }
        return start..<end
    }

    private func isLocal(_ index: Int) -> Bool {
        if isDigit(index) || isLetter(index) { return true }
        switch byte(index) {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): return true
        default: return false
        }
    }
}
