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
        var all: [String: Double] = [:]
        for one in words { for word in one where word.count > 2 { all[word, default: 0] += 1 } }
        let vocabulary = all.filter { $0.value >= Double(fewestComments) }.keys.sorted()
        return file.themes.enumerated().map { place, theme in
            let inside = comments.indices.filter { about[$0].contains(place) }
            var counts: [String: Double] = [:]
            for at in inside { for word in words[at] { counts[word, default: 0] += 1 } }
            let first = vocabulary.map { counts[$0] ?? 0 }
            let second = zip(vocabulary, first).map { (all[$0] ?? 0) - $1 }
            var telling: [String] = []
            if inside.count >= 10, let prior = LogOdds.pooledPrior(vocabulary.map { all[$0] ?? 0 }, weight: 100),
                let odds = LogOdds.compare(first, second, prior: prior)
            {
                telling = zip(vocabulary, odds).filter { $1.zFullVariance > 1.96 && (counts[$0] ?? 0) >= 5 }
                    .sorted { $0.1.zFullVariance > $1.1.zFullVariance }.prefix(6).map(\.0)
            }
            func measured(_ value: Double?, _ n: Int?) -> ShownFigure? {
                guard let value, let n else { return nil }
                return ShownFigure(value: value, n: n, unit: .share, method: "themes")
            }
            return FeedbackView.Theme(
                id: theme.id.text, title: theme.title, comments: inside.count,
                displeased: inside.count { displeased[$0] }, words: telling,
                precision: measured(theme.measured?.precision, theme.measured?.given),
                recall: measured(theme.measured?.recall, theme.measured?.having))
        }.sorted { $0.comments > $1.comments }
    }
}
