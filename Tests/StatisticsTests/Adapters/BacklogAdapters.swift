import Statistics

extension FixtureAdapter {
    static let backlog = FixtureAdapter("backlog") { fixture in
        let input = fixture.input
        if let total = input.optional("expected_arrivals_total") {
            func chance(_ dispersion: Double) throws -> JSON {
                .of(
                    BacklogSimulation.terminalProbability(
                        backlog: try input["backlog"].double, expectedArrivals: try total.double,
                        capacity: try input["capacity_total"].double, dispersion: dispersion))
            }
            return ["p_clear_if_poisson": try chance(1), "p_clear_if_negbin_variance_3x": try chance(3)]
        }
        let projection = BacklogProjection.project(
            backlog: try input["backlog"].double, arrivals: try input["arrivals"].doubles,
            capacity: try input["capacity"].doubles, target: try input.optional("target")?.double ?? 0)
        return [
            "backlog_by_period": .of(projection?.backlog ?? []), "clears_after_periods": .of(projection?.clearsAfter),
            "fifo_wait_periods_at_start_little": .of(projection?.waitAtStart),
        ]
    }

    static let queueTraces = FixtureAdapter("queue_traces") { fixture in
        let input = fixture.input
        let servers = try input["servers"].int
        if let arrivalRate = input.optional("arrival_rate") {
            let arrival = try arrivalRate.double
            let service = try input["service_rate"].double
            let steady = ErlangC.evaluate(
                contactsPerHour: arrival * 3600, handlingSeconds: 1 / service, servers: servers)
            guard case .steady(let state)? = steady,
                let simulated = QueueSimulation.run(
                    arrivalRate: arrival, serviceRate: service, servers: servers, contacts: 200_000, seed: 7)
            else { throw FixtureError("no steady state") }
            guard abs(simulated.meanWait - state.meanWaitSeconds) <= 4 * simulated.standardError else {
                throw FixtureError("the simulation says \(simulated.meanWait) ± \(simulated.standardError)")
            }
            return ["analytic_mean_wait": .number(state.meanWaitSeconds)]
        }
        guard
            let trace = QueueTrace.run(
                arrivals: try input["arrivals"].doubles, services: try input["service"].doubles, servers: servers,
                patience: try input.optional("patience")?.optionalDoubles)
        else { throw FixtureError("refused") }
        return [
            "start": .of(trace.starts), "finish": .of(trace.finishes), "wait": .of(trace.waits),
            "abandoned": .integer(trace.abandoned), "mean_wait": .of(trace.meanWait),
        ]
    }

    static let workforceExpiry = FixtureAdapter("workforce_expiry") { fixture in
        guard let law = PoissonBinomial(try fixture.input["p_retained"].doubles) else { throw FixtureError("refused") }
        var result: [(String, JSON)] = [
            ("mean", .number(law.mean)), ("variance", .number(law.variance)), ("pmf", .of(law.mass)),
        ]
        for key in fixture.wanted where key.hasPrefix("quantile_") {
            guard let p = Double(key.dropFirst("quantile_".count)) else { throw FixtureError("odd key \(key)") }
            result.append((key, .of(law.quantile(p))))
        }
        return .object(JSONObject(result))
    }
}
