/// Adapters of the base, surveys, survival, promises and publication.
let adaptersA: [FixtureAdapter] = [
    .bootstrap, .comparisonAndSuppression, .cumulativeIncidence, .cxIndex, .kaplanMeier, .multipleComparisons, .prng,
    .proportions, .quantiles, .raking,
    .specialFunctions,
]
