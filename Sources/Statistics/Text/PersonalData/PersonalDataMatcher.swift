/// Tries the rules at one place of a text. Positions are bytes.
struct PersonalDataMatcher {
    let bytes: UnsafeBufferPointer<UInt8>

    /// The byte at a position; 0 outside the text.
    @inline(__always)
    func byte(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

    func isDigit(_ index: Int) -> Bool { byte(index) &- 0x30 < 10 }

    func isLetter(_ index: Int) -> Bool { (byte(index) | 0x20) &- 0x61 < 26 }

    /// A character that continues a word (bytes of other scripts do too).
    func isWord(_ index: Int) -> Bool {
        isDigit(index) || isLetter(index) || byte(index) == UInt8(ascii: "_") || byte(index) >= 0x80
    }

    func endOfDigits(_ start: Int) -> Int {
        var end = start
        while isDigit(end) { end += 1 }
        return end
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A separator inside a longer number: "-", ".", "/" with a digit on its far side.
    private func continues(after end: Int) -> Bool {
        switch byte(end) {
        case UInt8(ascii: "-"), UInt8(ascii: "/"): isDigit(end + 1)
        case UInt8(ascii: "."): isDigit(end + 1)
        default: isWord(end)
        }
    }

    private func isFree(before start: Int, from floor: Int) -> Bool {
        guard start > floor else { return start == floor }
        switch byte(start - 1) {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): return !isDigit(start - 2) || start - 2 < floor
        default: return !isWord(start - 1)
        }
    }

    /// What a run of digits belongs to, if anything.
    func number(at start: Int, digitsEnd: Int, from floor: Int, readsContext: Bool) -> PersonalDataSpan? {
        let before = start > floor ? byte(start - 1) : 0
        if start > floor, isLetter(start - 1) || before == UInt8(ascii: "-"),
            let span = lettered(at: start, digitsEnd: digitsEnd, from: floor)
        {
            return span
        }
        // Most numbers stand alone ("2024", "12345"): short, and nothing joins them to another digit.
        let length = digitsEnd - start
        let next = byte(digitsEnd)
        let isJoined = isJoint(digitsEnd) && (isDigit(digitsEnd + 1) || byte(digitsEnd + 1) == UInt8(ascii: "("))
        let isOpened = before == UInt8(ascii: "+") || before == UInt8(ascii: "(")
        if !isJoined, !isOpened, length != 9, length < 13, !(length == 1 && isLetter(start + 1)),
            next != UInt8(ascii: "(")
        {
            return nil
        }
        if let range = phone(at: start, from: floor) { return PersonalDataSpan(kind: .phone, bytes: range) }
        guard isFree(before: start, from: floor) else { return nil }
        let groups = groups(from: start, digitsEnd: digitsEnd)
        if let end = card(groups, start) { return PersonalDataSpan(kind: .paymentCard, bytes: start..<end) }
        if let span = nineDigits(groups, start) { return span }
        if let end = medicare(at: start) { return PersonalDataSpan(kind: .medicareNumber, bytes: start..<end) }
        if let end = internetAddress(groups) {
            return PersonalDataSpan(kind: .internetAddress, bytes: start..<end)
        }
        if let end = date(groups) { return PersonalDataSpan(kind: .date, bytes: start..<end) }
        if readsContext, digitsEnd - start == 9, !continues(after: digitsEnd),
            let kind = namedNumber(start..<digitsEnd, from: floor)
        {
            return PersonalDataSpan(kind: kind, bytes: start..<digitsEnd)
        }
        return nil
    }

    /// Runs of digits joined by single separators; up to five, kept without allocation.
    struct Groups {
        var count = 0
        var starts = SIMD8<Int>.zero
        var ends = SIMD8<Int>.zero

        func length(_ index: Int) -> Int { ends[index] - starts[index] }
    }

    /// Up to five groups from `start`; separators are "-", " ", "." and "/".
    private func groups(from start: Int, digitsEnd: Int) -> Groups {
        var result = Groups()
        var position = start
        var end = digitsEnd
        while true {
            result.starts[result.count] = position
            result.ends[result.count] = end
            result.count += 1
            guard result.count < 5, isJoint(end), isDigit(end + 1) else { return result }
            position = end + 1
            end = endOfDigits(position)
        }
    }

    private func isJoint(_ index: Int) -> Bool {
        switch byte(index) {
        case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "/"): true
        default: false
        }
    }

    private func value(_ groups: Groups, _ index: Int) -> Int {
        var result = 0
        for position in groups.starts[index]..<groups.ends[index] { result = result * 10 + Int(byte(position) &- 0x30) }
        return result
    }

    /// The separator all of the first `count` groups share, when it is one of the allowed ones.
    private func separator(_ groups: Groups, _ count: Int, _ allowed: StaticString) -> UInt8? {
        guard groups.count >= count, count >= 2 else { return nil }
        let first = byte(groups.ends[0])
        guard allowed.withUTF8Buffer({ $0.contains(first) }) else { return nil }
        for index in 1..<(count - 1) where byte(groups.ends[index]) != first { return nil }
        return continues(after: groups.ends[count - 1]) ? nil : first
    }

    private func lengths(_ groups: Groups, _ a: Int, _ b: Int, _ c: Int, _ d: Int = 0, _ e: Int = 0) -> Bool {
        let wanted = SIMD8<Int>(a, b, c, d, e, 0, 0, 0)
        for index in 0..<5 where wanted[index] > 0 {
            guard index < groups.count, groups.length(index) == wanted[index] else { return false }
        }
        return true
    }

    private func card(_ groups: Groups, _ start: Int) -> Int? {
        if groups.length(0) > 4 {
            guard (13...19).contains(groups.length(0)), !continues(after: groups.ends[0]) else { return nil }
            return IdentifierRules.isPaymentCard(text(start..<groups.ends[0])) ? groups.ends[0] : nil
        }
        let count: Int
        if lengths(groups, 4, 4, 4, 4, 3) {
            count = 5
        } else if lengths(groups, 4, 4, 4, 4) {
            count = 4
        } else if lengths(groups, 4, 6, 5) || lengths(groups, 4, 6, 4) {
            count = 3
        } else {
            return nil
        }
        let end = groups.ends[count - 1]
        guard separator(groups, count, " -") != nil, IdentifierRules.isPaymentCard(text(start..<end)) else {
            return nil
        }
        return end
    }

    private func nineDigits(_ groups: Groups, _ start: Int) -> PersonalDataSpan? {
        if lengths(groups, 3, 2, 4), separator(groups, 3, " -") != nil {
            let range = start..<groups.ends[2]
            if IdentifierRules.isSocialSecurityNumber(text(range)) {
                return PersonalDataSpan(kind: .socialSecurityNumber, bytes: range)
            }
            if IdentifierRules.isTaxpayerNumber(text(range)) {
                return PersonalDataSpan(kind: .taxpayerNumber, bytes: range)
            }
        }
        if groups.count >= 2, groups.length(0) == 2, groups.length(1) == 7, separator(groups, 2, "-") != nil {
            let range = start..<groups.ends[1]
            if IdentifierRules.isEmployerNumber(text(range)) {
                return PersonalDataSpan(kind: .employerNumber, bytes: range)
            }
        }
        return nil
    }

    private func medicare(at start: Int) -> Int? {
        guard isLetter(start + 1) else { return nil }
        let hyphen = UInt8(ascii: "-")
        let length = byte(start + 4) == hyphen && byte(start + 8) == hyphen ? 13 : 11
        guard start + length <= bytes.count, !isWord(start + length),
            bytes[start..<start + length].count(where: { $0 == hyphen }) == length - 11,
            !bytes[start..<start + length].contains(UInt8(ascii: " "))
        else { return nil }
        return IdentifierRules.isMedicareNumber(text(start..<start + length)) ? start + length : nil
    }

    private func internetAddress(_ groups: Groups) -> Int? {
        guard separator(groups, 4, ".") != nil,
            (0..<4).allSatisfy({ groups.length($0) <= 3 && value(groups, $0) <= 255 })
        else { return nil }
        return groups.ends[3]
    }

    /// Month/day/year, day.month.year or year-month-day with a four-digit year of 1900–2099.
    private func date(_ groups: Groups) -> Int? {
        guard let mark = separator(groups, 3, "/-."), (0..<3).allSatisfy({ groups.length($0) <= 4 }) else { return nil }
        func isDay(_ month: Int, _ day: Int) -> Bool { (1...12).contains(month) && (1...31).contains(day) }
        let first = value(groups, 0)
        let second = value(groups, 1)
        let third = value(groups, 2)
        guard groups.length(1) <= 2 else { return nil }
        if groups.length(0) == 4, groups.length(2) <= 2 {
            return (1900...2099).contains(first) && isDay(second, third) ? groups.ends[2] : nil
        }
        guard groups.length(2) == 4, groups.length(0) <= 2, (1900...2099).contains(third) else { return nil }
        let isDotted = mark == UInt8(ascii: ".")
        let fits = isDay(first, second) || isDay(second, first)
        return fits && (!isDotted || isDay(second, first)) ? groups.ends[2] : nil
    }
}
