import Analyses
import JourneyEngine
import Testing

/// Groups, lateness, funnels and what is left, on logs whose answer is known by construction.
@Suite struct GroupTests {
    /// 200 journeys; those by phone, and those that resubmit, take long.
    static let log: EventLog = {
        var journeys: [(String, [(String, Int64)])] = []
        var channels: [String: String] = [:]
        for number in 0..<200 {
            let id = "j\(number)"
            let isPhone = number % 4 == 0
            let isBack = number % 10 == 0
            channels[id] = isPhone ? "phone" : "web"
            var events: [(String, Int64)] = [("apply", 0), ("review", 1)]
            if isBack { events.append(("resubmit", 20)) }
            events.append(("decide", (isPhone ? 30 : 5) + (isBack ? 40 : 0)))
            if number % 20 == 19 { events.removeLast() }
            journeys.append((id, events))
        }
        return SmallLogs.log(journeys, channels: channels)
    }()

    @Test func comparesAGroupWithEveryoneElse() throws {
        var options = JourneyOptions()
        options.attribute = "channel"
        options.lateAfterSeconds = 10 * 86_400
        let answer = try CohortsQuestion.answer(Self.log, options)
        let groups = try #require(answer.cohorts["channel"])
        let phone = try #require(groups["phone"])
        #expect(phone.cases == 50)
        #expect(phone.late?.share == 1)
        #expect((phone.late?.adjustedP ?? 1) < 1e-6)
        #expect((phone.late?.differenceLower ?? 0) > 0.5)
        #expect(groups["web"]?.cases == 150)
        #expect(answer.casesWithoutValue == 0)
        #expect((phone.medianLower ?? 0) <= (phone.durations.linear["50"] ?? -1))
        options.attribute = "chanel"
        #expect(throws: JourneyProblem.unknownAttribute("chanel", nearest: "channel")) {
            try CohortsQuestion.answer(Self.log, options)
        }
    }

    @Test func findsWhatLateJourneysHaveInCommonAndNothingElse() throws {
        var options = JourneyOptions()
        options.lateAfterSeconds = 10 * 86_400
        let answer = try LateQuestion.answer(Self.log, options)
        let found = answer.findings.filter(\.isSignificant)
        #expect(found.contains { $0.kind == "attribute" && $0.what == "channel = phone" && ($0.lift ?? 0) > 3 })
        #expect(found.contains { $0.kind == "activity" && $0.what == "resubmit" })
        #expect(!answer.findings.contains { $0.what == "apply" }, "what everyone does tells nobody apart")
        #expect(zip(answer.findings, answer.findings.dropFirst()).allSatisfy { $0.adjustedP <= $1.adjustedP })
    }

    @Test func countsWhereJourneysStopAndWhoIsStillUnderWay() throws {
        var options = JourneyOptions()
        options.path = ["apply", "review", "decide"]
        let closed = try FunnelQuestion.answer(Self.log, options)
        #expect(closed.reached == [200, 200, 190])
        #expect(closed.stepRows[1].lost == 10)
        #expect(closed.worstStep == "decide")
        options.endings = ["decide"]
        let open = try FunnelQuestion.answer(Self.log, options)
        #expect(open.stepRows[1].lost == 0)
        #expect(open.stepRows[1].open == 10)
        #expect(open.stepRows[1].rate == 1)
        options.path = ["apply", "decid"]
        #expect(throws: JourneyProblem.unknownActivity("decid", nearest: "decide")) {
            try FunnelQuestion.answer(Self.log, options)
        }
    }

    @Test func runningJourneysLengthenTheTimeLeft() throws {
        var options = JourneyOptions()
        options.endings = ["decide"]
        let answer = try RemainingQuestion.answer(Self.log, options)
        #expect(answer.running == 10)
        let row = try #require(answer.rows.first { $0.lastActivity == "review" })
        #expect(row.n == 200 && row.ended == 190)
        #expect(row.medianDays == 4)
        #expect(row.next.first?.activity == "decide")
        #expect((row.next.reduce(0) { $0 + $1.share }) <= 1 + 1e-9)
    }

    /// Eventually-follows and rework against the plain definition.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func agreeWithThePlainDefinition(_ seed: UInt64) throws {
        let rows = SmallLogs.randomRows(seed: seed)
        var paths: [String: [String]] = [:]
        for row in rows { paths[row.journey, default: []].append(row.activity) }
        let answer = EventuallyFollowsQuestion.answer(SmallLogs.log(rows), JourneyOptions())
        for pair in answer.cases {
            let count = paths.values.count { path in
                path.indices.contains { i in path[i] == pair.from && path[(i + 1)...].contains(pair.to) }
            }
            #expect(count == pair.count)
        }
        let rework = ReworkQuestion.Answer(VariantLog(paths.values.map { $0 }))
        #expect(rework.casesWithAnyRepeat == paths.values.count { Set($0).count < $0.count })
    }
}
