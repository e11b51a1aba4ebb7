import Statistics

extension FixtureAdapter {
    /// Names in ascending order, so that codes sort as names do.
    private struct Activities {
        let names: [String]
        let codes: [String: Int]

        init(_ traces: [[String]], and more: [String] = []) {
            names = Set(traces.joined()).union(more).sorted {
                $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
            }
            codes = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }

        func encode(_ trace: [String]) -> [Int] { trace.compactMap { codes[$0] } }
        func decode(_ path: [Int]) -> JSON { .of(path.map { names[$0] }) }
        func keyed(_ counts: [Int: Int]) -> JSON {
            .object(JSONObject(counts.sorted { $0.key < $1.key }.map { (names[$0.key], .integer($0.value)) }))
        }
    }

    static let processPaths = FixtureAdapter("process_paths") { fixture in
        let traces = try fixture.input["traces"].array.map { try $0.strings }
        let activities = Activities(traces)
        let paths = PathVariants(traces: traces.map(activities.encode))
        // Success is a payment where the log knows one.
        let success = activities.codes["pay"]
        let happy = paths.happyPath { path in success.map { path.last == $0 } ?? true }
        let model = happy?.path ?? []
        return [
            "variants_count": .array(paths.variants.map { [activities.decode($0.path), .integer($0.count)] }),
            "happy_path": activities.decode(model),
            "directly_follows": .array(
                paths.directlyFollows.map { follow in
                    [
                        .string(activities.names[follow.from]), .string(activities.names[follow.to]),
                        .integer(follow.count),
                    ]
                }),
            "start": activities.keyed(paths.starts), "end": activities.keyed(paths.ends),
            "alignment_variant_count_cost_fitness": .array(
                paths.variants.map { variant in
                    let fit = PathFitness(path: variant.path, model: model)
                    return [
                        activities.decode(variant.path), .integer(variant.count), .integer(fit.cost),
                        .number(fit.fitness),
                    ]
                }), "mean_fitness": .of(PathFitness.mean(of: paths, model: model)),
            "rework_extra_executions": activities.keyed(paths.rework),
            "first_time_right_share": .of(paths.firstTimeRightShare),
            "variants_to_cover_80pct": .of(paths.variantsToCover(0.8)),
        ]
    }

    static let funnel = FixtureAdapter("funnel") { fixture in
        let names = try fixture.input["steps"].strings
        if let sessions = fixture.input.optional("sessions") {
            let traces = try sessions.array.map { try $0.strings }
            let activities = Activities(traces, and: names)
            let coded = traces.map(activities.encode)
            let steps = activities.encode(names)
            return [
                "furthest_step_per_session_loose": .of(coded.map { Funnel.furthest($0, steps: steps) }),
                "reached_loose": .of(Funnel.reached(coded, steps: steps)),
            ]
        }
        guard let funnel = Funnel(reached: try fixture.input["reached"].ints) else { throw FixtureError("refused") }
        return [
            "step_rows_from_to_converted_entered_rate_lower_upper": .array(
                funnel.steps.enumerated().map { index, step in
                    [
                        .string(names[index]), .string(names[index + 1]), .integer(step.converted),
                        .integer(step.entered), .of(step.rate), .of(step.interval?.lower), .of(step.interval?.upper),
                    ]
                }),
            "overall": [
                .of(funnel.overall.rate), .of(funnel.overall.interval?.lower), .of(funnel.overall.interval?.upper),
            ], "lost_at_step": .of(funnel.steps.map(\.lost)),
            "worst_step": .of(funnel.worst.map { names[$0 + 1] }),
            "bonferroni_simultaneous_wilson": .array(funnel.steps.map { .of($0.simultaneousInterval) }),
        ]
    }
}
