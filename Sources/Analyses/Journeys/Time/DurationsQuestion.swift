package import JourneyEngine

/// How long journeys take, first event to last. Open journeys count with what they have lasted so far: where some are
/// still running, ask `remaining`, which respects that.
package enum DurationsQuestion: JourneyQuestion {
    package static let id = "durations"
    package static let title = "How long journeys take"
    package static let about =
        "Time from first to last event: mean, extremes and percentiles, by the clock and, with a calendar, in working time."

    package struct Answer: JourneyAnswer, Hashable {
        package var durations: DurationFigures
        package var workingTime: DurationFigures?

        package init(durations: DurationFigures, workingTime: DurationFigures? = nil) {
            self.durations = durations
            self.workingTime = workingTime
        }

        enum CodingKeys: String, CodingKey {
            case durations
            case workingTime = "durations_working_time"
        }

        package var tables: [AnswerTable] {
            [durations.table("Durations")] + (workingTime.map { [$0.table("Durations in working time")] } ?? [])
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        Answer(
            durations: DurationFigures(log.durations(threads: options.threads)),
            workingTime: options.calendar.map {
                DurationFigures(log.durations(calendar: $0, threads: options.threads))
            })
    }
}
