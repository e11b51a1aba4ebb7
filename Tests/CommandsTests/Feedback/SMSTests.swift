import Commands
import Experience
import Foundation
import Site
import Storage
import Testing

@Suite(.serialized) struct SMSTests {
    static let number = "+15550100199"

    static func period(_ sample: LoopSample) -> Storage.Period {
        Storage.Period(
            from: LoopSample.start.advanced(by: -Instant.day), to: sample.now.advanced(by: 400 * Instant.day))
    }

    static func message(_ key: String, to: String = number) -> OutgoingMessage {
        OutgoingMessage(
            agency: LoopSample.agency, channel: .sms, to: .address(to), language: .en, subject: "", body: "Hello",
            purpose: "reply", dedupeKey: key)
    }

    @Test func anInvitationBySMSIsAnsweredByReplyingToIt() async throws {
        let (sample, carrier) = (try await LoopSample(), try SMSCarrier())
        let delivered = try #require(try await sample.deliver("P-1", mobile: "(555) 010-0199"))
        #expect(try await sample.inviter().look(delivered))
        #expect(try await sample.inviter().look(delivered) == false, "one survey a transaction")
        #expect(try await sample.sender(try carrier.provider()).sendDue() == 1)
        let sent = try #require(try carrier.message())
        #expect(sent.path == "/2010-04-01/Accounts/AC1/Messages.json" && sent.secret == "AC1:s3cret")
        #expect(sent.to == Self.number && sent.from == "+15550100100")
        #expect(sent.body.contains("I am satisfied.") && sent.body.contains("STOP"))
        // Two pages through one door: a low score leads to the page that asks why, and not to the other.
        let desk = sample.telephone()
        let second = try await desk.message(LoopSample.agency, "SM00000001", Self.number, "2")
        #expect(second.contains("What went wrong?"))
        let end = try await desk.message(LoopSample.agency, "SM00000002", Self.number, "Nobody called me back.")
        #expect(end.hasPrefix("Thank you"))
        let answer = try #require(
            try await sample.record.responses(agency: LoopSample.agency, service: LoopSample.service.id).first?.event)
        #expect(answer.journey.text == "P-1" && answer.channel == .sms)
        #expect(answer.attributes["overall"] == .integer(2) && answer.attributes["solicited"] == .text("invited"))
        let counts = try await sample.record.offerCounts(
            agency: LoopSample.agency, service: LoopSample.service.id, period: Self.period(sample))
        #expect(counts.map(\.offered) == [1] && counts.map(\.answered) == [1])
        await sample.record.close()
    }

    @Test func aPersonIsNotAskedAgainWithinTheQuietPeriodNorAfterSTOP() async throws {
        let sample = try await LoopSample()
        let first = try #require(try await sample.deliver("P-1", mobile: "555-010-0199"))
        #expect(try await sample.inviter().look(first))
        sample.wait(5 * Instant.day)
        // The same number on another request, written another way, is the same person.
        let second = try #require(try await sample.deliver("P-2", mobile: "+1 555 010 0199"))
        #expect(try await sample.inviter().look(second) == false)
        sample.wait(60 * Instant.day)
        _ = try await sample.telephone().message(LoopSample.agency, "SM00000001", Self.number, "stop")
        let third = try #require(try await sample.deliver("P-3", mobile: "5550100199"))
        #expect(try await sample.inviter().look(third) == false)
        let passed = try await sample.record.passedOver(
            agency: LoopSample.agency, service: LoopSample.service.id, period: Self.period(sample))
        #expect(passed == [.quiet: 1, .declined: 1])
        await sample.record.close()
    }

    @Test func whoeverSaysSTOPGetsNothingUntilTheySaySTART() async throws {
        let (sample, carrier) = (try await LoopSample(), try SMSCarrier())
        let (desk, sender) = (sample.telephone(), try sample.sender(try carrier.provider()))
        try await sample.record.queueMessage(Self.message("a"))
        // Said after it was written and before it was sent.
        #expect(try await desk.message(LoopSample.agency, "SM00000001", Self.number, "ALTO").contains("INICIAR"))
        #expect(try await sender.sendDue() == 1)
        #expect(try await sample.record.messageCounts() == [.failed: 1])
        _ = try await desk.message(LoopSample.agency, "SM00000002", Self.number, "START")
        try await sample.record.queueMessage(Self.message("b"))
        #expect(try await sender.sendDue() == 1)
        #expect(try carrier.message()?.body == "Hello")
        #expect(try await sample.record.messageCounts() == [.failed: 1, .sent: 1])
        await sample.record.close()
    }

    @Test func whatTheCarrierAnswersDecides() async throws {
        let sample = try await LoopSample()
        let carrier = try SMSCarrier(["500", "429", "201", "400:21211", "400:21610"])
        let sender = try sample.sender(try carrier.provider())
        try await sample.record.queueMessage(Self.message("a"))
        for _ in 0..<2 {
            #expect(try await sender.sendDue() == 1)
            #expect(try await sample.record.messageCounts() == [.queued: 1])
            #expect(try await sender.sendDue() == 0, "tried again without waiting")
            sample.wait(10 * Instant.minute)
        }
        #expect(try await sender.sendDue() == 1)
        #expect(try await sample.record.messageCounts() == [.sent: 1])
        try await sample.record.queueMessage(Self.message("b"))
        #expect(try await sender.sendDue() == 1)
        #expect(try await sample.record.messageCounts() == [.sent: 1, .failed: 1])
        // The carrier knows of a STOP we never saw: from then on it is ours, too.
        try await sample.record.queueMessage(Self.message("c"))
        _ = try await sender.sendDue()
        #expect(try await sample.record.isStopped(person: Self.number, agency: LoopSample.agency))
        await sample.record.close()
    }

    @Test func mailsWaitWhereOnlyTextsAreCarried() async throws {
        let sample = try await LoopSample()
        var mail = Self.message("mail", to: "ana@example.org")
        mail.channel = .email
        try await sample.record.queueMessage(mail)
        try await sample.record.queueMessage(Self.message("text"))
        let file = sample.directory + "/sandbox.jsonl"
        #expect(try await sample.sender(try SMSSettings.sandbox(file: file).provider()).sendDue() == 1)
        #expect(try await sample.record.messageCounts() == [.queued: 1, .sent: 1])
        let line = try String(contentsOfFile: file, encoding: .utf8)
        #expect(line.contains("\"body\":\"Hello\"") && line.contains(Self.number))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        await sample.record.close()
    }

    @Test func textsGoOutByDay() async throws {
        let sample = try await LoopSample()
        // Two in the morning in New York: the first question waits until eight.
        sample.wait(14 * Instant.hour)
        let delivered = try #require(try await sample.deliver("P-1", mobile: "5550100199"))
        #expect(try await sample.inviter().look(delivered))
        let file = sample.directory + "/sandbox.jsonl"
        let sender = try sample.sender(try SMSSettings.sandbox(file: file).provider())
        #expect(try await sender.sendDue() == 0)
        sample.wait(6 * Instant.hour)
        #expect(try await sender.sendDue() == 1)
        await sample.record.close()
    }

    @Test(arguments: ["ftp://x", "http://api.twilio.com", "https://user:pw@api.twilio.com", "nonsense"])
    func refusesAnAddressThatIsNotSafe(url: String) {
        #expect(throws: (any Error).self) {
            try SMSSettings.Twilio(url: url, account: "AC1", token: "t", from: "+15550100100")
        }
    }
}
