internal import Experience
package import JourneyEngine

/// One thing to ask of a log. The command line, the API and the pages find it in `JourneyQuestions.all`; its answer
/// renders itself as JSON, as CSV and as a table.
///
/// A new question is one file with a conforming enum and one line in the catalogue.
package protocol JourneyQuestion: Sendable {
    associatedtype Answer: JourneyAnswer

    /// The word that asks it: lower case, hyphens.
    static var id: String { get }
    static var title: String { get }
    /// One sentence: what it answers and what it needs.
    static var about: String { get }
    static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer
}

extension JourneyQuestion {
    /// Checks the options, then answers.
    package static func ask(_ log: EventLog, _ options: JourneyOptions) throws -> any JourneyAnswer {
        try options.check()
        return try answer(log, options)
    }
}

/// The questions there are, in the order they are listed to people.
package enum JourneyQuestions {
    package static let all: [any JourneyQuestion.Type] = [
        SummaryQuestion.self,
        MapQuestion.self,
        VariantsQuestion.self,
        DurationsQuestion.self,
        StartEndQuestion.self,
        ReworkQuestion.self,
        EventuallyFollowsQuestion.self,
        HandoverQuestion.self,
        CohortsQuestion.self,
        LateQuestion.self,
        FunnelQuestion.self,
        PathQuestion.self,
        ConformanceQuestion.self,
        RulesQuestion.self,
        DiscoverQuestion.self,
        FootprintsQuestion.self,
        SkeletonQuestion.self,
        TemporalProfileQuestion.self,
        DeclareQuestion.self,
        PredictionQuestion.self,
        RemainingQuestion.self,
        WindowQuestion.self,
    ]

    /// The question a word asks, or an error naming the nearest word.
    package static func named(_ word: String) throws -> any JourneyQuestion.Type {
        if let found = all.first(where: { $0.id == word }) { return found }
        throw JourneyProblem.unknownQuestion(word, nearest: nearestName(to: word, in: all.map { $0.id }))
    }
}
