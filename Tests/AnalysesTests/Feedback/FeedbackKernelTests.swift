import Analyses
import Experience
import JourneyEngine
import Statistics
import Testing

/// The counting kernels against counting one by one.
@Suite struct FeedbackKernelTests {
    /// Answers of every shape, some held, over a year.
    private static func columns(_ count: Int, places: Int = 5) -> ResponseColumns {
        var random = SplitMix64(seed: 77)
        var columns = ResponseColumns()
        let forms = [columns.add(AskedForm(Asked.first)), columns.add(AskedForm(Asked.second))]
        for row in 0..<count {
            var packed = PackedAnswers()
            for item in SurveyItem.allCases where random.below(3) > 0 { packed[item] = 1 + random.below(5) }
            if random.below(2) == 0 { packed.thumb = random.below(2) == 0 }
            if random.below(2) == 0 {
                packed.mention(
                    positive: random.below(2) == 0, Set(MentionedDriver.allCases.filter { _ in random.below(3) == 0 }))
            }
            let place = random.below(places)
            columns.append(
                packed, survey: .init(form: forms[place % 2], channel: .web, touchpoint: "p\(place)"),
                at: Int64(row) * Instant.minute, sequence: Int64(row), journey: nil, key: UInt64(row))
        }
        columns.hold(Set((0..<UInt64(count)).filter { $0 % 11 == 0 }))
        return columns
    }

    private static func counted(_ columns: ResponseColumns, in range: Range<Int64>) -> [SurveyTally] {
        var tallies = columns.surveys.map { _ in SurveyTally() }
        for row in 0..<columns.count where range.contains(columns.occurred[row]) {
            let place = Int(columns.survey[row])
            guard columns.held[row] == 0 else {
                tallies[place].held += 1
                continue
            }
            let packed = PackedAnswers(bits: columns.answers[row])
            tallies[place].respondents += 1
            for item in SurveyItem.allCases {
                if let value = packed[item] { tallies[place].counts[item.rawValue - 1][value - 1] += 1 }
            }
            if packed.thumb == true { tallies[place].thumbsUp += 1 }
            if packed.thumb == false { tallies[place].thumbsDown += 1 }
            if let ticks = packed.ticks(positive: true) {
                tallies[place].askedPraise += 1
                for (driver, ticked) in ticks.enumerated() where ticked { tallies[place].praised[driver] += 1 }
            }
            if let ticks = packed.ticks(positive: false) {
                tallies[place].askedBlame += 1
                for (driver, ticked) in ticks.enumerated() where ticked { tallies[place].blamed[driver] += 1 }
            }
        }
        return tallies
    }

    @Test func pairsOfAnswersComeToWhatEachAloneComesTo() {
        let columns = Self.columns(3_000)
        for range in [Asked.all, 500 * Instant.minute..<2_345 * Instant.minute, 0..<0] {
            #expect(columns.tallies(in: range) == Self.counted(columns, in: range))
        }
    }

    @Test func manyRowsPartedOverCoresComeToTheSame() {
        let columns = Self.columns(201_000)
        let range = 10 * Instant.minute..<190_000 * Instant.minute
        #expect(columns.tallies(in: range) == Self.counted(columns, in: range))
        let cells = columns.cells(in: range)
        #expect(cells.total == columns.tallies(in: range).reduce(0) { $0 + $1.respondents })
    }

    @Test func periodsHoldEveryAnswerOfTheirGroup() {
        let columns = Self.columns(6_000)
        let groups = columns.surveys.map { $0.touchpoint == "p0" ? -1 : columns.surveys[0].form == $0.form ? 0 : 1 }
        let edges: [Int64] = [100, 1_440, 1_441, 4_000, 5_999].map { $0 * Instant.minute }
        let found = RatingsByPeriod(columns, .trust, edges: edges, groups: groups)
        for (group, periods) in found.groups.enumerated() {
            for (number, from) in edges.dropLast().enumerated() {
                var expected = [0, 0, 0, 0, 0]
                for row in 0..<columns.count
                where columns.held[row] == 0 && groups[Int(columns.survey[row])] == group
                    && (from..<edges[number + 1]).contains(columns.occurred[row])
                {
                    if let value = PackedAnswers(bits: columns.answers[row])[.trust] { expected[value - 1] += 1 }
                }
                let period = periods.first { $0.number == number }
                #expect(period?.counts ?? [0, 0, 0, 0, 0] == expected)
            }
        }
    }
}

@Suite struct RatingAlarmTests {
    private static let end: Int64 = 1_700_006_400_000_000 - 1_700_006_400_000_000 % Instant.day

    /// A year of daily answers at some places; in the last `days` days one of them is rated lower.
    private static func columns(places: Int, drop: Int, in days: Int, seed: UInt64 = 3) -> ResponseColumns {
        var random = SplitMix64(seed: seed)
        var columns = ResponseColumns()
        let form = columns.add(AskedForm(Asked.first))
        for day in 0..<365 {
            for place in 0..<places {
                for _ in 0..<12 {
                    var packed = PackedAnswers()
                    let isLower = place == 0 && day >= 365 - days
                    packed[.satisfaction] = max(1, 3 + random.below(3) - (isLower ? drop : 0))
                    columns.append(
                        packed, survey: .init(form: form, channel: .kiosk, touchpoint: "hall-\(place)"),
                        at: end - Int64(365 - day) * Instant.day + Int64(random.below(86_400)) * 1_000_000,
                        sequence: Int64(columns.count), journey: nil, key: random.next())
                }
            }
        }
        return columns
    }

    @Test func aPlaceRatedLowerRaisesAnAlarmFromItsDayOn() throws {
        let found = RatingAlarms(Self.columns(places: 4, drop: 1, in: 20), until: Self.end)
        #expect(found.places == 4)
        let alarm = try #require(found.alarms.first { $0.place == "hall-0" })
        #expect(alarm.isWorse && alarm.value < alarm.usual && !alarm.isProvisional)
        let turned = CivilDate(daysSince1970: Int(Self.end / Instant.day) - 20)
        #expect((0...6).contains(alarm.since.daysSince1970 - turned.daysSince1970))
    }

    @Test func noAlarmsAreRaisedBeyondTheRateThatIsStated() throws {
        // 40 places over 56 watched days: by the stated rate about three leave their limits, and fewer stand at the end.
        let found = RatingAlarms(Self.columns(places: 40, drop: 0, in: 0), until: Self.end)
        let perYear = try #require(found.perYear)
        #expect(abs(perYear - 40 * 365 / (RunLength.ewma(lambda: 0.1, width: 2.95, shift: 0) ?? 0)) < 1e-6)
        #expect(Double(found.alarms.count) <= perYear * 56 / 365 + 3)
    }

    @Test func aPlaceWithoutAPastIsNotWatched() {
        let found = RatingAlarms(Self.columns(places: 1, drop: 2, in: 20), until: Self.end - 320 * Instant.day)
        #expect(found.places == 0 && found.alarms.isEmpty && found.perYear == 0)
    }
}

@Suite struct JourneyFactsTests {
    private static let start: Int64 = 1_600_000_000_000_000

    private static func snapshot(_ count: Int) throws -> ServiceSnapshot {
        var table = JourneyTable(cohortNames: [])
        var builder = EventLogBuilder()
        var random = SplitMix64(seed: 9)
        let step = builder.activity("checked")
        for number in 0..<count {
            let days = 1 + random.below(40)
            let isBroken = random.below(3) == 0
            let again = random.below(4) == 0 ? 1 : 0
            let journey = builder.journey("j\(number)")
            for turn in 0...again {
                builder.append(journey: journey, activity: step, time: start + Int64(turn) * Instant.minute)
            }
            var line = JourneyTable.Line(journey: "j\(number)", opened: start, lastOccurred: start)
            line.closed = start + Int64(days) * Instant.day
            let mood = 4 - 0.02 * Double(days) - (isBroken ? 1 : 0) - 0.5 * Double(again) + random.normal()
            line.rating = min(5, max(1, Int(mood.rounded())))
            line.contacts = 1
            line.promise = isBroken ? .broken : .met
            _ = table.append(line)
        }
        return ServiceSnapshot(
            service: Asked.slug("permit"), log: builder.finish(), table: table, sequence: Int64(count))
    }

    @Test func everyRatedJourneyIsInTheFitAndFoldedOnesFitAsTheyAre() throws {
        let snapshot = try Self.snapshot(3_000)
        let found = try JourneyFacts(snapshot, rows: (0..<3_000).map { Int32($0) })
        #expect(found.n == 3_000)
        #expect(found.lines.map(\.fact) == [.wait, .brokenPromise, .rework])
        let table = snapshot.table
        let rows = (0..<3_000).map { row -> [Double] in
            [
                Double(table.rating[row]), Double((table.closed[row] - table.opened[row]) / Instant.day) / 10,
                table.promise[row] == .broken ? 1 : 0,
                Double(snapshot.log.events(of: row).count - 1),
            ]
        }
        let fit = try OrdinalLogit(rows: rows)
        for (place, line) in found.lines.enumerated() {
            let expected = try #require(fit.oddsRatio(of: place))
            #expect(abs(line.oddsRatio - expected.ratio) < 1e-9 * expected.ratio)
            #expect(abs(line.low - expected.interval.lower) < 1e-9)
            #expect(line.oddsRatio < 1, "a longer wait, a broken promise and rework go with lower ratings here")
        }
    }

    @Test func tooFewRatedJourneysGiveNoOdds() throws {
        let snapshot = try Self.snapshot(60)
        #expect(throws: JourneyFacts.Failure.tooFew(have: 60, need: 100)) {
            try JourneyFacts(snapshot, rows: (0..<60).map { Int32($0) })
        }
    }
}
