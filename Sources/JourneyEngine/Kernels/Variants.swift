/// The distinct sequences of activities, and how many journeys follow each.
///
/// In order of count, descending, then of the sequence of names, ascending by UTF-8.
package struct Variants: Sendable, Hashable {
    package private(set) var journeys = 0
    /// The activities that occur, in UTF-8 order.
    package private(set) var activityNames: [String] = []
    package private(set) var counts: [Int] = []
    /// Every sequence after the other; `offsets` has one more position than there are variants.
    private var sequences: [UInt32] = []
    private var offsets: [Int] = [0]

    package init() {}

    package var count: Int { counts.count }

    /// Places in ``activityNames``.
    package func sequence(_ variant: Int) -> ArraySlice<UInt32> { sequences[offsets[variant]..<offsets[variant + 1]] }

    package func activities(_ variant: Int) -> [String] { sequence(variant).map { activityNames[Int($0)] } }

    /// Journeys that follow one of the `top` most frequent variants.
    package func coverage(top: Int) -> Int { counts.prefix(max(0, top)).reduce(0, +) }

    /// The variant with exactly these activities.
    package func index(of activities: [String]) -> Int? {
        (0..<count).first { variant in
            let sequence = sequence(variant)
            return sequence.count == activities.count
                && zip(sequence, activities).allSatisfy { sameText(activityNames[Int($0)], $1) }
        }
    }

    /// Makes the canonical order; equal sequences are joined. Gives each input's place in it.
    init(names: [String], _ pool: SequencePool, places: inout [UInt32]) {
        var joined: [(input: Int, count: Int)] = []
        var joinedOf = [Int](repeating: 0, count: pool.count)
        for (input, isRepeat) in pool.sorted() {
            if isRepeat {
                joined[joined.count - 1].count += pool.counts[input]
            } else {
                joined.append((input, pool.counts[input]))
            }
            joinedOf[input] = joined.count - 1
        }
        // Already by sequence; equal counts keep that order through the place.
        let ranked = joined.indices.sorted {
            joined[$0].count != joined[$1].count ? joined[$0].count > joined[$1].count : $0 < $1
        }
        var rank = [UInt32](repeating: 0, count: joined.count)
        for (place, index) in ranked.enumerated() { rank[index] = UInt32(truncatingIfNeeded: place) }
        places = joinedOf.map { rank[$0] }

        var isUsed = [Bool](repeating: false, count: names.count)
        for code in pool.codes { isUsed[Int(code)] = true }
        var place = [UInt32](repeating: 0, count: names.count)
        for (index, name) in names.enumerated() where isUsed[index] {
            place[index] = UInt32(truncatingIfNeeded: activityNames.count)
            activityNames.append(name)
        }
        counts.reserveCapacity(ranked.count)
        for index in ranked {
            counts.append(joined[index].count)
            journeys += joined[index].count
            for code in pool.codes[pool.range(joined[index].input)] { sequences.append(place[Int(code)]) }
            offsets.append(sequences.count)
        }
    }

    package mutating func merge(_ other: Variants) {
        let union = NameUnion(activityNames, other.activityNames)
        var pool = SequencePool()
        for (variants, names) in [(self, union.left), (other, union.right)] {
            for variant in 0..<variants.count {
                for activity in variants.sequence(variant) { pool.append(UInt32(names[Int(activity)])) }
                pool.close(count: variants.counts[variant])
            }
        }
        var places: [UInt32] = []
        self = Variants(names: union.names, pool, places: &places)
    }
}

/// Variants, and which of them each journey follows.
package struct VariantAssignment: Sendable {
    package var variants: Variants
    /// By journey of the log: the place in ``variants``; `.max` for journeys that were not selected.
    package var variantOfJourney: [UInt32]

    /// The journeys that follow one of these variants.
    package func selection(_ wanted: Set<Int>) -> JourneySelection {
        var isWanted = [Bool](repeating: false, count: variants.count)
        for variant in wanted where isWanted.indices.contains(variant) { isWanted[variant] = true }
        var selection = JourneySelection(of: variantOfJourney.count)
        variantOfJourney.withUnsafeBufferPointer { variants in
            for word in selection.words.indices {
                var bits: UInt64 = 0
                let first = word << 6
                for journey in first..<min(first + 64, variants.count) {
                    let variant = variants[journey]
                    if variant != .max, isWanted[Int(variant)] { bits |= 1 << UInt64(journey - first) }
                }
                selection.words[word] = bits
            }
        }
        return selection
    }
}

extension EventLog {
    /// The variants of the log, or of the journeys selected.
    package func variants(within selection: JourneySelection? = nil, threads: Int = 0) -> Variants {
        variants(selection, threads, assign: nil)
    }

    /// The variants, and the one each journey follows.
    package func variantAssignment(
        within selection: JourneySelection? = nil, threads: Int = 0
    ) -> VariantAssignment {
        var result = VariantAssignment(variants: Variants(), variantOfJourney: [])
        result.variantOfJourney = [UInt32](unsafeUninitializedCapacity: journeyCount) { buffer, count in
            buffer.initialize(repeating: .max)
            result.variants = variants(selection, threads, assign: buffer.baseAddress)
            count = journeyCount
        }
        return result
    }

    private func variants(
        _ selection: JourneySelection?, _ threads: Int, assign: UnsafeMutablePointer<UInt32>?
    ) -> Variants {
        let out = OutputPointer(assign)
        let shares = shares(threads)
        let tables = concurrently(shares.count) { share -> [VariantTable] in
            // A table a segment: equal journeys of two segments may differ in the bytes of a code.
            var tables: [VariantTable] = []
            for piece in shares[share] {
                if tables.last?.segmentNumber != piece.segment {
                    tables.append(VariantTable(segments[piece.segment], piece.segment))
                }
                tables.last?.add(piece, selection, out.start)
            }
            return tables
        }
        var pool = SequencePool()
        var firsts: [Int] = []
        for table in tables.joined() {
            firsts.append(pool.count)
            table.add(to: &pool, indexOfCode: book.indexOfCode)
        }
        var places: [UInt32] = []
        let result = Variants(names: book.names, pool, places: &places)
        if assign != nil {
            var number = 0
            let starts = tables.map { share in
                share.map { _ in
                    defer { number += 1 }
                    return firsts[number]
                }
            }
            _ = concurrently(shares.count) { share in
                guard let start = out.start else { return }
                for piece in shares[share] {
                    guard let at = tables[share].firstIndex(where: { $0.segmentNumber == piece.segment }) else {
                        continue
                    }
                    let first = starts[share][at]
                    for journey in piece.firstJourney..<piece.firstJourney + piece.journeys.count
                    where start[journey] != .max {
                        start[journey] = places[first + Int(start[journey])]
                    }
                }
            }
        }
        return result
    }
}
