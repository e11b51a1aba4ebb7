import Analyses
import Experience
import JourneyEngine
import Statistics

/// Answers and journeys made up from a seed: items lean on how the visit was as a whole, ratings on what happened.
enum Samples {
    private static func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }

    private static func form(_ name: String, _ questions: [Question]) -> AskedForm? {
        Slug(name).map { AskedForm(FormDefinition(id: $0, title: text(name), questions: questions)) }
    }

    private static func question(_ name: String, _ kind: Question.Kind, _ driver: Question.Driver? = nil) -> Question? {
        Slug(name).map { id in
            Question(
                id: id, kind: kind, text: text("How was \(name)?"),
                options: kind == .multiple
                    ? MentionedDriver.allCases.compactMap { driver in
                        Slug(driver.rawValue).map { .init(id: $0, title: text(driver.rawValue)) }
                    } : [], driver: driver)
        }
    }

    /// A year of answers: six of ten to the seven items, four to trust by thumbs with what lay behind it, at 40 places.
    static func columns(_ count: Int, now: Int64) -> ResponseColumns {
        let drivers: [Question.Driver] = [
            .satisfaction, .trust, .effectiveness, .ease, .efficiency, .transparency, .employee,
        ]
        let seven = form("seven", drivers.compactMap { question("\($0)", .agreement, $0) })
        let two = form(
            "two",
            [question("trust", .thumbs, .trust), question("positive", .multiple), question("negative", .multiple)]
                .compactMap { $0 })
        var columns = ResponseColumns()
        guard let seven, let two else { return columns }
        let (first, second) = (columns.add(seven), columns.add(two))
        var random = SplitMix64(seed: 41)
        let channels: [Channel] = [.web, .kiosk, .phone, .inPerson]
        for row in 0..<count {
            let place = random.below(40)
            let isFirst = random.below(10) < 6
            var packed = PackedAnswers()
            let base = [1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5][random.below(12)]
            if isFirst {
                for item in SurveyItem.standard where random.below(20) > 0 {
                    packed[item] = min(5, max(1, base + [-1, 0, 0, 0, 1][random.below(5)]))
                }
            } else {
                packed.thumb = base >= 3
                let picked = MentionedDriver.allCases.filter { _ in random.below(3) == 0 }
                packed.mention(positive: base >= 3, Set(picked))
            }
            let time = now - Int64(count - row) * (365 * Instant.day / Int64(count)) - 1
            columns.append(
                packed,
                survey: .init(
                    form: isFirst ? first : second, channel: channels[place % 4], touchpoint: "place-\(place)"),
                at: time, sequence: Int64(row + 1), journey: nil, key: random.next())
        }
        return columns
    }

    /// Closed and rated journeys with the steps, contacts and promises that go with their ratings.
    static func snapshot(_ count: Int, now: Int64) -> ServiceSnapshot? {
        guard let service = Slug("permit") else { return nil }
        var table = JourneyTable(cohortNames: [])
        var builder = EventLogBuilder()
        var random = SplitMix64(seed: 43)
        let steps = ["asked", "checked", "called", "issued"].map { builder.activity($0) }
        for number in 0..<count {
            let id = "j\(number)"
            let days = 1 + random.below(20) + (random.below(4) == 0 ? random.below(60) : 0)
            let opened = now - Int64(random.below(300) + days) * Instant.day
            let closed = opened + Int64(days) * Instant.day + Int64(random.below(86_400)) * 1_000_000
            let chases = random.below(3) == 0 ? 1 + random.below(3) : 0
            let again = random.below(5) == 0 ? 1 + random.below(2) : 0
            let isBroken = random.below(100) < 10 + days
            let journey = builder.journey(id)
            builder.append(journey: journey, activity: steps[0], time: opened)
            for turn in 0...again {
                builder.append(journey: journey, activity: steps[1], time: opened + Int64(turn + 1) * Instant.minute)
            }
            builder.append(journey: journey, activity: steps[3], time: closed)
            var line = JourneyTable.Line(journey: id, opened: opened, lastOccurred: closed)
            line.closed = closed
            let mood = 4.6 - 0.03 * Double(days) - (isBroken ? 1.2 : 0) - 0.4 * Double(chases) - 0.3 * Double(again)
            line.rating = min(5, max(1, Int((mood + random.normal()).rounded())))
            line.contacts = 1 + chases + random.below(2)
            line.failureDemand = chases
            line.promise = isBroken ? .broken : .met
            _ = table.append(line)
        }
        return ServiceSnapshot(service: service, log: builder.finish(), table: table, sequence: Int64(count))
    }
}
