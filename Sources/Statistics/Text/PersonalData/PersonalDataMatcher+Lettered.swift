extension PersonalDataMatcher {
    /// Numbers that begin with letters: IBAN, USCIS receipt, A-number. `start` is their first digit.
    func lettered(at start: Int, digitsEnd: Int, from floor: Int) -> PersonalDataSpan? {
        // "A-087654321", "EAC-21-900-12345": a hyphen may stand between letters and digits.
        let hasHyphen = byte(start - 1) == UInt8(ascii: "-")
        let lettersEnd = hasHyphen ? start - 1 : start
        var first = lettersEnd
        while first > floor, lettersEnd - first < 4, isLetter(first - 1) { first -= 1 }
        guard first < lettersEnd, first == floor || !isWord(first - 1) else { return nil }
        switch lettersEnd - first {
        case 1:
            guard byte(first) | 0x20 == UInt8(ascii: "a"), (8...9).contains(digitsEnd - start), !isWord(digitsEnd)
            else { return nil }
            return PersonalDataSpan(kind: .alienNumber, bytes: first..<digitsEnd)
        case 2:
            guard !hasHyphen, digitsEnd - start >= 2, let end = accountEnd(first) else { return nil }
            return PersonalDataSpan(kind: .bankAccount, bytes: first..<end)
        case 3:
            guard let end = receiptEnd(start), IdentifierRules.isImmigrationReceipt(text(first..<end))
            else { return nil }
            return PersonalDataSpan(kind: .immigrationReceipt, bytes: first..<end)
        default: return nil
        }
    }

    /// End of ten digits from `start`, single hyphens or spaces between them allowed.
    private func receiptEnd(_ start: Int) -> Int? {
        var position = start
        var digits = 0
        while digits < 10 {
            if isDigit(position) {
                digits += 1
                position += 1
            } else if (byte(position) == UInt8(ascii: "-") || byte(position) == UInt8(ascii: " "))
                && isDigit(position + 1)
            {
                position += 1
            } else {
                return nil
            }
        }
        return isWord(position) ? nil : position
    }

    /// End of the IBAN that begins at `first`: the country says how many letters and digits there are.
    private func accountEnd(_ first: Int) -> Int? {
        let country = [byte(first) & 0xDF, byte(first + 1) & 0xDF]
        guard let length = IdentifierRules.accountLength(country: country) else { return nil }
        var position = first
        var taken = 0
        while taken < length {
            if isDigit(position) || isLetter(position) {
                taken += 1
                position += 1
            } else if (byte(position) == UInt8(ascii: " ") || byte(position) == UInt8(ascii: "-")), taken % 4 == 0,
                isDigit(position + 1) || isLetter(position + 1)
            {
                position += 1
            } else {
                return nil
            }
        }
        guard !isWord(position), IdentifierRules.isBankAccount(text(first..<position)) else { return nil }
        return position
    }

    /// What the words before nine bare digits say they are.
    func namedNumber(_ range: Range<Int>, from floor: Int) -> PersonalDataKind? {
        let before = text(max(floor, range.lowerBound - 28)..<range.lowerBound).lowercased()
        let digits = text(range)
        if before.contains("ssn") || before.contains("social sec") || before.contains("seguro social") {
            return IdentifierRules.isSocialSecurityNumber(digits) ? .socialSecurityNumber : nil
        }
        if before.contains("itin") || before.contains("tax id") || before.contains("taxpayer") {
            return IdentifierRules.isTaxpayerNumber(digits) ? .taxpayerNumber : nil
        }
        return nil
    }
}
