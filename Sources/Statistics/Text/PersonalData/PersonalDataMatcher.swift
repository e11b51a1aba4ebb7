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
        if start > floor, isLetter(start - 1) || byte(start - 1) == UInt8(ascii: "-") {
            if let span = lettered(at: start, digitsEnd: digitsEnd, from: floor) { return span }
        }
        if let range = phone(at: start, from: floor) { return PersonalDataSpan(kind: .phone, bytes: range) }
        guard isFree(before: start, from: floor) else { return nil }
        let groups = groups(from: start)
        if let end = card(groups, start) { return PersonalDataSpan(kind: .paymentCard, bytes: start..<end) }
        if let span = nineDigits(groups, start) { return span }
        if let end = medicare(at: start) { return PersonalDataSpan(kind: .medicareNumber, bytes: start..<end) }
        if let end = internetAddress(groups, start) {
            return PersonalDataSpan(kind: .internetAddress, bytes: start..<end)
        }
        if let end = date(groups, start) { return PersonalDataSpan(kind: .date, bytes: start..<end) }
        if readsContext, digitsEnd - start == 9, !continues(after: digitsEnd),
            let kind = namedNumber(start..<digitsEnd, from: floor)
        {
            return PersonalDataSpan(kind: kind, bytes: start..<digitsEnd)
        }
        return nil
    }

    /// Runs of digits joined by single separators.
    struct Group {
        let start: Int
        let end: Int
        var length: Int { end - start }
    }

    /// Up to five groups from `start`; separators are "-", " ", "." and "/".
    private func groups(from start: Int) -> [Group] {
        var result: [Group] = []
        var position = start
        while result.count < 5 {
            let end = endOfDigits(position)
            result.append(Group(start: position, end: end))
            switch byte(end) {
            case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "/"):
                guard isDigit(end + 1) else { return result }
                position = end + 1
            default: return result
            }
        }
        return result
    }

    /// The separator all of the first `count` groups share, when it is one of the allowed ones.
    private func separator(_ groups: [Group], _ count: Int, _ allowed: String) -> UInt8? {
        guard groups.count >= count, count >= 2 else { return nil }
        let first = byte(groups[0].end)
        guard allowed.utf8.contains(first) else { return nil }
        for index in 1..<(count - 1) where byte(groups[index].end) != first { return nil }
        return continues(after: groups[count - 1].end) ? nil : first
    }

    private func lengths(_ groups: [Group], _ wanted: [Int]) -> Bool {
        groups.count >= wanted.count && zip(groups, wanted).allSatisfy { $0.length == $1 }
    }

    private func card(_ groups: [Group], _ start: Int) -> Int? {
        if (13...19).contains(groups[0].length), !continues(after: groups[0].end) {
            return IdentifierRules.isPaymentCard(text(start..<groups[0].end)) ? groups[0].end : nil
        }
        for form in [[4, 4, 4, 4, 3], [4, 4, 4, 4], [4, 6, 5], [4, 6, 4]] where lengths(groups, form) {
            let end = groups[form.count - 1].end
            if separator(groups, form.count, " -") != nil, IdentifierRules.isPaymentCard(text(start..<end)) {
                return end
            }
        }
        return nil
    }

    private func nineDigits(_ groups: [Group], _ start: Int) -> PersonalDataSpan? {
        if lengths(groups, [3, 2, 4]), separator(groups, 3, " -") != nil {
            let range = start..<groups[2].end
            if IdentifierRules.isSocialSecurityNumber(text(range)) {
                return PersonalDataSpan(kind: .socialSecurityNumber, bytes: range)
            }
            if IdentifierRules.isTaxpayerNumber(text(range)) {
                return PersonalDataSpan(kind: .taxpayerNumber, bytes: range)
            }
        }
        if lengths(groups, [2, 7]), separator(groups, 2, "-") != nil {
            let range = start..<groups[1].end
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

    private func internetAddress(_ groups: [Group], _ start: Int) -> Int? {
        guard separator(groups, 4, ".") != nil,
            groups[0..<4].allSatisfy({ $0.length <= 3 && (Int(text($0.start..<$0.end)) ?? 256) <= 255 })
        else { return nil }
        return groups[3].end
    }

    /// Month/day/year, day.month.year or year-month-day with a four-digit year of 1900–2099.
    private func date(_ groups: [Group], _ start: Int) -> Int? {
        guard let mark = separator(groups, 3, "/-.") else { return nil }
        let values = groups[0..<3].map { $0.length <= 4 ? Int(text($0.start..<$0.end)) ?? 0 : 0 }
        func isDay(_ month: Int, _ day: Int) -> Bool { (1...12).contains(month) && (1...31).contains(day) }
        if groups[0].length == 4, groups[1].length <= 2, groups[2].length <= 2 {
            return (1900...2099).contains(values[0]) && isDay(values[1], values[2]) ? groups[2].end : nil
        }
        guard groups[2].length == 4, groups[0].length <= 2, groups[1].length <= 2, (1900...2099).contains(values[2])
        else { return nil }
        let isDotted = mark == UInt8(ascii: ".")
        let fits = isDay(values[0], values[1]) || isDay(values[1], values[0])
        return fits && (!isDotted || isDay(values[1], values[0])) ? groups[2].end : nil
    }
}
