/// Activities done again.
package struct Rework: Sendable, Hashable {
    package var journeys = 0
    /// Journeys in which any activity occurs more than once.
    package var journeysWithRepeats = 0
    /// The activities that occur, in UTF-8 order.
    package var activityNames: [String] = []
    /// By activity: journeys in which it occurs at least twice.
    package var journeysRepeating: [Int] = []
    /// By activity: times it came straight after itself.
    package var selfLoops: [Int] = []

    package init() {}

    package mutating func merge(_ other: Rework) {
        let union = NameUnion(activityNames, other.activityNames)
        activityNames = union.names
        journeysRepeating = union.add(journeysRepeating, other.journeysRepeating)
        selfLoops = union.add(selfLoops, other.selfLoops)
        journeys += other.journeys
        journeysWithRepeats += other.journeysWithRepeats
    }
}

extension Variants {
    /// Rework, counted once a variant and weighted by its journeys.
    package func rework() -> Rework {
        var result = Rework()
        result.journeys = journeys
        result.activityNames = activityNames
        result.journeysRepeating = [Int](repeating: 0, count: activityNames.count)
        result.selfLoops = result.journeysRepeating
        // The variant an activity was last seen in, and whether it was counted there: no clearing between variants.
        var seen = [Int](repeating: -1, count: activityNames.count)
        var counted = seen
        for variant in 0..<count {
            var repeats = false
            var previous = UInt32.max
            for activity in sequence(variant) {
                let index = Int(activity)
                if seen[index] == variant, counted[index] != variant {
                    counted[index] = variant
                    result.journeysRepeating[index] += counts[variant]
                    repeats = true
                }
                seen[index] = variant
                if activity == previous { result.selfLoops[index] += counts[variant] }
                previous = activity
            }
            if repeats { result.journeysWithRepeats += counts[variant] }
        }
        return result
    }
}

extension EventLog {
    package func rework(within selection: JourneySelection? = nil, threads: Int = 0) -> Rework {
        variants(within: selection, threads: threads).rework()
    }

    /// By journey: how many of its events are of an activity it had before; 255 stands for as many or more.
    package func repeatsOfJourneys(threads: Int = 0) -> [UInt8] {
        let assigned = variantAssignment(threads: threads)
        let repeats = (0..<assigned.variants.count).map { variant in
            let path = assigned.variants.sequence(variant)
            return UInt8(clamping: path.count - Set(path).count)
        }
        return assigned.variantOfJourney.map { repeats.indices.contains(Int($0)) ? repeats[Int($0)] : 0 }
    }
}
