import Foundation

/// Numbers as people read them. English and the Spanish of the Americas both write 1,234.5.
package enum NumberText {
    package static func whole(_ number: Int) -> String {
        let digits = Array(String(number.magnitude).utf8)
        var bytes: [UInt8] = number < 0 ? Array("−".utf8) : []
        for (at, digit) in digits.enumerated() {
            if at > 0, (digits.count - at) % 3 == 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// With up to `places` decimals, trailing zeros cut; "–" for what is not finite.
    package static func decimal(_ number: Double, places: Int = 1) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "–" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (abs(number) * scale).rounded()
        let wholePart = Int((scaled / scale).rounded(.down))
        let fraction = Int(scaled) - wholePart * Int(scale)
        var text = whole(wholePart)
        if fraction > 0 {
            let digits = String(Int(scale) + fraction).dropFirst()
            var cut = digits
            while cut.last == "0" { cut.removeLast() }
            text += "." + cut
        }
        return number < 0 && scaled > 0 ? "−" + text : text
    }

    /// With exactly `places` decimals; "–" for what is not finite.
    package static func fixed(_ number: Double, places: Int) -> String {
        let text = decimal(number, places: places)
        guard places > 0, text != "–" else { return text }
        let decimals = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
        return text + (decimals == 0 ? "." : "") + String(repeating: "0", count: max(0, places - decimals))
    }

    /// A share as per cent: whole points, one decimal below 10 % and above 99 % unless exactly 0 or 1.
    package static func share(_ share: Double, spaced: Bool) -> String {
        guard share.isFinite else { return "–" }
        let points = share * 100
        let fine = (points > 0 && points < 10) || (points > 99 && points < 100)
        return decimal(points, places: fine ? 1 : 0) + (spaced ? "\u{A0}%" : "%")
    }
}
