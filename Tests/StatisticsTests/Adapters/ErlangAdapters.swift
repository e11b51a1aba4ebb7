import Statistics

extension FixtureAdapter {
    static let erlangBC = FixtureAdapter("erlang_b_c") { fixture in
        let input = fixture.input
        if let load = input.optional("offered_erlangs") {
            return [
                "blocking": .of(ErlangB.blocking(offeredErlangs: try load.double, servers: try input["servers"].int))
            ]
        }
        let calls = try input["calls_per_hour"].double
        let handling = try input["aht_seconds"].double
        let target = try input["target_seconds"].double
        if let level = input.optional("target_level") {
            let staffing = ErlangC.requiredAgents(
                contactsPerHour: calls, handlingSeconds: handling, targetSeconds: target, targetLevel: try level.double,
                maximumOccupancy: try input["max_occupancy"].double, shrinkage: try input["shrinkage"].double)
            return [
                "on_phone": .of(staffing?.onPhone), "scheduled": .of(staffing?.scheduled),
                "service_level": .of(staffing?.serviceLevel), "occupancy": .of(staffing?.occupancy),
            ]
        }
        let result = ErlangC.evaluate(
            contactsPerHour: calls, handlingSeconds: handling, servers: try input["servers"].int)
        guard case .steady(let state)? = result else {
            return ["stable": false, "service_level": nil, "asa_seconds": nil, "p_wait": nil]
        }
        return [
            "stable": true, "offered_erlangs": .number(state.offeredErlangs),
            "p_wait": .number(state.probabilityOfWait),
            "service_level": .of(state.serviceLevel(within: target)), "asa_seconds": .number(state.meanWaitSeconds),
            "occupancy": .number(state.occupancy), "mean_queue_length": .number(state.meanQueueLength),
            "wait_quantile_seconds": [
                "0.5": .of(state.waitQuantile(0.5)), "0.8": .of(state.waitQuantile(0.8)),
                "0.9": .of(state.waitQuantile(0.9)), "0.95": .of(state.waitQuantile(0.95)),
                "0.99": .of(state.waitQuantile(0.99)),
            ],
        ]
    }

    static let erlangA = FixtureAdapter("erlang_a") { fixture in
        let input = fixture.input
        guard
            let result = ErlangA.evaluate(
                contactsPerHour: try input["calls_per_hour"].double, handlingSeconds: try input["aht_seconds"].double,
                patienceSeconds: try input["mean_patience_seconds"].double, servers: try input["servers"].int,
                targetSeconds: try input["target_seconds"].double)
        else { throw FixtureError("refused") }
        return [
            "p_wait": .number(result.probabilityOfWait), "p_abandon": .number(result.probabilityOfAbandoning),
            "mean_wait_seconds_all": .number(result.meanWaitSeconds),
            "mean_queue_length": .number(result.meanQueueLength), "occupancy": .number(result.occupancy),
            "served_within_target_of_offered": .number(result.servedWithinTarget),
            "abandoned_within_target_of_offered": .number(result.abandonedWithinTarget),
            "wait_exceeds_target": .number(result.waitExceedsTarget),
            "service_level_excl_short_abandons": .number(result.serviceLevelExcludingShortAbandons),
        ]
    }
}
