/// Adapters of the base, surveys, survival, promises and publication.
let adaptersA: [FixtureAdapter] = [
    .adaptiveConformal, .bootstrap, .businessDays, .comparisonAndSuppression, .conformal, .cumulativeIncidence,
    .cxIndex, .differentialPrivacy, .hierarchicalShrinkage, .kaplanMeier, .multipleComparisons, .prng,
    .promiseScores, .proportions, .quantileUpperBound, .quantiles, .raking, .specialFunctions, .suppression,
]
