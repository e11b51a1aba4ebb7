extension PersonalDataMatcher {
    /// Numbers that begin with letters: IBAN, USCIS receipt, A-number. `start` is their first digit.
    func lettered(at start: Int, digitsEnd: Int, from floor: Int) -> PersonalDataSpan? {
        var first = start
        while first > floor, start - first < 4, isLetter(first - 1) { first -= 1 }
        // "A-087654321": the letter stands before a hyphen.
        if first == start, byte(start - 1) == UInt8(ascii: "-"), start - 2 >= floor, isLetter(start - 2) {
            first = start - 2
        }
        guard first == floor || !isWord(first - 1) else { return nil }
        let letters = start - first
        if byte(first) | 0x20 == UInt8(ascii: "a"), letters == 1 || byte(first + 1) == UInt8(ascii: "-"),
            (8...9).contains(digitsEnd - start), !isWord(digitsEnd)
        {
            return PersonalDataSpan(kind: .alienNumber, bytes: first..<digitsEnd)
        }
        if letters == 3, let end = receiptEnd(start),
            IdentifierRules.isImmigrationReceipt(text(first..<end))
        {
            return PersonalDataSpan(kind: .immigrationReceipt, bytes: first..<end)
        }
        if letters == 2, digitsEnd - start >= 2, let end = accountEnd(first) {
            return PersonalDataSpan(kind: .bankAccount, bytes: first..<end)
        }
        // "EAC-21-900-12345": letters, hyphen, digits.
        let hyphen = UInt8(ascii: "-")
        if letters == 2, byte(start - 1) == hyphen, start - 4 >= floor, isLetter(start - 3), isLetter(start - 4),
            start - 4 == floor || !isWord(start - 5), let end = receiptEnd(start),
            IdentifierRules.isImmigrationReceipt(text(start - 4..<end))
        {
            return PersonalDataSpan(kind: .immigrationReceipt, bytes: start - 4..<end)
        }
        return nil
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
