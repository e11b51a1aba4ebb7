package import Analyses
package import Experience
package import Site
internal import Statistics
package import Storage

extension PublicResults {
    /// Own answers of the last eight quarters and every imported quarter. Counts of own services are hidden below 11, with as
    /// many others of the table of services and quarters as it takes that nobody can work them out.
    package static func make(
        _ definitions: [ServiceDefinition], _ answers: (ServiceID) -> ResponseColumns, _ imported: [ImportedSurvey],
        today: CivilDate,
        bounds: (FiscalQuarter) -> Range<Instant>, now: Instant
    ) -> PublicResults {
        var quarters: [FiscalQuarter] = []
        var one = FiscalQuarter(containing: today)
        for _ in 0..<8 {
            quarters.append(one)
            one = one.previous
        }
        quarters.reverse()
        var own: [Own] = []
        for definition in definitions {
            let columns = answers(definition.id)
            for quarter in quarters {
                let report = QuarterReport(
                    definition, columns, quarter: quarter, bounds: bounds(quarter), customers: nil, now: now)
                own += report.surveys.map {
                    Own(definition: definition, kind: .first($0), id: $0.id, quarter: quarter, n: $0.respondents ?? 0)
                }
                own += report.trust.map {
                    Own(
                        definition: definition, kind: .second($0), id: $0.survey.id, quarter: quarter,
                        n: $0.survey.respondents ?? 0)
                }
            }
        }
        var results = PublicResults()
        // A row a survey, a column a quarter: what is hidden in one quarter must not follow from the others.
        let rows = Dictionary(
            Set(own.map(\.id)).sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var counts = Array(repeating: Array(repeating: 0, count: quarters.count), count: rows.count)
        for one in own {
            guard let row = rows[one.id], let column = quarters.firstIndex(of: one.quarter) else { continue }
            counts[row][column] += one.n
        }
        let suppression = CountTable(counts).map { TableSuppression($0) }
        var pooled: [FiscalQuarter: [Int]] = [:]
        for one in own {
            guard let row = rows[one.id], let column = quarters.firstIndex(of: one.quarter) else { continue }
            let isHidden = suppression.map { $0.hidden[row, column] } ?? true
            if isHidden { results.hidesSome = true }
            switch one.kind {
            case .first(let survey):
                results.lines.append(Line(survey, one.definition, isHidden: isHidden))
                if !isHidden { pool(survey, into: &pooled) }
            // Thumbs and five points are never one trend.
            case .second(let trust): results.lines.append(Line(trust, one.definition, isHidden: isHidden))
            }
        }
        for one in imported {
            results.lines.append(Line(one.survey, nil, isHidden: false))
            pool(one.survey, into: &pooled)
        }
        results.lines.sort {
            ($1.quarter, $0.organisation, $0.service.en, $0.survey)
                < ($0.quarter, $1.organisation, $1.service.en, $1.survey)
        }
        results.quarters = Set(results.lines.map(\.quarter)).sorted()
        results.trend = pooled.sorted { $0.key < $1.key }.map { quarter, counts in
            TrendPoint(
                quarter.description,
                Figure.share(counts.suffix(2).reduce(0, +), of: counts.reduce(0, +), rule: .publicFigures))
        }
        return results
    }

    /// One survey of a service here in one quarter.
    private struct Own {
        enum Kind {
            case first(SurveyQuarter)
            case second(QuarterReport.Trust)
        }

        var definition: ServiceDefinition
        var kind: Kind
        var id: String
        var quarter: FiscalQuarter
        var n: Int
    }

    private static func pool(_ survey: SurveyQuarter, into pooled: inout [FiscalQuarter: [Int]]) {
        guard survey[.trust].isAnswered else { return }
        pooled[survey.quarter] = zip(pooled[survey.quarter] ?? [0, 0, 0, 0, 0], survey[.trust].counts).map(+)
    }
}

extension PublicResults.Line {
    /// - Parameter definition: the service here; nil for a survey from a published file.
    init(_ survey: SurveyQuarter, _ definition: ServiceDefinition?, isHidden: Bool) {
        let rule: SmallSampleRule? = definition == nil ? nil : .publicFigures
        func figure(_ item: SurveyItem, _ unit: ShownFigure.Unit) -> ShownFigure {
            let score = ItemScore(
                item: item, wording: survey[item].text, counts: isHidden ? [0, 0, 0, 0, 0] : survey[item].counts,
                rule: rule)
            return unit == .share ? ShownFigure(score.top2, .share, "wilson") : ShownFigure(score.mean, .score, "mean")
        }
        let respondents = survey.respondents ?? 0
        let hides = isHidden || (definition != nil && respondents < SmallSampleRule.publicFigures.smallestShown)
        self.init(
            quarter: survey.quarter, organisation: survey.organisation.name,
            service: definition?.title ?? LocalText(en: survey.service.name, es: survey.service.name),
            servicePath: definition.map { Paths.service($0.id) }, survey: survey.transactionPoint,
            respondents: hides ? nil : survey.respondents, isHidden: hides,
            responseRate: hides ? nil : survey.responseRate.flatMap { $0 <= 1 ? $0 : nil },
            trust: figure(.trust, .share), trustWording: survey[.trust].isAnswered ? survey[.trust].text : "",
            satisfaction: figure(.satisfaction, .score),
            satisfactionWording: survey[.satisfaction].isAnswered ? survey[.satisfaction].text : "",
            isImported: definition == nil)
    }

    /// A survey of the second version: trust alone.
    init(_ trust: QuarterReport.Trust, _ definition: ServiceDefinition, isHidden: Bool) {
        let survey = trust.survey
        let hides = isHidden || (survey.respondents ?? 0) < SmallSampleRule.publicFigures.smallestShown
        let share = Figure.share(
            hides ? 0 : trust.positive, of: hides ? 0 : trust.answers, rule: .publicFigures)
        let rate = survey.offered.flatMap { offered in
            offered > 0 ? Double(survey.respondents ?? 0) / Double(offered) : nil
        }
        self.init(
            quarter: survey.quarter, organisation: survey.organisation.name, service: definition.title,
            servicePath: Paths.service(definition.id), survey: survey.transactionPoint,
            respondents: hides ? nil : survey.respondents, isHidden: hides,
            responseRate: hides ? nil : rate.flatMap { $0 <= 1 ? $0 : nil },
            trust: ShownFigure(share, .share, "wilson"), trustWording: survey.trustQuestion,
            satisfaction: ShownFigure(
                Figure.meanRating([0, 0, 0, 0, 0], rule: .publicFigures), .score, "mean"), satisfactionWording: "",
            isImported: false)
    }
}
