import Statistics

extension FixtureAdapter {
    static let classification = FixtureAdapter("classification_report") { fixture in
        let input = fixture.input
        if let sensitivity = input.optional("sensitivity") {
            return [
                "positive_predictive_value": .of(
                    BaseRate.positivePredictiveValue(
                        sensitivity: try sensitivity.double, specificity: try input["specificity"].double,
                        prevalence: try input["prevalence"].double))
            ]
        }
        if let audited = input.optional("audited_unflagged") {
            let result = AuditedRecall(
                flaggedTrue: try input["flagged_true"].int, unflagged: try input["unflagged"].int,
                audited: try audited.int, auditedTrue: try input["audited_true"].int)
            return [
                "estimated_missed": .of(result?.missed), "recall": .of(result?.recall),
                "recall_interval_from_clopper_pearson": .of(result?.interval),
            ]
        }
        let truth = try input["y_true"].bools
        let scores = try input["score"].doubles
        guard
            let counts = ConfusionCounts(truth: truth, scores: scores, threshold: try input["threshold"].double),
            let ranking = RankingQuality(truth: truth, scores: scores)
        else { throw FixtureError("refused") }
        var answer: [(String, JSON)] = [
            ("tp", .integer(counts.truePositives)), ("fp", .integer(counts.falsePositives)),
            ("fn", .integer(counts.falseNegatives)), ("tn", .integer(counts.trueNegatives)),
            ("precision", .of(counts.precision?.share)), ("precision_wilson", .of(counts.precision?.interval())),
            ("recall", .of(counts.recall?.share)), ("recall_wilson", .of(counts.recall?.interval())),
            ("f1", .of(counts.f1)), ("mcc", .of(counts.matthews)),
            ("average_precision", .number(ranking.averagePrecision)), ("roc_auc", .number(ranking.rocArea)),
            ("false_alarms_per_true", .of(counts.falseAlarmsPerTrue)),
        ]
        for key in fixture.wanted where key.hasPrefix("precision_at_") {
            guard let k = Int(key.dropFirst("precision_at_".count)) else { throw FixtureError("odd key \(key)") }
            answer.append((key, .of(RankingQuality.precision(at: k, truth: truth, scores: scores))))
        }
        return .object(JSONObject(answer))
    }

    static let fairness = FixtureAdapter("fairness") { fixture in
        let input = fixture.input
        if let first = input.optional("fpr_1") {
            return [
                "n_per_group": .of(
                    GroupFairness.honestNeeded(
                        try first.double, try input["fpr_2"].double,
                        significance: try input["alpha_two_sided"].double, power: try input["power"].double))
            ]
        }
        func referenced(_ key: String) throws -> JSON {
            if let own = input.optional(key), (try? own.array) != nil { return own }
            for value in fixture.referenced.values {
                if let found = value.optional(key) { return found }
            }
            return try input[key]
        }
        guard
            let groups = GroupFairness.byGroup(
                truth: try referenced("y_true").bools, scores: try referenced("score").doubles,
                threshold: try input["threshold"].double, groups: try input["group"].strings)
        else { throw FixtureError("refused") }
        let byGroup: [(String, JSON)] = groups.map { entry in
            let counts = entry.counts
            return (
                entry.group,
                [
                    "n": .integer(counts.total), "selection_rate": .of(counts.selectionRate?.share),
                    "fpr": .of(counts.falsePositiveRate?.share),
                    "fpr_wilson": .of(counts.falsePositiveRate?.interval()), "tpr": .of(counts.recall?.share),
                    "tpr_wilson": .of(counts.recall?.interval()), "negatives": .integer(counts.negatives),
                    "false_positives": .integer(counts.falsePositives), "positives": .integer(counts.positives),
                ]
            )
        }
        var answer: [(String, JSON)] = [("by_group", .object(JSONObject(byGroup)))]
        if groups.count == 2, let gap = groups[0].gap(to: groups[1]) {
            answer += [
                ("fpr_difference_\(groups[1].group)_minus_\(groups[0].group)", .number(gap.falsePositiveDifference)),
                ("fpr_difference_newcombe", .of(gap.interval)), ("fpr_ratio", .of(gap.falsePositiveRatio)),
                ("adverse_impact_ratio_of_clear_rate", .number(gap.clearRateRatio)),
                ("equalized_odds_difference", .of(gap.equalizedOddsDifference)),
            ]
        }
        for key in fixture.wanted where key.hasPrefix("extra_minutes_per_honest_claimant_if_") {
            guard let minutes = key.split(separator: "_").compactMap({ Double($0) }).first
            else { throw FixtureError("odd key \(key)") }
            answer.append(
                (
                    key,
                    .object(
                        JSONObject(
                            groups.map { ($0.group, .of($0.extraMinutesPerHonest(reviewMinutes: minutes))) }))
                ))
        }
        return .object(JSONObject(answer))
    }

    static let sharedAttributes = FixtureAdapter("shared_attribute_clusters") { fixture in
        let claims = try fixture.inputOrReferenced("claims").array
        let names = try fixture.input["attributes"].strings
        let values = try claims.map { claim in
            try names.compactMap { name in
                try claim.optional(name).map { SharedAttributes.Value(attribute: name, value: try $0.string) }
            }
        }
        let result = SharedAttributes(claims: values, hubCap: try fixture.input["hub_cap"].int)
        let ids = try claims.map { try $0["id"].int }
        func keyed(_ value: (SharedAttributes.Shared) -> JSON) -> JSON {
            .object(JSONObject(result.shared.map { ("\($0.value.attribute):\($0.value.value)", value($0)) }))
        }
        return [
            "clusters": .of(result.clusters.map { cluster in cluster.map { ids[$0] } }),
            "shared_value_counts": keyed { .integer($0.claims) }, "idf_weight": keyed { .number($0.weight) },
        ]
    }

    /// The observation is in whole days from 0.
    static let velocity = FixtureAdapter("velocity") { fixture in
        let times = try fixture.inputOrReferenced("timestamps").ints.map { Int64($0) }
        let days = ((Double(times.last ?? 0) + 1) / 86_400).rounded(.up)
        guard
            let result = TrailingVelocity.scan(
                times: times, window: Int64(try fixture.input["window_seconds_inclusive"].int), observed: days * 86_400)
        else { throw FixtureError("refused") }
        return [
            "trailing_counts": .of(result.counts), "max": .integer(result.peak),
            "expected_per_window": .number(result.expected), "poisson_tail_p": .number(result.peakProbability),
            "bonferroni_p_over_events": .number(result.correctedProbability),
        ]
    }
}
