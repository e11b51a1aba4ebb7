/// The paths people take, each shown by where it differs from the commonest: what all share is quiet, what is added
/// is marked, what is left out is struck.
struct PathLine: Sendable {
    var name: String
    var count: String
    var share: String
    var time: String?
    var href: String?
    var bar: String
    /// "1 step added, 2 left out"; what the commonest path is called.
    var difference: String
    var chips: [Chip]

    struct Chip: Sendable {
        var text: String
        /// Said before the text to those who don't see the mark.
        var said: String?
        /// For the stylesheet.
        var look: String

        enum Kind: String, Sendable { case plain, same, added, left, fold }

        init(text: String, said: String? = nil, kind: Kind) {
            self.text = text
            self.said = said
            look = kind.rawValue
        }
    }
}

extension PathLine {
    enum Step: Hashable, Sendable {
        case same(String), added(String), left(String)
    }

    /// Chips beyond this many are counted, not shown: some logs have paths of hundreds of steps.
    private static let most = 28

    static func list(
        _ variants: [ServiceReport.Variant], of whole: Int, format: Format, titled: (String) -> String,
        href: (ServiceReport.Variant) -> String
    ) -> [PathLine] {
        guard let first = variants.first else { return [] }
        let words = format.words
        return variants.enumerated().map { at, variant in
            let steps =
                at == 0
                ? variant.activities.map { Step.same($0) } : difference(from: first.activities, to: variant.activities)
            let added = steps.count { if case .added = $0 { true } else { false } }
            let left = steps.count { if case .left = $0 { true } else { false } }
            var said: [String] = []
            if added > 0 { said.append(words.counted("path_added", added)) }
            if left > 0 { said.append(words.counted("path_left", left)) }
            let share = Double(variant.journeys) / Double(max(whole, 1))
            return PathLine(
                name: words["path_number", ["n": "\(at + 1)"]],
                count: words.counted("staff_journeys", variant.journeys),
                share: format.share(share),
                time: variant.medianSeconds.map { words["path_time", ["span": format.span(seconds: $0)]] },
                href: href(variant), bar: bar(share),
                difference: at == 0 ? words["path_commonest"] : said.joined(separator: words["list_comma"]),
                chips: at == 0
                    ? cut(variant.activities.map { Chip(text: titled($0), kind: .plain) }, words)
                    : cut(folded(steps, words, titled), words))
        }
    }

    private static func bar(_ share: Double) -> String {
        SVG.fluid("bar", height: 8, title: "", text: "", id: "path", isDecoration: true) { svg in
            svg.box("rail", SVG.Across(0), 0, SVG.Across(1), 8, round: 4)
            svg.box("bar1", SVG.Across(0), 0, SVG.Across(max(share, 0.01)), 8, round: 4)
        }
    }

    /// What is the same stays only beside a difference; longer stretches are counted.
    private static func folded(_ steps: [Step], _ words: Words, _ titled: (String) -> String) -> [Chip] {
        func isSame(_ at: Int) -> Bool {
            guard steps.indices.contains(at) else { return true }
            if case .same = steps[at] { return true }
            return false
        }
        var chips: [Chip] = []
        var run = 0
        func close() {
            guard run > 0 else { return }
            chips.append(Chip(text: words.counted("path_same", run), kind: .fold))
            run = 0
        }
        for (at, step) in steps.enumerated() {
            switch step {
            case .same(let name):
                if isSame(at - 1), isSame(at + 1) {
                    run += 1
                } else {
                    close()
                    chips.append(Chip(text: titled(name), kind: .same))
                }
            case .added(let name):
                close()
                chips.append(Chip(text: titled(name), said: words["path_said_added"], kind: .added))
            case .left(let name):
                close()
                chips.append(Chip(text: titled(name), said: words["path_said_left"], kind: .left))
            }
        }
        close()
        return chips
    }

    private static func cut(_ chips: [Chip], _ words: Words) -> [Chip] {
        guard chips.count > most else { return chips }
        return chips.prefix(most) + [Chip(text: words.counted("path_more", chips.count - most), kind: .fold)]
    }

    /// The shortest way from one path to the other, by the longest sequence both hold. Paths longer than 400 steps are
    /// compared by their beginnings.
    static func difference(from old: [String], to new: [String]) -> [Step] {
        let (a, b) = (Array(old.prefix(400)), Array(new.prefix(400)))
        var longest = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                longest[i][j] = a[i] == b[j] ? longest[i + 1][j + 1] + 1 : max(longest[i + 1][j], longest[i][j + 1])
            }
        }
        var steps: [Step] = []
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if i < a.count, j < b.count, a[i] == b[j] {
                steps.append(.same(a[i]))
                (i, j) = (i + 1, j + 1)
            } else if j < b.count, i == a.count || longest[i][j + 1] >= longest[i + 1][j] {
                steps.append(.added(b[j]))
                j += 1
            } else {
                steps.append(.left(a[i]))
                i += 1
            }
        }
        return steps
    }
}
