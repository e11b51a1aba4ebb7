/// An exact fraction on 128-bit integers, for published totals that must not depend on binary rounding.
///
/// Every operation reports overflow as `nil`: a total that does not fit is not shown rather than wrong.
package struct ExactRational: Sendable, Equatable {
    /// Lowest terms, denominator > 0.
    package let numerator: Int128
    package let denominator: Int128

    /// A whole number.
    package init(_ value: Int) {
        numerator = Int128(value)
        denominator = 1
    }

    /// A fraction; `nil` for denominator 0 or terms at the edge of the range.
    package init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / Int128(divisor)
        self.denominator = sign * denominator / Int128(divisor)
    }

    /// A decimal as people write it: optional sign, digits, optional point and digits ("42.82", "-0.5", "12").
    ///
    /// No exponent, no separators, no surrounding space; `nil` for anything else or more digits than fit.
    package init?(decimal text: String) {
        var value: Int128 = 0
        var scale: Int128 = 1
        var digits = 0
        var isNegative = false
        var inFraction = false
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: isNegative = true
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: ".") where !inFraction: inFraction = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let shifted = value.multipliedReportingOverflow(by: 10)
                let added = shifted.partialValue.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
                guard !shifted.overflow, !added.overflow else { return nil }
                value = added.partialValue
                digits += 1
                if inFraction {
                    let wider = scale.multipliedReportingOverflow(by: 10)
                    guard !wider.overflow else { return nil }
                    scale = wider.partialValue
                }
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        self.init(isNegative ? -value : value, over: scale)
    }

    /// The nearest binary number.
    package var approximate: Double { Double(numerator) / Double(denominator) }

    private static func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
        var (x, y) = (a, b)
        while y != 0 { (x, y) = (y, x % y) }
        return max(x, 1)
    }
}
