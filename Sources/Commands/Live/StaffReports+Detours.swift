internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site

extension StaffReports {
    /// The commonest things that happen off the promised path, each with how long closed journeys take with it and
    /// without. Groups below ten are left out.
    func detours(
        _ definition: ServiceDefinition, _ map: JourneyMap, _ snapshot: ServiceSnapshot, _ closed: [Int32],
        _ ended: JourneySelection
    ) -> [ServiceReport.Detour] {
        let expected = Set(definition.promisedPath.flatMap { [$0.id.text] + $0.aliases })
        let found = map.nodes.filter { node in
            node.kind == .activity && node.activity.map { !expected.contains($0) && $0 != "closed" } == true
        }
        .sorted { ($0.count, $1.title) > ($1.count, $0.title) }.prefix(3)
        // Without a promised path there is nothing to stray from.
        guard !found.isEmpty, !expected.isEmpty, map.nodes.contains(where: { expected.contains($0.activity ?? "") })
        else { return [] }
        let log = snapshot.log
        // The middle of fifty thousand lies where that of a million does.
        let some = closed.count > 50_000 ? snapshot.selection(StaffReports.evenly(closed, 50_000)) : ended
        // A value a journey, in the selection's order.
        let durations = log.durationSample(within: some, threads: 1).values
        var sample: [(journey: Int, duration: Int64)] = []
        sample.reserveCapacity(durations.count)
        some.forEach { journey in
            if sample.count < durations.count { sample.append((journey, durations[sample.count])) }
        }
        let named = found.compactMap { node in
            node.activity.flatMap { activity in log.activityIndex(activity).map { (activity, $0) } }
        }
        let selections = log.selectEach(named.map(\.1), threads: 1)
        return zip(named, selections).compactMap { (name, through) in
            let activity = name.0
            let journeys = through.and(ended).count
            var with: [Int64] = []
            var without: [Int64] = []
            for one in sample {
                if through.contains(one.journey) { with.append(one.duration) } else { without.append(one.duration) }
            }
            let share = Double(journeys) / Double(max(closed.count, 1))
            guard with.count >= 10, without.count >= 10,
                let long = TimeSample(with).distribution(levels: [50]).linear(50),
                let short = TimeSample(without).distribution(levels: [50]).linear(50)
            else { return nil }
            return ServiceReport.Detour(
                activity: activity, journeys: journeys, share: share, medianWithSeconds: long,
                medianWithoutSeconds: short)
        }
        .sorted { ($0.share, $1.activity) > ($1.share, $0.activity) }
    }
}
