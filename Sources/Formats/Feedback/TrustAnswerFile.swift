package import Experience

/// The upload file of the second version: one line a respondent, 17 columns.
///
/// An indicator is 0 for not ticked, 1 for ticked, "null" for a list this person was not asked: three different things.
package enum TrustAnswerFile {
    package static let columns: [String] =
        ["external_id", "question_1"] + MentionedDriver.allCases.map { "positive_\($0.rawValue)" }
        + MentionedDriver.allCases.map { "negative_\($0.rawValue)" } + ["question_4"]

    package static func write(_ answers: [TrustAnswer]) -> String {
        func marks(_ ticks: [Bool?]) -> UInt8 {
            // A list is asked as a whole or not at all.
            guard !ticks.contains(where: { $0 == nil }) else { return TrustAnswerRows.notAsked }
            return ticks.enumerated().reduce(0) { $1.element == true ? $0 | 1 << UInt8($1.offset) : $0 }
        }
        var lines = TrustAnswerRows(expecting: answers.count)
        for answer in answers {
            lines.add(
                id: answer.externalID, trust: answer.trust, positive: marks(answer.positive),
                negative: marks(answer.negative), comment: answer.comment)
        }
        return lines.text
    }

    /// The upload of answers kept in columns, without a value for each of its cells: a million rows in a fraction of a second.
    ///
    /// - Parameters:
    ///   - ids: the number of each answer's event.
    ///   - positive: the seven ticks as bits, lowest first in the order of ``MentionedDriver``; 128 = not asked.
    ///   - comments: what people wrote, by number of the answer's event; empty where the reader may not have it.
    package static func write(
        ids: [Int64], trust: [UInt8], positive: [UInt8], negative: [UInt8], comments: [Int64: String] = [:]
    ) -> String {
        guard comments.isEmpty else {
            func ticks(_ marks: UInt8) -> [Bool?] {
                MentionedDriver.allCases.indices.map { marks == 128 ? nil : marks >> UInt8($0) & 1 == 1 }
            }
            return write(
                ids.indices.map { row in
                    TrustAnswer(
                        externalID: String(ids[row]), trust: Int(trust[row]), positive: ticks(positive[row]),
                        negative: ticks(negative[row]), comment: comments[ids[row]] ?? "")
                })
        }
        let count = min(ids.count, trust.count, positive.count, negative.count)
        var lines = TrustAnswerRows(expecting: count)
        for row in 0..<count {
            lines.add(id: ids[row], trust: trust[row], positive: positive[row], negative: negative[row])
        }
        return lines.text
    }

    package struct Reading: Sendable {
        package var answers: [TrustAnswer]
        /// Nil when no row could be read.
        package var scale: TrustScale?
        package var problems: [CellProblem]
    }

    /// Reads and checks an upload.
    ///
    /// Refused with row and column: text where a value belongs, a trust answer off the scale, a list that is partly asked,
    /// the list of the other side ticked, an empty or repeated id. A column of 0 and 1 only is read as thumbs.
    package static func read(_ bytes: [UInt8]) throws(SurveyFileProblem) -> Reading {
        let table = try SurveyTable(bytes, columns: columns)
        guard !table.rows.isEmpty else { throw .noRows }
        let places = CellReader.places(table.columns)
        let trust = table.rows.map { row in
            let place = places["question_1"] ?? 0
            return row.cells.indices.contains(place) ? CellReader.whole(row.cells[place].stripped) : nil
        }
        let scale: TrustScale = trust.allSatisfy { $0.map { $0 <= 1 } ?? true } ? .thumbs : .agreement
        var reading = Reading(answers: [], scale: nil, problems: [])
        var seen: Set<String> = []
        for (row, value) in zip(table.rows, trust) {
            var cells = CellReader(row, places, width: table.columns.count)
            let answer = answer(&cells, value, scale)
            if !seen.insert(answer.externalID).inserted { cells.refuse("external_id", "stands in an earlier row too") }
            if cells.problems.isEmpty {
                reading.answers.append(answer)
                reading.scale = scale
            } else {
                reading.problems += cells.problems
            }
        }
        return reading
    }

    private static func answer(_ cells: inout CellReader, _ trust: Int?, _ scale: TrustScale) -> TrustAnswer {
        let id = cells.text("external_id").stripped
        if id.isEmpty { cells.refuse("external_id", "is empty; give every answer an id of its own") }
        if trust.map({ !scale.values.contains($0) }) ?? true {
            cells.refuse(
                "question_1",
                scale == .thumbs ? "must be 0 or 1 (or 1 to 5 in every row)" : "must be 1 to 5, as in the other rows")
        }
        func side(_ name: String) -> [Bool?] {
            let ticks = MentionedDriver.allCases.map { driver -> Bool? in
                let column = "\(name)_\(driver.rawValue)"
                switch cells.text(column).stripped.lowercased() {
                case "0": return false
                case "1": return true
                case "null": return nil
                case "":
                    cells.refuse(column, "is empty; write 0, 1, or null where it was not asked")
                    return nil
                default:
                    cells.refuse(column, "must be 0, 1 or null")
                    return nil
                }
            }
            return ticks
        }
        let positive = side("positive")
        let negative = side("negative")
        if let trust, scale.values.contains(trust) {
            let isPositive = scale.isPositive(trust)
            let other = isPositive ? negative : positive
            if let place = other.firstIndex(where: { $0 == true }) {
                let driver = MentionedDriver.allCases[place].rawValue
                cells.refuse(
                    isPositive ? "negative_\(driver)" : "positive_\(driver)",
                    "belongs to the other side of the trust answer in question_1; it must be null")
            }
        }
        return TrustAnswer(
            externalID: id, trust: trust ?? 0, positive: positive, negative: negative,
            comment: cells.text("question_4"))
    }
}

/// Rows of an upload as bytes. The sixteen cells of ticks are copied from a table of all patterns there are.
private struct TrustAnswerRows {
    static let notAsked: UInt8 = 128

    private var bytes: [UInt8]
    /// By pattern: ",0,1,…", and ",null" seven times at ``notAsked``.
    private let patterns: [[UInt8]]

    init(expecting rows: Int) {
        patterns = (0...UInt8(128)).map { pattern in
            (0..<7).flatMap { bit in
                Array((pattern == TrustAnswerRows.notAsked ? ",null" : pattern >> bit & 1 == 1 ? ",1" : ",0").utf8)
            }
        }
        var header = CSVLines()
        header.add(TrustAnswerFile.columns)
        bytes = Array(header.text.utf8)
        bytes.reserveCapacity(bytes.count + rows * 72)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func add(id: Int64, trust: UInt8, positive: UInt8, negative: UInt8) {
        add(id)
        bytes.append(0x2C)
        bytes.append(0x30 + min(trust, 9))
        bytes.append(contentsOf: patterns[Int(min(positive, 128))])
        bytes.append(contentsOf: patterns[Int(min(negative, 128))])
        bytes.append(0x2C)
        bytes.append(0x0A)
    }

    mutating func add(id: String, trust: Int, positive: UInt8, negative: UInt8, comment: String) {
        bytes.append(contentsOf: "\(CSVLines.quoted(id)),\(trust)".utf8)
        bytes.append(contentsOf: patterns[Int(min(positive, 128))])
        bytes.append(contentsOf: patterns[Int(min(negative, 128))])
        bytes.append(0x2C)
        bytes.append(contentsOf: CSVLines.quoted(comment).utf8)
        bytes.append(0x0A)
    }

    private mutating func add(_ number: Int64) {
        if number < 0 { bytes.append(0x2D) }
        var rest = number.magnitude
        let start = bytes.count
        repeat {
            bytes.append(0x30 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
