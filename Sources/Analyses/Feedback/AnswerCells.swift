package import Experience
package import Statistics

/// Answers to the seven standard items folded into their different forms, each with how often it occurs: five to the
/// power of seven forms at most, whatever the number of people. Everything about how items go together is read from it.
package struct AnswerCells: Sendable {
    /// Seven items of three bits, the first lowest.
    package private(set) var codes: [UInt32] = []
    package private(set) var counts: [Int] = []

    package var total: Int { counts.reduce(0, +) }

    /// 1 to 5, or 0 without an answer.
    static func value(_ code: UInt32, _ item: SurveyItem) -> Int { Int(code >> UInt32(3 * (item.rawValue - 1)) & 7) }

    package init(codes: [UInt32], counts: [Int]) {
        self.codes = codes
        self.counts = counts
    }
}

extension ResponseColumns {
    /// The forms of the answers given in a stretch of time to some surveys, in one pass; held answers are left out.
    package func cells(in range: Range<Int64>, surveys wanted: Set<Int>? = nil) -> AnswerCells {
        var chosen = [Bool](repeating: wanted == nil, count: max(1, surveys.count))
        for place in wanted ?? [] where chosen.indices.contains(place) { chosen[place] = true }
        let (rows, known) = (lanes, chosen)
        let parts = inLanes(rows.count) { lane in histogram(of: rows[lane], in: range, known) }
        var cells = AnswerCells(codes: [], counts: [])
        for code in 0..<1 << 21 {
            var count = 0
            for part in parts { count += Int(part[code]) }
            if count > 0 { cells.add(UInt32(code), count) }
        }
        return cells
    }

    /// How often each form of the seven standard answers occurs, by its 21 bits.
    private func histogram(of rows: Range<Int>, in range: Range<Int64>, _ chosen: [Bool]) -> [UInt32] {
        let mask: UInt64 = (1 << 21) - 1
        let (from, until) = (range.lowerBound, range.upperBound)
        var histogram = [UInt32](repeating: 0, count: 1 << 21)
        histogram.withUnsafeMutableBufferPointer { histogram in
            occurred.withUnsafeBufferPointer { occurred in
                answers.withUnsafeBufferPointer { answers in
                    survey.withUnsafeBufferPointer { survey in
                        held.withUnsafeBufferPointer { held in
                            chosen.withUnsafeBufferPointer { chosen in
                                for row in rows {
                                    let time = occurred[row]
                                    guard time >= from, time < until, held[row] == 0, chosen[Int(survey[row])]
                                    else { continue }
                                    histogram[Int(answers[row] & mask)] &+= 1
                                }
                            }
                        }
                    }
                }
            }
        }
        return histogram
    }
}

extension AnswerCells {
    fileprivate mutating func add(_ code: UInt32, _ count: Int) {
        codes.append(code)
        counts.append(count)
    }

    /// The answers to some items alone, 0 without one, in the order of their values; how the others were answered is forgotten.
    func folded(_ items: [SurveyItem]) -> [(values: [Int], count: Int)] {
        let mask = items.reduce(UInt32(0)) { $0 | 7 << UInt32(3 * ($1.rawValue - 1)) }
        var merged: [UInt32: Int] = [:]
        for (code, count) in zip(codes, counts) { merged[code & mask, default: 0] += count }
        return merged.map { code, count in (items.map { AnswerCells.value(code, $0) }, count) }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
    }

    /// The index over the driver items: mean-scaled 0–100, or the share of 4 and 5, equal weights.
    package func index(_ scoring: RatingScore, rule: SmallSampleRule, period: Figure.Period? = nil) -> IndexScore {
        let drivers = SurveyItem.drivers
        let index = ExperienceIndex(
            drivers: drivers.map(\.name), cells: folded(drivers).map { ($0.values.map { UInt8($0) }, $0.count) },
            scoring: scoring)
        return IndexScore(
            figure: index.figure(rule: rule, period: period), withoutAnswers: index.withoutAnswers,
            drivers: zip(drivers, index.drivers).compactMap { item, driver in
                driver.score.map { IndexScore.Driver(item: item, score: $0, n: driver.n) }
            })
    }
}

/// The index with what it is made of.
package struct IndexScore: Sendable, Hashable {
    package struct Driver: Sendable, Hashable {
        package var item: SurveyItem
        /// 0–100.
        package var score: Double
        package var n: Int
    }

    package var figure: Figure
    /// Drivers nobody answered: they drop out and are named.
    package var withoutAnswers: [String]
    package var drivers: [Driver]
}
