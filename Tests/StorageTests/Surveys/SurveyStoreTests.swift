import Experience
import Storage
import Testing

@Suite(.everyDatabase) struct SurveyStoreTests {
    private func survey(_ id: String, _ quarter: String, respondents: Int?) throws -> SurveyQuarter {
        var survey = SurveyQuarter(
            id: id, quarter: try #require(FiscalQuarter(quarter)), transactionPoint: "after, “it”", offered: 0,
            respondents: respondents)
        survey[.trust] = .init(text: "I trust it.", counts: [1, 2, 3, 4, 5], publishedMean: 3.67)
        return survey
    }

    @Test func importedSurveysComeBackAndAreReplacedByTheSameFile() async throws {
        let store = try await Store()
        let first = [
            ImportedSurvey(
                agency: Sample.agency, source: "a.csv", row: 2, survey: try survey("1", "FY2021Q1", respondents: nil)),
            ImportedSurvey(
                agency: Sample.agency, source: "a.csv", row: 3, survey: try survey("2", "FY2021Q2", respondents: 4)),
        ]
        try await store.record.keepSurveys(first, source: "a.csv")
        #expect(try await store.record.importedSurveys() == first)
        #expect(try await store.record.importedSurveys(quarter: FiscalQuarter("FY2021Q2")) == [first[1]])
        var other = first[0]
        other.source = "b.csv"
        try await store.record.keepSurveys([other], source: "b.csv")
        try await store.record.keepSurveys([first[1]], source: "a.csv")
        #expect(try await store.record.importedSurveys() == [other, first[1]])
    }

    private func item(_ id: String, source: String = "1") throws -> FollowUp {
        FollowUp(
            agency: Sample.agency, id: id, service: Sample.service, journey: try #require(JourneyID("j1")),
            source: "form", sourceID: source, cause: .closedNotSolved, openedAt: Sample.start,
            changedAt: Sample.start)
    }

    @Test func aFollowUpIsOpenedOncePerAnswer() async throws {
        let store = try await Store()
        #expect(try await store.record.open([item("a"), item("b")]) == 1)
        #expect(try await store.record.open([item("c")]) == 0)
        #expect(try await store.record.open([item("d", source: "2")]) == 1)
        let found = try await store.record.followUps(agency: Sample.agency, service: Sample.service)
        #expect(Set(found.map(\.id)) == ["a", "d"])
    }

    @Test func changingAFollowUpNamesItsOwnerAndIsAudited() async throws {
        let store = try await Store()
        try await store.record.open([item("a")])
        let changed = try await store.record.change(
            followUp: "a", agency: Sample.agency, service: Sample.service, owner: "ada", state: .done, note: "",
            by: "ada")
        #expect(changed)
        let found = try #require(
            try await store.record.followUps(agency: Sample.agency, service: Sample.service).first)
        #expect(found.owner == "ada" && found.state == .done)
        #expect(try await store.record.audit().first?.entry.subject == "follow-up:a")
        let other = try #require(AgencyID("other"))
        let strange = try await store.record.change(
            followUp: "a", agency: other, service: Sample.service, owner: nil, state: .open, note: "", by: "eve")
        #expect(!strange)
    }

    @Test func whatWasDoneIsPublishedInBothLanguagesUntilWithdrawn() async throws {
        let store = try await Store()
        let one = SaidDid(
            agency: Sample.agency, id: "1", service: Sample.service, said: Sample.text("Too slow."),
            did: Sample.text("Two more counters."), publishedAt: Sample.start)
        try await store.record.publish(one, by: "ada")
        #expect(try await store.record.saidDid(agency: Sample.agency, service: Sample.service) == [one])
        try await store.record.withdraw(saidDid: "1", agency: Sample.agency)
        #expect(try await store.record.saidDid(agency: Sample.agency, service: Sample.service).isEmpty)
        var empty = one
        empty.did = LocalText(en: "x", es: "")
        await #expect(throws: StorageError.self) { try await store.record.publish(empty, by: "ada") }
    }
}
