extension PathVariants {
    /// Extra executions per activity: every occurrence after the first in a journey. Activities seen once are listed with 0.
    package var rework: [Int: Int] {
        var extra: [Int: Int] = [:]
        for variant in variants {
            var seen: Set<Int> = []
            for activity in variant.path {
                let isNew = seen.insert(activity).inserted
                extra[activity, default: 0] += isNew ? 0 : variant.count
            }
        }
        return extra
    }

    /// Share of journeys in which no activity was repeated; `nil` without journeys.
    ///
    /// It says nothing about success: a journey abandoned at once is "first time right" too, so show the outcome beside it.
    package var firstTimeRightShare: Double? {
        guard journeys > 0 else { return nil }
        let clean = variants.filter { Set($0.path).count == $0.path.count }.reduce(0) { $0 + $1.count }
        return Double(clean) / Double(journeys)
    }
}
