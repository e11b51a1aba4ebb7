package import Experience
package import Statistics

/// What a set of survey-quarters says together: volumes, the share that trusts, the middle response rate.
package struct SurveySummary: Sendable, Hashable {
    package var surveys: Int
    /// Sums over what was reported; surveys that reported nothing add nothing.
    package var customers: Int
    package var offered: Int
    package var respondents: Int
    /// Answers of 4 and 5 to the trust question, among all answers to it. The wordings differ: see ``trustWordings``.
    package var trust: Figure
    package var trustPositive: Int
    package var trustAnswers: Int
    /// Different texts of the trust question that were answered.
    package var trustWordings: Int
    /// The middle of respondents among offered, over surveys where somebody was offered it and respondents are known.
    package var responseRateMedian: Double?
    /// Surveys behind the middle response rate.
    package var responseRateSurveys: Int

    package init(_ surveys: [SurveyQuarter], rule: SmallSampleRule = .staff) {
        self.surveys = surveys.count
        func sum(_ number: (SurveyQuarter) -> Int?) -> Int {
            surveys.reduce(0) { total, survey in
                let (sum, overflow) = total.addingReportingOverflow(number(survey) ?? 0)
                return overflow ? .max : sum
            }
        }
        customers = sum(\.customers)
        offered = sum(\.offered)
        respondents = sum(\.respondents)
        trustPositive = sum { $0[.trust].positive }
        trustAnswers = sum { $0[.trust].n }
        trust = Figure.share(trustPositive, of: trustAnswers, rule: rule)
        trustWordings = Set(surveys.filter { $0[.trust].isAnswered }.map { $0[.trust].text }).count
        let rates = surveys.compactMap(\.responseRate)
        responseRateSurveys = rates.count
        responseRateMedian = Quantile.of(rates, [0.5])?.first
    }

    /// One summary a quarter, in order.
    package static func byQuarter(
        _ surveys: [SurveyQuarter], rule: SmallSampleRule = .staff
    ) -> [(quarter: FiscalQuarter, summary: SurveySummary)] {
        Dictionary(grouping: surveys, by: \.quarter).sorted { $0.key < $1.key }
            .map { ($0.key, SurveySummary($0.value, rule: rule)) }
    }
}

extension SurveyQuarter {
    /// The score of every question that was answered; `rule` nil shows all, as the counts are public already.
    package func scores(rule: SmallSampleRule? = nil) -> [ItemScore] {
        let period = Figure.Period(from: quarter.firstDay.description, through: quarter.lastDay.description)
        return SurveyItem.allCases.filter { self[$0].isAnswered }.map { item in
            ItemScore(item: item, wording: self[item].text, counts: self[item].counts, rule: rule, period: period)
        }
    }
}
