package import Experience

/// What a clamd calls itself: "ClamAV 1.4.3/27790/Wed Oct 15 09:40:48 2025" names program, number and time of its
/// signatures; the last two are missing where it has none of the official ones.
package struct ScannerVersion: Hashable, Sendable {
    package var product: String
    package var signatures: CivilDate?

    package init(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2).map(String.init)
        product = parts.first ?? text
        guard parts.count == 3 else { return }
        let words = parts[2].split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 5, let month = months.firstIndex(of: String(words[1])), let day = Int(words[2]),
            let year = Int(words[4])
        else { return }
        signatures = CivilDate(year: year, month: month + 1, day: day)
    }
}
