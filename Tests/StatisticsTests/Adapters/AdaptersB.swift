/// Adapters of queues, forecasting, drivers, charts, text, integrity, burden, what-if and paths.
let adaptersB: [FixtureAdapter] = [
    .backlog, .burden, .bursts, .changePoints, .classification, .controlCharts, .driverImportance, .eValue, .erlangA,
    .erlangBC, .fairness, .forecasting, .funnel, .identifiers, .language, .logOdds, .measuredTime, .nearDuplicates,
    .ordinalLogit, .personalData, .processPaths, .queueTraces, .quickWins, .runLengths, .sentenceEmbedding,
    .sharedAttributes, .terms,
    .vader, .velocity, .whatIf, .workforceExpiry,
]
