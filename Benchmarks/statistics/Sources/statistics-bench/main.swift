import Foundation
import Statistics

// usage: statistics-bench FOLDER [SCALE]
// Measures, prints one line of JSON a task, and leaves the samples in FOLDER for the peers. SCALE below 1 is for
// trying it out.
let arguments = CommandLine.arguments
guard arguments.count >= 2, let scale = arguments.count > 2 ? Double(arguments[2]) : 1, scale > 0, scale <= 1 else {
    FileHandle.standardError.write(Data("usage: statistics-bench FOLDER [SCALE up to 1]\n".utf8))
    exit(64)
}
let folder = arguments[1]
let count = max(1_000, Int(1e7 * scale))
let responses = max(1_000, Int(1e5 * scale))
let samples = Samples(count: count, responses: responses)
try write(samples.durations, to: folder + "/durations.f64")
try write(samples.unordered, to: folder + "/unordered.f64")
try write(samples.ended.map { $0 ? 1 : 0 as UInt8 }, to: folder + "/ended.u8")
try write(samples.ratings, to: folder + "/ratings.f64")

let levels = [0.05, 0.5, 0.9, 0.95]
measure("kaplan-meier", repeats: 5) {
    guard let curve = KaplanMeier(ascendingTimes: samples.durations, isEvent: samples.ended) else { return [] }
    return [0.5, 0.9].map { curve.quantile($0) ?? -1 }
}
measure("quantiles", repeats: 5) { Quantile.of(samples.unordered, levels, type: .linear) ?? [] }
measure("quantiles by sorting", repeats: 3) {
    let sorted = samples.unordered.sorted()
    return levels.map { Quantile.ofSorted(sorted, $0, type: .linear) ?? -1 }
}
measure("bootstrap of a mean", repeats: 3) {
    guard
        let interval = Bootstrap.ofMean(samples.ratings, replicates: 2_000, seed: 7)?.percentileInterval()
    else { return [] }
    return [interval.lower, interval.upper]
}
let answers = Samples.answers(responses)
measure("bootstrap of the index", repeats: 3) {
    guard let answers,
        let result = ExperienceIndex.bootstrap(answers, scoring: .mean, replicates: 2_000, seed: 7),
        let interval = result.percentileInterval()
    else { return [] }
    return [interval.lower, interval.upper]
}
for share in [0.02, 0.1, 0.3, 0.6] {
    guard let table = Samples.table(side: max(10, Int(200 * scale.squareRoot())), smallShare: share) else { continue }
    measure("suppression, \(Int(share * 100)) % small", repeats: 3) {
        let done = TableSuppression(table)
        return [Double(done.primary.count), Double(done.hidden.count), done.isSafe ? 1 : 0]
    }
}
let comments = Samples.comments(bytes: Int(1e8 * scale))
measure("personal data", repeats: 3) {
    [Double(PersonalDataScan.spans(in: comments).count), Double(comments.utf8.count)]
}
