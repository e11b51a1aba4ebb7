package import Experience
package import Statistics

/// Every score of a service over a stretch of time, each under the wording it was asked in.
package struct FeedbackScores: Sendable {
    package struct Wording: Hashable, Sendable {
        package var item: SurveyItem
        package var text: LocalText
    }

    /// One question in one wording, over all channels and places it was asked at.
    package struct Line: Sendable {
        package var wording: Wording
        /// The forms that ask it so.
        package var forms: [Slug]
        package var score: ItemScore
        /// The same score with held answers counted in; nil where none are held.
        package var withHeld: ItemScore?
    }

    /// Trust by thumbs, in one wording.
    package struct Thumbs: Sendable {
        package var text: LocalText
        package var forms: [Slug]
        package var up: Figure
        package var n: Int
    }

    /// One reason, named by those who trust and by those who don't.
    package struct Mention: Sendable {
        package var driver: MentionedDriver
        package var praised: Int
        package var blamed: Int
        package var net: Figure
    }

    package var lines: [Line]
    package var thumbs: [Thumbs]
    package var mentions: [Mention]
    /// Driver items mean-scaled to 0–100, and as shares of 4 and 5; nil where no driver was asked.
    package var index: IndexScore?
    package var indexTop2: IndexScore?
    package var drivers: Result<DriverAnalysis, DriverAnalysis.Failure>
    package var respondents: Int
    package var held: Int
    /// Offers made in the period, and how many of them were answered; the rate is never above 1.
    package var offered: Int
    package var answered: Int
    package var responseRate: Figure

    /// - Parameters:
    ///   - range: microseconds, the end not included.
    ///   - surveys: places of ``ResponseColumns/surveys`` to count; nil for all.
    package init(
        _ columns: ResponseColumns, in range: Range<Int64>, surveys wanted: Set<Int>? = nil, rule: SmallSampleRule,
        period: Figure.Period? = nil, resamples: Int = 1_000
    ) {
        let tallies = columns.tallies(in: range)
        let chosen = columns.surveys.indices.filter { wanted?.contains($0) ?? true }
        let held = chosen.reduce(0) { $0 + tallies[$1].held }
        let whole = held > 0 ? columns.tallies(in: range, includingHeld: true) : []
        respondents = chosen.reduce(0) { $0 + tallies[$1].respondents }
        self.held = held
        var lines: [Wording: (forms: Set<Slug>, counts: [Int], all: [Int])] = [:]
        var thumbs: [LocalText: (forms: Set<Slug>, up: Int, down: Int)] = [:]
        var mentioned = SurveyTally()
        for place in chosen {
            let form = columns.forms[columns.surveys[place].form]
            let tally = tallies[place]
            for item in SurveyItem.allCases where tally[item].contains(where: { $0 > 0 }) {
                let key = Wording(item: item, text: form.wordings[item] ?? form.title)
                let all = whole.isEmpty ? tally[item] : whole[place][item]
                var line = lines[key] ?? ([], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0])
                line.forms.insert(form.id)
                line.counts = zip(line.counts, tally[item]).map(+)
                line.all = zip(line.all, all).map(+)
                lines[key] = line
            }
            if tally.thumbsUp + tally.thumbsDown > 0, let text = form.wordings[.trust] {
                var line = thumbs[text] ?? ([], 0, 0)
                line.forms.insert(form.id)
                line.up += tally.thumbsUp
                line.down += tally.thumbsDown
                thumbs[text] = line
            }
            if form.asksMentions { mentioned = mentioned + tally }
        }
        self.lines = lines.map { key, line in
            Line(
                wording: key, forms: line.forms.sorted(),
                score: ItemScore(item: key.item, wording: key.text.en, counts: line.counts, rule: rule, period: period),
                withHeld: line.all == line.counts
                    ? nil
                    : ItemScore(item: key.item, wording: key.text.en, counts: line.all, rule: rule, period: period))
        }.sorted {
            ($0.wording.item, $1.score.n, $0.wording.text.en) < ($1.wording.item, $0.score.n, $1.wording.text.en)
        }
        self.thumbs = thumbs.map { text, line in
            Thumbs(
                text: text, forms: line.forms.sorted(),
                up: Figure.share(line.up, of: line.up + line.down, rule: rule, period: period), n: line.up + line.down)
        }.sorted { $0.n > $1.n }
        let asked = mentioned.askedPraise + mentioned.askedBlame
        mentions =
            asked == 0
            ? []
            : MentionedDriver.allCases.enumerated().compactMap { place, driver in
                NetMention(
                    positive: mentioned.praised[place], negative: mentioned.blamed[place], respondents: asked
                ).map {
                    Mention(
                        driver: driver, praised: mentioned.praised[place], blamed: mentioned.blamed[place],
                        net: $0.figure(rule: rule))
                }
            }
        let cells = columns.cells(in: range, surveys: wanted)
        let index = cells.index(.mean, rule: rule, period: period)
        self.index = index.drivers.isEmpty ? nil : index
        indexTop2 = index.drivers.isEmpty ? nil : cells.index(.top2, rule: rule, period: period)
        drivers = FeedbackScores.drivers(cells, resamples)
        let offers = columns.offers(in: range, surveys: wanted)
        (offered, answered) = (offers.offered, offers.answered)
        responseRate = Figure.share(offers.answered, of: offers.offered, rule: rule, period: period)
    }

    /// Trust where enough people answered it together with its drivers, else satisfaction.
    private static func drivers(
        _ cells: AnswerCells, _ resamples: Int
    ) -> Result<DriverAnalysis, DriverAnalysis.Failure> {
        do throws(DriverAnalysis.Failure) {
            return .success(try DriverAnalysis(cells, outcome: .trust, resamples: resamples))
        } catch {
            let first = error
            do throws(DriverAnalysis.Failure) {
                return .success(try DriverAnalysis(cells, outcome: .satisfaction, resamples: resamples))
            } catch { return .failure(first) }
        }
    }
}

extension ResponseColumns {
    /// Offers made in a stretch of time and how many of those were answered, at whatever time.
    package func offers(in range: Range<Int64>, surveys wanted: Set<Int>? = nil) -> (offered: Int, answered: Int) {
        // An offer names the form, not its version: of all versions the wanted surveys ask.
        let ids = wanted.map { wanted in Set(wanted.map { forms[surveys[$0].form].id }) }
        let isWanted = forms.map { ids?.contains($0.id) ?? true }
        var counts = (offered: 0, answered: 0)
        for place in offeredAt.indices {
            guard range.contains(offeredAt[place]), isWanted[Int(offeredForm[place])] else { continue }
            counts.offered += 1
            if offerAnswered[place] { counts.answered += 1 }
        }
        return counts
    }

    /// How many were offered a form in a stretch of time over a channel, and how many of those answered, in one pass. A form
    /// that was never offered has no entry: that is not zero. An invitation by e-mail is answered on the web and counts there.
    package func offersByForm(in range: Range<Int64>) -> [Slug: [Channel: (offered: Int, answered: Int)]] {
        let channels = Channel.allCases.count + 1
        var counts = [Int](repeating: 0, count: forms.count * channels)
        var answered = counts
        var isOffered = [Bool](repeating: false, count: forms.count)
        for place in offeredAt.indices {
            let form = Int(offeredForm[place])
            isOffered[form] = true
            guard range.contains(offeredAt[place]) else { continue }
            let cell = form * channels + min(Int(offeredChannel[place]), channels - 1)
            counts[cell] += 1
            if offerAnswered[place] { answered[cell] += 1 }
        }
        var found: [Slug: [Channel: (offered: Int, answered: Int)]] = [:]
        for form in forms.indices where isOffered[form] {
            var own = found[forms[form].id] ?? [:]
            for code in 0..<channels where counts[form * channels + code] > 0 {
                let channel = code < Channel.allCases.count ? Channel.allCases[code] : .unknown
                let by: Channel = channel == .email ? .web : channel
                let sum = own[by] ?? (0, 0)
                own[by] = (
                    sum.offered + counts[form * channels + code], sum.answered + answered[form * channels + code]
                )
            }
            found[forms[form].id] = own
        }
        return found
    }
}
