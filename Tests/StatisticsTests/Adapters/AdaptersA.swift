/// Adapters of the base, surveys, survival, promises and publication.
let adaptersA: [FixtureAdapter] = [
    .comparisonAndSuppression, .multipleComparisons, .prng, .proportions, .quantiles, .specialFunctions,
]
