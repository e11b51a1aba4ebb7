import Experience
import Testing

@Suite struct FormLifecycleTests {
    @Test func goesFromDraftOverReviewToPublishedAndClosed() throws {
        var life = FormLifecycle()
        #expect(life.state == .draft)
        try life.take(.submit)
        #expect(life.state == .review)
        try life.take(.publish)
        #expect(life.state == .published && life.version == 1 && life.writing == nil)
        try life.take(.close)
        #expect(life.state == .closed)
        try life.take(.reopen)
        #expect(life.state == .published)
    }

    @Test func aNewDraftLeavesThePublishedVersionInForce() throws {
        var life = FormLifecycle(writing: nil, version: 3)
        try life.take(.write)
        #expect(life.state == .published && life.writing == .draft)
        try life.take(.submit)
        try life.take(.sendBack)
        try life.take(.discard)
        #expect(life.writing == nil && life.version == 3)
    }

    @Test func nothingIsPublishedUnreviewedOrWithErrors() throws {
        var life = FormLifecycle()
        #expect(throws: FormLifecycle.Refusal.notNow(.publish)) { try life.take(.publish) }
        #expect(throws: FormLifecycle.Refusal.hasErrors(2)) { try life.take(.submit, errors: 2) }
        #expect(throws: FormLifecycle.Refusal.notNow(.close)) { try life.take(.close) }
        #expect(throws: FormLifecycle.Refusal.notNow(.discard)) { try life.take(.discard) }
    }

    @Test func anApprovalWarnsThenCloses() {
        let approval = FormApproval(controlNumber: "1", expires: CivilDate(daysSince1970: 1_000), warnDays: 60)
        #expect(approval.standing(on: CivilDate(daysSince1970: 939)) == .inForce)
        #expect(approval.standing(on: CivilDate(daysSince1970: 940)) == .ending(days: 60))
        #expect(approval.standing(on: CivilDate(daysSince1970: 1_000)) == .ending(days: 0))
        #expect(approval.standing(on: CivilDate(daysSince1970: 1_001)) == .expired)
    }
}
