internal import Analyses
internal import Experience
internal import Formats
internal import Foundation
internal import Site
internal import Statistics
internal import Storage
internal import Synchronization

/// What comments are about: the newest of a period, read once, kept as themes. Words of single people are not kept.
final class ThemeReader: Sendable {
    private struct Key: Hashable {
        var service: ServiceID
        var first: CivilDate
        var last: CivilDate
    }

    private struct Kept {
        var sequence: Int64
        var themes: [FeedbackView.Theme]
        var read: Int
    }

    private let record: Record
    private let file: ThemeFile?
    private let list: ThemeList
    private let kept = Mutex<[Key: Kept]>([:])
    /// Most comments read for one page.
    static let limit = 400
    /// A word is shown as telling only when so many comments hold it: a rare word may be somebody's name.
    static let fewestComments = 5

    /// - Parameter path: the list of themes; where it can't be read, comments have none.
    init(record: Record, path: String) {
        self.record = record
        file = textOfFile(path).flatMap { try? ThemeFile(yaml: $0) }
        list = ThemeList(
            (file?.themes ?? []).map { .init(id: $0.id, title: $0.title, terms: $0.terms, examples: $0.examples) })
    }

    func themes(
        _ definition: ServiceDefinition, first: CivilDate, last: CivilDate
    ) async throws -> (themes: [FeedbackView.Theme], read: Int) {
        guard let file else { return ([], 0) }
        let events = try await record.responses(
            agency: definition.agency, service: definition.id,
            period: .init(from: first.startUTC, to: last.adding(days: 1).startUTC), limit: ThemeReader.limit)
        let newest = events.first?.sequence ?? 0
        let key = Key(service: definition.id, first: first, last: last)
        if let known = kept.withLock({ $0[key] }), known.sequence == newest { return (known.themes, known.read) }
        let words = try await record.words(of: events.map { .response($0.event) }, reader: "system")
        let fields = Set(definition.forms.flatMap(\.questions).filter { $0.kind == .longText }.map(\.id.text))
        let comments = words.values.flatMap { entry in entry.filter { fields.contains($0.key) }.map(\.value) }.sorted()
        let found = ThemeReader.sort(comments, file, list)
        kept.withLock { kept in
            if kept.count > 200 { kept.removeAll() }
            kept[key] = Kept(sequence: newest, themes: found, read: comments.count)
        }
        return (found, comments.count)
    }

    private static func sort(_ comments: [String], _ file: ThemeFile, _ list: ThemeList) -> [FeedbackView.Theme] {
        let about = comments.map { list.themes(of: $0) }
        let words = comments.map { Set(CommentWords.of($0)) }
        let displeased = comments.map { Sentiment.score($0).compound < -0.05 }
        return file.themes.enumerated().map { place, theme in
            let inside = comments.indices.filter { about[$0].contains(place) }
            let telling = TellingWords.of(words, inside: about.map { $0.contains(place) }, fewest: fewestComments)
            let quality = theme.measured.map { ConfusionCounts($0) }
            func shown(_ share: Proportion?) -> ShownFigure? {
                guard let share else { return nil }
                let interval = share.interval()
                return ShownFigure(
                    value: share.share, low: interval?.lower, high: interval?.upper, n: share.n, unit: .share,
                    method: "themes")
            }
            return FeedbackView.Theme(
                id: theme.id.text, title: theme.title, comments: inside.count,
                displeased: inside.count { displeased[$0] }, words: telling, precision: shown(quality?.precision),
                recall: shown(quality?.recall), f1: quality?.f1, accuracy: quality?.accuracy,
                majority: quality?.majorityAccuracy)
        }.sorted { $0.comments > $1.comments }
    }
}

extension ConfusionCounts {
    /// What a theme's rules did with labelled comments, from the shares that are written beside them.
    init(_ measured: ThemeFile.Measured) {
        let hits = Int((measured.precision * Double(measured.given)).rounded())
        self.init(
            truePositives: hits, falsePositives: max(0, measured.given - hits),
            falseNegatives: max(0, measured.having - hits),
            trueNegatives: max(0, measured.of - measured.given - measured.having + hits))
    }
}
