import Storage
import Testing

@Suite struct ConnectionPoolStateTests {
    @Test func opensNoMoreThanItsSizeAndServesInTheOrderOfAsking() {
        var pool = ConnectionPoolState(size: 2)
        #expect(pool.ask(1, deadline: 100) == [.open(connection: 1)])
        #expect(pool.ask(2, deadline: 100) == [.open(connection: 2)])
        #expect(pool.ask(3, deadline: 100) == [])
        #expect(pool.opened(2) == [.lease(connection: 2, waiter: 1)])
        #expect(pool.giveBack(2, isSound: true) == [.lease(connection: 2, waiter: 2)])
        #expect(pool.opened(1) == [.lease(connection: 1, waiter: 3)])
        #expect(pool.giveBack(1, isSound: true) == [])
        #expect(pool.giveBack(2, isSound: true) == [])
        // The one used last.
        #expect(pool.ask(4, deadline: 100) == [.lease(connection: 2, waiter: 4)])
        #expect(pool.count == 2)
    }

    @Test func aLostConnectionIsReplacedForThoseWhoWait() {
        var pool = ConnectionPoolState(size: 1)
        _ = pool.ask(1, deadline: 100)
        _ = pool.opened(1)
        #expect(pool.ask(2, deadline: 100) == [])
        #expect(pool.giveBack(1, isSound: false) == [.close(connection: 1), .open(connection: 2)])
        #expect(pool.opened(2) == [.lease(connection: 2, waiter: 2)])
        #expect(pool.giveBack(2, isSound: false) == [.close(connection: 2)])
        #expect(pool.count == 0)
    }

    @Test func whoeverWaitedTooLongIsToldWhyAndTheOthersWaitOn() {
        var pool = ConnectionPoolState(size: 1)
        _ = pool.ask(1, deadline: 10)
        _ = pool.ask(2, deadline: 1_000)
        #expect(
            pool.couldNotOpen(1, .busy, now: 50) == [.fail(waiter: 1, .busy), .openLater(connection: 2, pause: 40)])
        #expect(pool.couldNotOpen(2, .busy, now: 60) == [.openLater(connection: 3, pause: 80)])
        #expect(pool.couldNotOpen(3, .busy, now: 2_000) == [.fail(waiter: 2, .busy)])
        // Nobody waits: nothing is tried.
        #expect(pool.count == 0)
    }

    @Test func closingAnswersEverybodyAndClosesWhatComesBack() {
        var pool = ConnectionPoolState(size: 2)
        _ = pool.ask(1, deadline: 10)
        _ = pool.opened(1)
        _ = pool.ask(2, deadline: 10)
        #expect(pool.close() == [.fail(waiter: 2, .closed)])
        #expect(pool.ask(3, deadline: 10) == [.fail(waiter: 3, .closed)])
        #expect(pool.opened(2) == [.close(connection: 2)])
        #expect(pool.giveBack(1, isSound: true) == [.close(connection: 1)])
        #expect(pool.count == 0)
    }

    /// Whatever happens in whatever order: never too many connections, never a lease of a busy one, and everybody who
    /// asked is answered once.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func keepsItsPromisesInAnyOrderOfHappenings(seed: UInt64) {
        var random = Histories(seed: seed)
        var pool = ConnectionPoolState(size: 3)
        var (opening, busy, idle) = (Set<Int>(), Set<Int>(), Set<Int>())
        var (asked, answered) = (0, Set<Int>())
        func apply(_ actions: [ConnectionPoolState.Action]) {
            for action in actions {
                switch action {
                case .open(let one), .openLater(let one, _): #expect(opening.insert(one).inserted)
                case .close(let one): idle.remove(one)
                case .lease(let one, let waiter):
                    #expect(!opening.contains(one))
                    #expect(busy.insert(one).inserted)
                    idle.remove(one)
                    #expect(answered.insert(waiter).inserted)
                case .fail(let waiter, _): #expect(answered.insert(waiter).inserted)
                }
            }
            #expect(opening.count + busy.count + idle.count <= 3)
        }
        func step(asks: Bool) {
            switch Int.random(in: asks ? 0...5 : 1...5, using: &random) {
            case 0:
                asked += 1
                apply(pool.ask(asked, deadline: Int64.random(in: 0...100, using: &random)))
            case 1, 2:
                guard let one = opening.min() else { return }
                opening.remove(one)
                idle.insert(one)
                apply(pool.opened(one))
            case 3:
                guard let one = opening.max() else { return }
                opening.remove(one)
                apply(pool.couldNotOpen(one, .busy, now: Int64.random(in: 0...100, using: &random)))
            default:
                guard let one = busy.min() else { return }
                busy.remove(one)
                let isSound = Bool.random(using: &random)
                if isSound { idle.insert(one) }
                apply(pool.giveBack(one, isSound: isSound))
            }
        }
        for _ in 0..<2_000 { step(asks: true) }
        for _ in 0..<500 { step(asks: false) }
        #expect(asked > 100)
        #expect(answered.count == asked)
    }
}
