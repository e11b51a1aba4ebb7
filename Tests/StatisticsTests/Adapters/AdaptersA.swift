/// Adapters of the base, surveys, survival, promises and publication.
let adaptersA: [FixtureAdapter] = [
    .bootstrap, .comparisonAndSuppression, .cxIndex, .multipleComparisons, .prng, .proportions, .quantiles, .raking,
    .specialFunctions,
]
