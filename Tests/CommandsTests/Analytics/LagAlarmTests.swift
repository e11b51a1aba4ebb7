import Commands
import Experience
import Testing

@Suite struct LagAlarmTests {
    private let start = Instant(seconds: 1_776_000_000)
    private func after(_ seconds: Int64) -> Instant { start.advanced(by: seconds * 1_000_000) }

    @Test func oneSlowBatchIsNoAlarm() {
        var alarm = LagAlarm(bound: 60, patience: 240 * 1_000_000)
        #expect(alarm.note(61, at: after(0)) == nil)
        #expect(alarm.note(250, at: after(200)) == nil)
        #expect(alarm.note(0, at: after(201)) == nil)
        // Behind again: the time begins anew.
        #expect(alarm.note(90, at: after(230)) == nil)
        #expect(alarm.note(300, at: after(460)) == nil)
        #expect(!alarm.isRaised)
    }

    @Test func stayingBehindIsAnAlarmRaisedOnce() {
        var alarm = LagAlarm(bound: 60, patience: 240 * 1_000_000)
        #expect(alarm.note(61, at: after(0)) == nil)
        #expect(alarm.note(300, at: after(239)) == nil)
        #expect(alarm.note(301, at: after(240)) == .raised)
        #expect(alarm.isRaised && alarm.since == start)
        #expect(alarm.note(900, at: after(900)) == nil)
    }

    @Test func itClearsOnceWhenTheServerHasCaughtUp() {
        var alarm = LagAlarm(bound: 60, patience: 0)
        #expect(alarm.note(60, at: after(0)) == nil, "the bound itself is well")
        #expect(alarm.note(60.5, at: after(1)) == .raised)
        #expect(alarm.note(60, at: after(2)) == .cleared)
        #expect(alarm.note(0, at: after(3)) == nil)
        #expect(!alarm.isRaised && alarm.since == nil)
    }
}
