import Foundation
package import JourneyEngine

/// How far the journeys are from a declared net: exact alignment costs, and token replay where that is exact.
package enum ConformanceQuestion: JourneyQuestion {
    package static let id = "conformance"
    package static let title = "Distance from a declared model"
    package static let about =
        "Fewest deviations of every path from a net (or from the promised path), fitness, and replay where it is exact."

    package struct AlignmentFigures: Sendable, Hashable, Codable {
        package var cost = "1 per log move and per visible model move, 0 per synchronous and silent move"
        package var traces: Int
        /// Journeys whose search ran out of its budget: the figures hold their upper bound.
        package var skipped: Int
        package var totalDeviations: Int
        /// Nothing below this is possible; equals `totalDeviations` when nothing was skipped.
        package var leastDeviations: Int
        package var perfectlyFitting: Int
        package var logFitness: Double
        package var rule = "1 - total_deviations / sum(trace length + shortest visible model path)"
        package var averageTraceFitness: Double
        /// Events whose activity no step of the model bears.
        package var unmatchedEvents: Int

        enum CodingKeys: String, CodingKey {
            case cost, traces
            case skipped = "traces_skipped_on_time"
            case totalDeviations = "total_deviations"
            case leastDeviations = "least_deviations"
            case perfectlyFitting = "perfectly_fitting"
            case logFitness = "log_fitness"
            case rule = "log_fitness_rule"
            case averageTraceFitness = "average_trace_fitness"
            case unmatchedEvents = "unmatched_events"
        }
    }

    package struct ReplayFigures: Sendable, Hashable, Codable {
        package var rule =
            "initial marking counts as produced, final marking as consumed; "
            + "events whose activity is not in the model are ignored and reported"
        package var missing: Int
        package var remaining: Int
        package var produced: Int
        package var consumed: Int
        package var logFitness: Double
        package var fittingTraces: Int
        package var tracesWithIgnoredEvents: Int

        enum CodingKeys: String, CodingKey {
            case rule
            case missing = "m"
            case remaining = "r"
            case produced = "p"
            case consumed = "c"
            case logFitness = "log_fitness"
            case fittingTraces = "fitting_traces"
            case tracesWithIgnoredEvents = "traces_with_ignored_events"
        }
    }

    package struct Variants: Sendable, Hashable, Codable {
        package var columns = ["cases", "trace", "deviations", "[m,r,p,c] where exact"]
        package var rows: [[AnswerCell]]
        package var listed: Int
        package var of: Int
    }

    /// How often a step was left out, or an event was extra, over all journeys.
    package struct Deviation: Sendable, Hashable, Codable {
        package var activity: String
        package var skipped: Int
        package var extra: Int
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var model: String
        package var places: Int
        package var transitions: Int
        package var silent: Int
        package var arcs: Int
        package var duplicateLabels: Bool
        package var activitiesNotInModel: [String]
        package var shortestPath: Int?
        package var alignment: AlignmentFigures?
        package var tokenReplay: ReplayFigures?
        /// Share of what the model allows that journeys do; nil where it would not be exact. See `EscapingEdges`.
        package var precision: Double?
        package var variants: Variants
        /// From the alignment shown; where several are cheapest, one of them.
        package var deviations: [Deviation]

        enum CodingKeys: String, CodingKey {
            case model, places, transitions, silent, arcs, alignment, variants, deviations
            case precision = "precision_etc"
            case duplicateLabels = "duplicate_labels"
            case activitiesNotInModel = "activities_not_in_model"
            case shortestPath = "shortest_model_path_visible_moves"
            case tokenReplay = "token_replay"
        }

        package init(_ found: NetConformance, top: Int?) {
            let net = found.net
            model = net.name
            places = net.places.count
            transitions = net.transitions.count
            silent = net.silentCount
            arcs = net.arcCount
            duplicateLabels = net.hasDuplicateLabels
            activitiesNotInModel = found.activitiesNotInModel
            shortestPath = found.shortestPath
            precision = found.precision?.precision
            if found.shortestPath != nil {
                alignment = AlignmentFigures(
                    traces: found.journeyCount,
                    skipped: found.variants.reduce(0) { $0 + ($1.alignment?.isExact == false ? $1.count : 0) },
                    totalDeviations: found.totalDeviations, leastDeviations: found.leastDeviations,
                    perfectlyFitting: found.perfectlyFitting, logFitness: found.logFitness,
                    averageTraceFitness: found.averageTraceFitness,
                    unmatchedEvents: found.variants.reduce(0) {
                        $0 + $1.count * ($1.alignment?.unmatchedEvents ?? 0)
                    })
            }
            var tokens = TokenReplay.Tokens()
            var fitting = 0
            var ignoring = 0
            var isReplayed = false
            for variant in found.variants {
                guard let own = variant.tokens else { continue }
                isReplayed = true
                tokens += (own, variant.count)
                if own.fits { fitting += variant.count }
                if own.ignoredEvents > 0 { ignoring += variant.count }
            }
            if isReplayed {
                tokenReplay = ReplayFigures(
                    missing: tokens.missing, remaining: tokens.remaining, produced: tokens.produced,
                    consumed: tokens.consumed, logFitness: tokens.fitness, fittingTraces: fitting,
                    tracesWithIgnoredEvents: ignoring)
            }
            let shown = found.variants.prefix(max(0, top ?? found.variants.count))
            let rows: [[AnswerCell]] = shown.map { variant in
                var row: [AnswerCell] = [
                    .integer(variant.count), .texts(variant.path.map { found.activities[$0] }),
                    variant.alignment.map { .integer($0.cost) } ?? .none,
                ]
                if let t = variant.tokens {
                    row.append(.list([t.missing, t.remaining, t.produced, t.consumed].map { .integer($0) }))
                }
                return row
            }
            variants = Variants(rows: rows, listed: rows.count, of: found.variants.count)
            var skipped: [String: Int] = [:]
            var extra: [String: Int] = [:]
            for variant in found.variants {
                for move in variant.alignment?.moves ?? [] {
                    switch move {
                    case .synchronous: break
                    case .log(let name): extra[name, default: 0] += variant.count
                    case .model(let name): skipped[name, default: 0] += variant.count
                    }
                }
            }
            deviations = Set(skipped.keys).union(extra.keys).sorted(by: precedesByScalar).map { name in
                Deviation(activity: name, skipped: skipped[name] ?? 0, extra: extra[name] ?? 0)
            }
        }

        package var tables: [AnswerTable] {
            var rows: [[AnswerCell]] = []
            if let a = alignment {
                rows += [
                    [.text("journeys"), .integer(a.traces)], [.text("deviations"), .integer(a.totalDeviations)],
                    [.text("journeys without any"), .integer(a.perfectlyFitting)],
                    [.text("fitness"), .number(a.logFitness)],
                    [.text("mean fitness of a journey"), .number(a.averageTraceFitness)],
                    [.text("journeys with bounds only"), .integer(a.skipped)],
                ]
            } else {
                rows.append([.text("alignment"), .text("none: the model can reach no end")])
            }
            if let precision { rows.append([.text("precision"), .number(precision)]) }
            if let t = tokenReplay { rows.append([.text("replay fitness"), .number(t.logFitness)]) }
            return [
                AnswerTable("Conformance", columns: ["measure", "value"], rows: rows),
                AnswerTable(
                    "Deviations", columns: ["activity", "skipped", "extra"],
                    rows: deviations.map { [.text($0.activity), .integer($0.skipped), .integer($0.extra)] }),
                AnswerTable(
                    "Paths", columns: ["cases", "path", "deviations"], rows: variants.rows.map { Array($0.prefix(3)) }),
            ]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        let steps = try options.path.map { try PathStep($0).activity }
        guard let net = options.net ?? (steps.isEmpty ? nil : PetriNet(sequence: steps)) else {
            throw JourneyProblem.needs(question: id, option: "a model", example: "a PNML file or a promised path")
        }
        let threads = options.threads > 0 ? options.threads : ProcessInfo.processInfo.activeProcessorCount
        let found = NetConformance(
            VariantLog(log, threads: options.threads), net, budget: options.budget, threads: threads)
        return Answer(found, top: options.top)
    }
}
