extension ExactRational {
    /// Sum; `nil` on overflow.
    package func adding(_ other: ExactRational) -> ExactRational? {
        let left = numerator.multipliedReportingOverflow(by: other.denominator)
        let right = other.numerator.multipliedReportingOverflow(by: denominator)
        let below = denominator.multipliedReportingOverflow(by: other.denominator)
        let sum = left.partialValue.addingReportingOverflow(right.partialValue)
        guard !left.overflow, !right.overflow, !below.overflow, !sum.overflow else { return nil }
        return ExactRational(sum.partialValue, over: below.partialValue)
    }

    /// Product; `nil` on overflow.
    package func times(_ other: ExactRational) -> ExactRational? {
        // Cancelling across first keeps the terms small.
        guard let a = ExactRational(numerator, over: other.denominator),
            let b = ExactRational(other.numerator, over: denominator)
        else { return nil }
        let top = a.numerator.multipliedReportingOverflow(by: b.numerator)
        let bottom = a.denominator.multipliedReportingOverflow(by: b.denominator)
        guard !top.overflow, !bottom.overflow else { return nil }
        return ExactRational(top.partialValue, over: bottom.partialValue)
    }

    /// Rounded half away from zero to `places` decimals, as an integer count of the last place; `nil` on overflow.
    package func rounded(places: Int = 0) -> Int128? {
        guard places >= 0, places <= 30 else { return nil }
        var scale: Int128 = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = numerator.multipliedReportingOverflow(by: scale)
        guard !scaled.overflow else { return nil }
        let (quotient, remainder) = scaled.partialValue.quotientAndRemainder(dividingBy: denominator)
        let isHalfOrMore = remainder.magnitude >= denominator.magnitude - remainder.magnitude
        guard isHalfOrMore else { return quotient }
        let next = quotient.addingReportingOverflow(scaled.partialValue < 0 ? -1 : 1)
        return next.overflow ? nil : next.partialValue
    }

    /// Written out with a fixed number of decimals, rounded half away from zero ("21624700.00"); `nil` on overflow.
    package func text(places: Int) -> String? {
        guard let value = rounded(places: places) else { return nil }
        var digits = String(value.magnitude)
        if places > 0 {
            if digits.count <= places { digits = String(repeating: "0", count: places + 1 - digits.count) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
        }
        return (value < 0 ? "-" : "") + digits
    }
}
