package import JourneyEngine

/// How well the last one, two or three activities tell the next one and the time left: trained on the first 80 % of
/// journeys by start, tested on every prefix of the rest.
package enum PredictionQuestion: JourneyQuestion {
    package static let id = "prediction"
    package static let title = "How predictable journeys are"
    package static let about =
        "Accuracy of the next activity and error of the time left, by the last one to three activities."

    package struct Baseline: Sendable, Hashable, Codable {
        package var split =
            "cases ordered by (first timestamp, file position); first floor(0.8 n) train, rest test; "
            + "every prefix of length >= 1; next label includes <end>"
        package var testPrefixes: Int
        package var nextAccuracy: [String: Double]
        package var remainingError: [String: Double]
        package var backoff = "to shorter context, then global mean; ties by label asc"

        enum CodingKeys: String, CodingKey {
            case split, backoff
            case testPrefixes = "test_prefixes"
            case nextAccuracy = "next_accuracy"
            case remainingError = "remaining_time_mae_days"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var baseline: Baseline

        enum CodingKeys: String, CodingKey { case baseline = "prediction_baseline" }

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] = baseline.nextAccuracy.keys.sorted().map { key in
                [.text(key), AnswerCell(baseline.nextAccuracy[key]), AnswerCell(baseline.remainingError[key])]
            }
            let columns = ["context", "next_accuracy", "remaining_time_mae_days"]
            return [AnswerTable("Prediction", columns: columns, rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        let columns = JourneyColumns(log)
        let order = columns.byStart()
        let split = columns.journeyCount * 4 / 5
        var answer = Baseline(testPrefixes: 0, nextAccuracy: [:], remainingError: [:])
        for length in 1...3 {
            var model = PrefixModel(length: length)
            for journey in order.prefix(split) {
                let range = columns.events(of: journey)
                model.learn(columns.activities[range], columns.times[range])
            }
            var prefixes = 0
            var right = 0
            var error = 0.0
            for journey in order.dropFirst(split) {
                let range = columns.events(of: journey)
                guard let last = range.last else { continue }
                for event in range {
                    let figures = model.figures(columns.activities[range], upTo: event)
                    let next = event < last ? columns.activities[event + 1] : PrefixModel.end
                    if figures.count > 0, model.likeliest(figures, names: columns.names) == next { right += 1 }
                    let left = Double(columns.times[last] - columns.times[event])
                    error += abs(left - figures.meanRemaining)
                    prefixes += 1
                }
            }
            answer.testPrefixes = prefixes
            guard prefixes > 0 else { continue }
            answer.nextAccuracy["last_\(length)"] = Double(right) / Double(prefixes)
            answer.remainingError["last_\(length)"] = error / Double(prefixes) / 8.64e10
        }
        return Answer(baseline: answer)
    }
}

extension JourneyColumns {
    /// Journeys by first moment, then by position in the log.
    func byStart() -> [Int] {
        (0..<journeyCount).filter { !events(of: $0).isEmpty }.sorted { a, b in
            (times[offsets[a]], a) < (times[offsets[b]], b)
        }
    }
}
