import Analytics
import JourneyEngine
import Testing

@Suite struct RankSearchTests {
    private static let levels: [Double] = [0, 1, 50, 90, 95, 100]

    private struct Draw: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// The beginning of a value's bucket, as the servers work it out.
    private static func low(_ value: Int64, _ shift: Int) -> Int64 {
        guard value > 0 else { return 0 }
        let power = Int64(1) << (63 - value.leadingZeroBitCount)
        return value - value & (max(power >> shift, 1) - 1)
    }

    private static func buckets(_ values: [Int64], _ shift: Int) -> [RankSearch.Bucket] {
        Dictionary(grouping: values) { low($0, shift) }.map { low, inside in
            RankSearch.Bucket(
                low: UInt64(low), count: inside.count, least: inside.min() ?? 0, most: inside.max() ?? 0)
        }
    }

    @Test(arguments: 0..<40) func findsWhatSortingFinds(_ seed: Int) throws {
        var draw = Draw(state: UInt64(seed) &* 7_919 &+ 1)
        let flows = (0..<4).map { _ -> [Int64] in
            let scale = Int64(1) << Int64.random(in: 0...50, using: &draw)
            return (0..<Int.random(in: 1...400, using: &draw)).map { _ in
                Int64.random(in: 0...scale, using: &draw)
            }
        }
        var search = RankSearch(levels: Self.levels)
        for (flow, values) in flows.enumerated() {
            for bucket in Self.buckets(values, 4) { search.add(bucket, to: UInt64(flow)) }
        }
        for shift in [16, 63] {
            let open = search.open().places
            let finer = open.flatMap { place -> [(flow: UInt64, bucket: RankSearch.Bucket)] in
                let inside = flows[Int(place.flow)].filter {
                    Self.low($0, shift == 16 ? 4 : 16) == Int64(place.low)
                }
                return Self.buckets(inside, shift).map { (place.flow, $0) }
            }
            try search.refine(open, with: finer)
        }
        #expect(search.open().places.isEmpty)
        for (flow, values) in flows.enumerated() {
            let sorted = values.sorted()
            for rank in Distribution.ranks(of: Self.levels, count: values.count) {
                #expect(try search.value(rank, of: UInt64(flow)) == sorted[rank])
            }
        }
    }

    @Test(arguments: 0..<20) func valuesThatCameAlongNeedNoSecondQuestion(_ seed: Int) throws {
        var draw = Draw(state: UInt64(seed) &* 104_729 &+ 3)
        let values = (0..<Int.random(in: 1...3_000, using: &draw)).map { _ in
            Int64.random(in: 0...5_000_000_000, using: &draw)
        }
        var asked = RankSearch(levels: Self.levels)
        for bucket in Self.buckets(values, 4) { asked.add(bucket, to: 7) }
        let wanted = Set(asked.open().places.map(\.low))
        var search = RankSearch(levels: Self.levels)
        for bucket in Self.buckets(values, 4) {
            let inside = wanted.contains(bucket.low) ? values.filter { Self.low($0, 4) == Int64(bucket.low) } : []
            search.add(
                .init(
                    low: bucket.low, count: bucket.count, least: bucket.least, most: bucket.most, values: inside),
                to: 7)
        }
        #expect(search.open().places.isEmpty)
        let sorted = values.sorted()
        for rank in Distribution.ranks(of: Self.levels, count: values.count) {
            #expect(try search.value(rank, of: 7) == sorted[rank])
        }
    }

    @Test func valuesOfOnlySomeAreNotTakenForAll() {
        let bucket = RankSearch.Bucket(low: 16, count: 9, least: 16, most: 31, values: [16, 20, 31])
        #expect(bucket.values.isEmpty)
        var search = RankSearch(levels: [50])
        search.add(bucket, to: 1)
        #expect(search.open().places.map(\.low) == [16])
    }

    @Test func rowsThatWentMissingBetweenTwoRoundsAreAnError() throws {
        var search = RankSearch(levels: [50])
        search.add(.init(low: 16, count: 9, least: 16, most: 31), to: 1)
        let open = search.open().places
        #expect(open.count == 1)
        #expect(throws: AnalyticsError.self) {
            try search.refine(open, with: [(flow: 1, bucket: .init(low: 16, count: 8, least: 16, most: 31))])
        }
    }

    @Test func momentsGiveTheFiguresOfTheValues() throws {
        var draw = Draw(state: 5)
        let values = (0..<900).map { _ in Int64.random(in: 0...3_000_000_000_000, using: &draw) }
        var moments = TimeMoments()
        moments.minimum = values.min() ?? 0
        moments.maximum = values.max() ?? 0
        for (low, inside) in Dictionary(grouping: values, by: { Self.low($0, 4) }) {
            let over = inside.map { $0 - low }
            moments.parts.append(
                .init(
                    low: low, count: inside.count, excess: over.reduce(0) { $0 + Int128($1) },
                    squares: over.reduce(0) { $0 + Double($1) * Double($1) }))
        }
        let sorted = values.sorted()
        let found = Distribution(moments, levels: Self.levels) { sorted[$0] }
        var known = TimeSample(values).distribution(levels: Self.levels)
        let (mine, theirs) = (try #require(found.deviation), try #require(known.deviation))
        #expect(abs(mine - theirs) <= 1e-9 * theirs)
        known.deviation = found.deviation
        #expect(found == known)
    }
}
