import Foundation
import JourneyEngine

/// Reference figures and logs that lie outside the project: where `THROUGHLINE_ORACLES` and `THROUGHLINE_LOGS` point,
/// else in `../shared` beside the checkout.
enum SharedFigures {
    static let checkout: URL = {
        // Tests/AnalysesTests/Journeys/SharedFigures.swift, whatever links lead to it.
        var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url
    }()

    private static func folder(_ variable: String, _ usual: String) -> URL {
        if let set = ProcessInfo.processInfo.environment[variable], !set.isEmpty { return URL(fileURLWithPath: set) }
        return checkout.deletingLastPathComponent().appendingPathComponent(usual)
    }

    static let logs = folder("THROUGHLINE_LOGS", "shared/data/logs")

    /// Either the folder itself or the `journeys` folder in it.
    static let figures: URL = {
        let given = folder("THROUGHLINE_ORACLES", "shared/oracles")
        let inner = given.appendingPathComponent("journeys")
        return FileManager.default.fileExists(atPath: inner.path) ? inner : given
    }()

    static let fixtures = checkout.appendingPathComponent("Tests/Fixtures/journeys")

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: figures.appendingPathComponent("receipt.json").path)
            && FileManager.default.fileExists(atPath: logs.appendingPathComponent("receipt.xes.gz").path)
    }

    static let whyAbsent: String =
        "the shared logs and reference figures are not there; set THROUGHLINE_LOGS and THROUGHLINE_ORACLES to run this"

    static func json(_ url: URL) throws -> Figures {
        Figures(try JSONSerialization.jsonObject(with: Data(contentsOf: url)))
    }
}

/// A JSON value, compared as the figures' rules say: counts and texts exactly, other numbers to 1e-6 of their size.
struct Figures: @unchecked Sendable {
    let value: Any

    init(_ value: Any) { self.value = value }

    subscript(key: String) -> Figures? { (value as? [String: Any])?[key].map { Figures($0) } }

    var list: [Figures] { (value as? [Any] ?? []).map { Figures($0) } }
    var keys: [String] { (value as? [String: Any]).map { Array($0.keys) } ?? [] }
    var text: String? { value as? String }
    var number: Double? { (value as? NSNumber)?.doubleValue }
    var integer: Int? { (value as? NSNumber)?.intValue }
    var texts: [String] { list.compactMap(\.text) }

    /// The first few places where `other` does not have what this has; keys only `other` has are information.
    func differences(_ other: Figures?, at path: String = "", relative: Double = 1e-6, limit: Int = 5) -> [String] {
        guard let other else { return ["\(path): missing"] }
        var found: [String] = []
        if let wanted = value as? [String: Any] {
            guard other.value is [String: Any] else { return ["\(path): not an object"] }
            for key in wanted.keys.sorted() where found.count < limit {
                found += Figures(wanted[key] ?? NSNull())
                    .differences(other[key], at: path + "." + key, relative: relative, limit: limit)
            }
        } else if let wanted = value as? [Any] {
            let got = other.list
            if wanted.count != got.count { return ["\(path): \(got.count) rows, expected \(wanted.count)"] }
            for (index, item) in wanted.enumerated() where found.count < limit {
                found += Figures(item)
                    .differences(got[index], at: "\(path)[\(index)]", relative: relative, limit: limit)
            }
        } else if let wanted = value as? String {
            if wanted != other.text { found.append("\(path): \(other.value), expected \(wanted)") }
        } else if value is NSNull {
            if !(other.value is NSNull) { found.append("\(path): \(other.value), expected null") }
        } else if let wanted = number {
            guard let got = other.number else { return ["\(path): no number"] }
            let isWhole = wanted == wanted.rounded() && abs(wanted) < 1e15 && got == got.rounded()
            let slack = isWhole ? 0 : max(1e-9, relative * abs(wanted))
            if abs(got - wanted) > slack { found.append("\(path): \(got), expected \(wanted)") }
        }
        return found
    }
}
