/// Times as the writers write them: UTC, ISO 8601, milliseconds, or microseconds where there are any.
enum WrittenTime {
    static func append(_ microseconds: Int64, zone: String, to output: inout ByteOutput) {
        var days = microseconds / CivilTime.day
        var rest = microseconds % CivilTime.day
        if rest < 0 {
            rest += CivilTime.day
            days -= 1
        }
        let (year, month, day) = civil(Int(days))
        digits(year, 4, &output)
        output.append(0x2D)
        digits(month, 2, &output)
        output.append(0x2D)
        digits(day, 2, &output)
        output.append(0x54)
        let seconds = Int(rest / 1_000_000)
        let fraction = Int(rest % 1_000_000)
        digits(seconds / 3600, 2, &output)
        output.append(0x3A)
        digits(seconds / 60 % 60, 2, &output)
        output.append(0x3A)
        digits(seconds % 60, 2, &output)
        output.append(0x2E)
        if fraction % 1000 == 0 { digits(fraction / 1000, 3, &output) } else { digits(fraction, 6, &output) }
        output.append(zone)
    }

    private static func digits(_ value: Int, _ width: Int, _ output: inout ByteOutput) {
        var unit = 1
        for _ in 1..<width { unit *= 10 }
        while unit > 0 {
            output.append(UInt8(truncatingIfNeeded: 48 + value / unit % 10))
            unit /= 10
        }
    }

    /// The inverse of ``CivilTime/days(year:month:day:)``.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        let month = place < 10 ? place + 3 : place - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * place + 2) / 5 + 1)
    }
}
